import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import {
  decodingTimestamp,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  TICKS_PER_SECOND,
} from '../../../src/stream/mpeg-ts/packets.ts';
import { type CutSegment, Segmenter, VIDEO_PID } from '../../../src/stream/segments/segmenter.ts';
import { Timeline } from '../../../src/stream/segments/timeline.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { makeTs } from '../../fakes/real-ts.ts';

const AUDIO_PID = 0x101;
const PAST = 3.5;

describe('a source that begins with its past', () => {
  let before: CutSegment[];
  let after: CutSegment[];
  let channel: Buffer;

  beforeAll(async () => {
    const [one, two] = await Promise.all([makeTs({ seconds: 4, gop: 25 }), makeTs({ seconds: 7, gop: 50 })]);
    before = cut(one, () => false);
    after = cut(two, (media) => media < PAST);
    const timeline = new Timeline(10);
    for (const segments of [before, after])
      for (const [index, segment] of segments.entries()) timeline.append(segment, index > 0);
    channel = Buffer.concat([...before, ...after].map(({ bytes }) => bytes));
  });

  it('begins with the last keyframe of the past, which is shown in no time', () => {
    const [first] = after;
    expect(first?.independent).toBe(true);
    expect((first?.fastForward?.ticks ?? 0) / TICKS_PER_SECOND).toBeCloseTo(PAST - 2, 1);
    expect((first?.fastForward?.shownIn ?? 0) / TICKS_PER_SECOND).toBeLessThanOrEqual(0.2);
    const seconds = after.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
    expect(seconds).toBeCloseTo(7 - PAST + 0.12, 0);
  });

  it('has picture timestamps without a step', () => {
    const steps = stepsOf(timesOf(channel, VIDEO_PID));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeLessThanOrEqual(3600);
  });

  it('lacks sound for no more than 300 ms', () => {
    const steps = stepsOf(timesOf(channel, AUDIO_PID));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    // One packet of sound holds several frames.
    expect(Math.max(...steps) / TICKS_PER_SECOND).toBeLessThan(0.3 + 0.2);
  });

  it('is played by FFmpeg without a warning', async () => {
    const { path } = await findFfmpeg('');
    const { stderr } = await execa(
      path,
      [
        '-v',
        'error',
        '-i',
        'pipe:0',
        '-vsync',
        'passthrough',
        '-enc_time_base',
        '1:90000',
        '-f',
        'null',
        '-',
      ],
      {
        input: channel,
      },
    );
    expect(stderr).toBe('');
  });
});

function cut(ts: Buffer, isPast: (media: number) => boolean): CutSegment[] {
  const segments: CutSegment[] = [];
  const policy = {
    shouldCut: ({ keyframe, length }: { keyframe: boolean; length: number }) => keyframe && length > 1.5,
  };
  const segmenter = new Segmenter(policy, new FakeClock(), (segment) => segments.push(segment), { isPast });
  segmenter.write(ts);
  segmenter.end();
  return segments;
}

function timesOf(bytes: Buffer, pid: number): number[] {
  const times: number[] = [];
  for (let at = 0; at < bytes.length; at += PACKET_SIZE) {
    const time = pidOf(bytes, at) === pid && isUnitStart(bytes, at) ? decodingTimestamp(bytes, at) : null;
    if (time !== null) times.push(time);
  }
  return times;
}

function stepsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
