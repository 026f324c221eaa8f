import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { argumentList } from '../../../src/lib/argument-list.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { ownedCopy } from '../../../src/lib/owned-bytes.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import {
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  presentationTimestamp,
  TICKS_PER_SECOND,
  TIMESTAMP_RANGE,
  ticksBetween,
} from '../../../src/stream/mpeg-ts/packets.ts';
import { startEncoder } from '../../../src/stream/rendition/picture-encoder.ts';
import { Rendition } from '../../../src/stream/rendition/rendition.ts';
import type { StoredSegment } from '../../../src/stream/segments/segment.ts';
import { AUDIO_PID, type CutSegment, Segmenter, VIDEO_PID } from '../../../src/stream/segments/segmenter.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { makeLiveChannel } from '../../fakes/live-channel.ts';
import { makeTs } from '../../fakes/real-ts.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

/** Ticks of a picture at 25 pictures a second. */
const FRAME = TICKS_PER_SECOND / 25;

describe('the lower rendition of channels of other sizes, shapes, rates and codings', () => {
  let full: readonly StoredSegment[];
  let low: readonly StoredSegment[];
  let rendition: Rendition;
  let ffmpegPath: string;

  beforeAll(async () => {
    ({ path: ffmpegPath } = await findFfmpeg(null));
    const channels = await Promise.all([
      makeTs({ seconds: 3, bFrames: 2, filter: 'scale=1280:720,setfield=tff' }),
      makeTs({ seconds: 2, gop: 50, rate: 50, filter: 'scale=720:576,setsar=64/45' }),
      makeTs({ seconds: 2, filter: 'scale=1280:720,setsar=1' }),
      makeTs({ seconds: 3, bFrames: 2, start: 40_000, filter: 'scale=640:480,setsar=1' }),
    ]);
    // The timestamps wrap on the way.
    const live = makeLiveChannel(systemClock, TIMESTAMP_RANGE / TICKS_PER_SECOND - 4);
    rendition = new Rendition({
      full: live.playlist,
      targetDuration: 6,
      window: 1_000,
      isOn: () => true,
      startEncoder: (taker) =>
        startEncoder({ ffmpegPath, videoEncoder: 'libx264', logger: silentLogger }, taker),
      clock: { ...systemClock, monotonic: () => 0 },
      logger: silentLogger,
    });
    void rendition.demand();
    const published: StoredSegment[] = [];
    for (const channel of channels) {
      const publisher = {};
      published.push(...cut(channel).map((segment) => live.publish(segment, publisher)));
      // The last pictures come with the next channel.
      await vi.waitFor(() => expect(rendition.listed()).toHaveLength(published.length - 1), {
        timeout: 20_000,
      });
    }
    full = published;
    low = rendition.listed();
  }, 60_000);

  afterAll(() => rendition.stop());

  it('begins each segment with the picture that begins the full one', () => {
    for (const [index, segment] of low.entries()) {
      const [mine, theirs] = [segment, full[index] as StoredSegment].map(
        ({ bytes }) => times(bytes, VIDEO_PID)[0] ?? 0,
      );
      expect(segment.sequence).toBe(full[index]?.sequence);
      expect(Math.abs(ticksBetween(theirs ?? 0, mine ?? 0))).toBeLessThanOrEqual(2 * FRAME);
    }
  });

  it('has no gap and no picture twice', () => {
    const shown = low.flatMap(({ bytes }) => times(bytes, VIDEO_PID));
    const steps = shown.slice(1).map((time, index) => ticksBetween(shown[index] ?? 0, time));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(...steps)).toBeLessThanOrEqual(3 * FRAME);
  });

  it('has the sound of the full segments, packet by packet', () => {
    for (const [index, { bytes }] of low.entries()) {
      const theirs = full[index]?.bytes ?? Buffer.alloc(0);
      expect(packetsOf(bytes, AUDIO_PID).equals(packetsOf(theirs, AUDIO_PID))).toBe(true);
    }
  });

  it('decodes without an error to pictures of one size', async () => {
    const { stdout, stderr } = await execa(
      ffmpegPath,
      argumentList('-hide_banner -loglevel level+info -f mpegts -i pipe:0 -an -vf showinfo -f null -'),
      { input: Buffer.concat(low.map(({ bytes }) => bytes)), timeout: 20_000, maxBuffer: 1e8 },
    );
    expect(stdout).toBe('');
    expect(stderr.match(/\[(?:h264|mpegts) .*\[(?:warning|error|fatal)\].*/g) ?? []).toEqual([]);
    expect(new Set(stderr.match(/ s:\d+x\d+/g))).toEqual(new Set([' s:960x540']));
  });
});

describe('an encoder', () => {
  it('says that it failed, once, and nothing after it was stopped', async () => {
    const failures: unknown[] = [];
    const start = (ffmpegPath: string) =>
      startEncoder(
        { ffmpegPath, videoEncoder: 'libx264', logger: silentLogger },
        { onPicture: () => {}, onFailed: (error) => failures.push(error) },
      );
    start('/nowhere/ffmpeg');
    await expect.poll(() => failures).toEqual([expect.objectContaining({ code: 'ffmpeg_missing' })]);
    await start((await findFfmpeg(null)).path).stop();
    expect(failures).toHaveLength(1);
  });
});

function cut(channel: Buffer): CutSegment[] {
  const segments: CutSegment[] = [];
  const policy = { shouldCut: ({ keyframe }: { keyframe: boolean }) => keyframe };
  const segmenter = new Segmenter(policy, new FakeClock(), (segment) => segments.push(segment));
  segmenter.write(ownedCopy(channel));
  segmenter.end();
  return segments;
}

function packetsOf(bytes: Buffer, pid: number): Buffer {
  const packets: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += PACKET_SIZE)
    if (pidOf(bytes, at) === pid) packets.push(bytes.subarray(at, at + PACKET_SIZE));
  return Buffer.concat(packets);
}

/** The presentation timestamps of a stream, in the order of its packets. */
function times(bytes: Buffer, pid: number): number[] {
  const packets = packetsOf(bytes, pid);
  const found: number[] = [];
  for (let at = 0; at < packets.length; at += PACKET_SIZE) {
    const time = isUnitStart(packets, at) ? presentationTimestamp(packets, at) : null;
    if (time !== null) found.push(time);
  }
  return found;
}
