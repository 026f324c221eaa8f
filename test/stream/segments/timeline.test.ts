import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownedCopy } from '../../../src/lib/owned-bytes.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import {
  decodingTimestamp,
  hasPayload,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  TICKS_PER_SECOND,
  TIMESTAMP_RANGE,
} from '../../../src/stream/mpeg-ts/packets.ts';
import { type CutSegment, Segmenter, VIDEO_PID } from '../../../src/stream/segments/segmenter.ts';
import { Timeline } from '../../../src/stream/segments/timeline.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { makeTs } from '../../fakes/real-ts.ts';
import { segmentOf } from '../../fakes/synthetic-segment.ts';
import { adaptationOnly, pes } from '../../fakes/ts-packets.ts';

const POSITION = 10;

describe('Timeline', () => {
  let runs: CutSegment[][];
  let channel: Buffer;
  let timeline: Timeline;

  beforeAll(async () => {
    const [one, two] = await Promise.all([
      makeTs({ seconds: 4, gop: 25, bFrames: 2 }),
      makeTs({ seconds: 3, rate: 30, gop: 60, start: 40_000 }),
    ]);
    // As a broadcast would: a channel, another one, and the first one again.
    runs = [cut(one), cut(two), cut(one)];
    timeline = new Timeline(POSITION);
    for (const segments of runs)
      for (const [index, segment] of segments.entries()) timeline.append(segment, index > 0);
    channel = Buffer.concat(runs.flat().map(({ bytes }) => bytes));
  });

  it('continues the continuity counters of every PID', () => {
    const last = new Map<number, number>();
    for (const at of packets(channel)) {
      const pid = pidOf(channel, at);
      const counter = (channel[at + 3] ?? 0) & 0x0f;
      const before = last.get(pid);
      if (before !== undefined) expect(counter).toBe(hasPayload(channel, at) ? (before + 1) % 16 : before);
      last.set(pid, counter);
    }
    expect(new Set(last.keys())).toEqual(new Set([0, 0x11, 0x100, 0x101, 0x1000]));
  });

  it('continues the video timestamps without a step at a switch', () => {
    const times = videoTimes(channel);
    expect(times[0]).toBe(POSITION * TICKS_PER_SECOND);
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeLessThanOrEqual(3600);
  });

  it('has the sum of the durations as its position', () => {
    const ticks = runs.flat().reduce((sum, segment) => sum + segment.ticks, 0);
    expect(timeline.position).toBeCloseTo(POSITION + ticks / TICKS_PER_SECOND, 9);
    expect(timeline.position).toBeCloseTo(POSITION + 4 + 3 + 4, 3);
  });

  it('gives a stream that FFmpeg plays without a warning', async () => {
    const { path } = await findFfmpeg(null);
    const { stderr } = await execa(
      path,
      [
        '-hide_banner',
        '-loglevel',
        'warning',
        '-f',
        'mpegts',
        '-i',
        'pipe:0',
        '-map',
        '0:v',
        // FFmpeg's own frame rate conversion would complain of a change of rate
        '-c',
        'copy',
        '-f',
        'null',
        '-',
      ],
      { input: channel, timeout: 20_000 },
    );
    expect(stderr).toBe('');
  });

  it('joins another run whatever its clock says', () => {
    const timeline = new Timeline(100);
    const first = segmentOf('a', { start: 40_000 });
    const second = segmentOf('b', { start: 40_002 });
    const other = segmentOf('c', { start: 1.4 });
    timeline.append(first, false);
    timeline.append(second, true);
    timeline.append(other, false);
    expect([first, second, other].flatMap(({ bytes }) => videoTimes(bytes))).toEqual([
      100 * TICKS_PER_SECOND,
      102 * TICKS_PER_SECOND,
      104 * TICKS_PER_SECOND,
    ]);
    expect(timeline.position).toBe(106);
  });

  it('wraps the timestamps but not its position', () => {
    const day = TIMESTAMP_RANGE / TICKS_PER_SECOND;
    const timeline = new Timeline(day - 1);
    const before = segmentOf('a');
    const after = segmentOf('b', { start: 2 });
    timeline.append(before, false);
    timeline.append(after, true);
    expect(videoTimes(before.bytes)[0]).toBe(TIMESTAMP_RANGE - TICKS_PER_SECOND);
    expect(videoTimes(after.bytes)[0]).toBe(TICKS_PER_SECOND);
    expect(timeline.position).toBeCloseTo(day + 3, 6);
  });

  it('does not count packets without payload', () => {
    const bytes = ownedCopy(
      Buffer.concat([pes({ pts: 0 }), adaptationOnly(), adaptationOnly(), pes({ pts: 9 })]),
    );
    new Timeline(0).append({ bytes, ticks: 1, start: 0, independent: true }, false);
    expect([0, 1, 2, 3].map((index) => (bytes[index * PACKET_SIZE + 3] ?? 0) & 0x0f)).toEqual([0, 0, 0, 1]);
  });
});

function cut(ts: Buffer): CutSegment[] {
  const segments: CutSegment[] = [];
  // Also within groups of pictures.
  const policy = { shouldCut: ({ length }: { length: number }) => length >= 0.7 };
  const segmenter = new Segmenter(policy, new FakeClock(), (segment) => segments.push(segment));
  segmenter.write(ts);
  segmenter.end();
  return segments;
}

function* packets(bytes: Buffer): Generator<number> {
  for (let at = 0; at < bytes.length; at += PACKET_SIZE) yield at;
}

function videoTimes(bytes: Buffer): number[] {
  return [...packets(bytes)]
    .filter((at) => pidOf(bytes, at) === VIDEO_PID && isUnitStart(bytes, at))
    .map((at) => decodingTimestamp(bytes, at) ?? Number.NaN);
}
