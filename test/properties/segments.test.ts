import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownedCopy } from '../../src/lib/owned-bytes.ts';
import {
  continuityCounter,
  decodingTimestamp,
  hasPayload,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  TICKS_PER_SECOND,
  TIMESTAMP_RANGE,
  ticksBetween,
} from '../../src/stream/mpeg-ts/packets.ts';
import { type ClockKind, StreamClock } from '../../src/stream/mpeg-ts/stream-clock.ts';
import type { Piece } from '../../src/stream/normaliser/normaliser.ts';
import { streamTransport } from '../../src/stream/screen/transport-stream.ts';
import { AUDIO_PID, type CutSegment, Segmenter, VIDEO_PID } from '../../src/stream/segments/segmenter.ts';
import { SoundFiller } from '../../src/stream/segments/sound-filler.ts';
import { Timeline } from '../../src/stream/segments/timeline.ts';
import { Pacer } from '../../src/stream/tuner/pacer.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FIRST_SEQUENCE, makeLiveChannel } from '../fakes/live-channel.ts';
import { labelOf, segmentOf } from '../fakes/synthetic-segment.ts';
import { continuation, pat, pes, pmt } from '../fakes/ts-packets.ts';
import { lengths, split, ticks } from './arbitraries.ts';

const FRAME = 3_600;
const SOUND = 1_920;
const clock = new FakeClock();

interface Run {
  /** The number of frames in each group of pictures. */
  readonly groups: readonly number[];
  /** The timestamp of the first frame, which may be shortly before the wrap. */
  readonly start: number;
  /** The frames without sound. */
  readonly silent: (frame: number) => boolean;
}

const run: fc.Arbitrary<Run> = fc.record({
  groups: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }),
  start: ticks,
  silent: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 100 })), { maxLength: 3 })
    .map((holes) => (frame: number) => holes.some(([from, count]) => frame >= from && frame < from + count)),
});

/** The output of an FFmpeg run: two audio frames for each picture, a little after it. */
function deliver({ groups, start, silent }: Run): Buffer {
  const packets: Buffer[] = [];
  let frame = 0;
  for (const frames of groups) {
    for (let at = 0; at < frames; at++, frame++) {
      const pts = start + frame * FRAME;
      if (at === 0) packets.push(pat(), pmt([{ type: 0x1b }, { type: 0x0f, pid: AUDIO_PID }]));
      packets.push(
        pes({ pts, dts: pts, keyframe: at === 0, pcr: { base: pts % TIMESTAMP_RANGE, extension: 0 } }),
      );
      packets.push(continuation());
      if (silent(frame)) continue;
      for (let sound = 0; sound < 2; sound++) {
        const made = pes({ pid: AUDIO_PID, pts: pts - 3_000 + (sound * FRAME) / 2, streamId: 0xc0 });
        made.set([0xff, 0xf1, 0x4c, 0x80], 18);
        packets.push(made);
      }
    }
  }
  return Buffer.concat(packets);
}

function cut(chunks: readonly Buffer[]): CutSegment[] {
  const segments: CutSegment[] = [];
  const segmenter = new Segmenter({ shouldCut: ({ keyframe }) => keyframe }, clock, (segment) =>
    segments.push(segment),
  );
  for (const chunk of chunks) segmenter.write(chunk);
  segmenter.end();
  return segments;
}

function timestamps(bytes: Buffer, pid: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at += PACKET_SIZE) {
    const timestamp =
      pidOf(bytes, at) === pid && isUnitStart(bytes, at) ? decodingTimestamp(bytes, at) : null;
    if (timestamp !== null) found.push(timestamp);
  }
  return found;
}

const steps = (list: readonly number[]) =>
  list.slice(1).map((timestamp, index) => ticksBetween(list[index] ?? 0, timestamp));

describe('the segmenter', () => {
  it('cuts the same segments at any chunk boundaries and loses no picture', () => {
    fc.assert(
      fc.property(run, lengths, (made, sizes) => {
        const whole = deliver(made);
        const segments = cut(split(whole, sizes));
        const summary = (list: readonly CutSegment[]) =>
          list.map(({ bytes, ...rest }) => [rest, bytes.toString('base64url')]);
        expect(summary(segments)).toEqual(summary(cut([whole])));
        const pictures = segments.flatMap(({ bytes }) => timestamps(bytes, VIDEO_PID));
        // A single picture at the end has no duration.
        const lost = made.groups.length === 1 && made.groups[0] === 1 ? 1 : 0;
        expect(pictures).toEqual(timestamps(whole, VIDEO_PID).slice(lost));
        for (const { bytes, ticks: length, independent } of segments) {
          expect([bytes.length % PACKET_SIZE, pidOf(bytes, 0), pidOf(bytes, PACKET_SIZE)]).toEqual([
            0, 0, 0x1000,
          ]);
          expect([independent, length > 0]).toEqual([true, true]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the timeline', () => {
  it('continues counters and timestamps across any runs', () => {
    fc.assert(
      fc.property(
        fc.array(run, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 100_000 }),
        (runs, position) => {
          const timeline = new Timeline(position);
          const published = Buffer.concat(
            runs.flatMap((made) =>
              cut([deliver(made)]).map((segment, index) => {
                timeline.append(segment, index > 0);
                return segment.bytes;
              }),
            ),
          );
          const wrong: number[] = [];
          const counters = new Map<number, number>();
          for (let at = 0; at < published.length; at += PACKET_SIZE) {
            const pid = pidOf(published, at);
            const counter = continuityCounter(published, at);
            const last = counters.get(pid);
            if (last !== undefined && counter !== ((last + (hasPayload(published, at) ? 1 : 0)) & 0x0f))
              wrong.push(pid);
            counters.set(pid, counter);
          }
          expect(wrong).toEqual([]);
          const pictures = timestamps(published, VIDEO_PID);
          expect(steps(pictures).filter((step) => step !== FRAME)).toEqual([]);
          if (pictures[0] !== undefined)
            expect(pictures[0]).toBe((position * TICKS_PER_SECOND) % TIMESTAMP_RANGE);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the sound keeper', () => {
  it('delivers the same packets at any chunk boundaries', () => {
    fc.assert(
      fc.property(run, lengths, fc.boolean(), (made, sizes, isCopied) => {
        const keep = (chunks: readonly Buffer[]) => {
          const keeper = new SoundFiller(isCopied);
          return Buffer.concat([
            ...chunks.flatMap((chunk) => keeper.take(ownedCopy(chunk))),
            ...keeper.end(),
          ]);
        };
        const whole = deliver(made);
        const kept = keep(split(whole, sizes));
        expect(kept.toString('base64url')).toBe(keep([whole]).toString('base64url'));
        expect(kept.length % PACKET_SIZE).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves no gap over 0.3 s in the sound, and never lets it go back', () => {
    fc.assert(
      fc.property(run, (made) => {
        const keeper = new SoundFiller();
        const kept = Buffer.concat([...keeper.take(ownedCopy(deliver(made))), ...keeper.end()]);
        const pictures = timestamps(kept, VIDEO_PID);
        const sounds = timestamps(kept, AUDIO_PID);
        // A packet of silence contains ten frames.
        const wrong = steps(sounds).filter((step) => step <= 0 || step > 10 * SOUND + 0.3 * TICKS_PER_SECOND);
        expect(wrong).toEqual([]);
        const end = ticksBetween(sounds.at(-1) ?? 0, pictures.at(-1) ?? 0);
        if (pictures.length > 25) expect(end).toBeLessThan(10 * SOUND + 0.3 * TICKS_PER_SECOND);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the stream clock', () => {
  it('never goes back and never jumps for any timestamps', () => {
    const tick = fc.tuple(fc.constantFrom<ClockKind>(0, 1, 2), ticks);
    fc.assert(
      fc.property(fc.array(tick, { maxLength: 100 }), (list) => {
        const source = new StreamClock();
        for (const [kind, timestamp] of list) {
          const { seconds, heard } = source;
          source.tick(kind, timestamp);
          expect(source.seconds).toBeGreaterThanOrEqual(seconds);
          expect(source.seconds - seconds).toBeLessThanOrEqual(3.5);
          expect(source.heard - heard).toBeLessThanOrEqual(0.5);
          expect(source.heard).toBeLessThanOrEqual(source.seconds);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('keeps time while one of its clocks jumps', () => {
    fc.assert(
      fc.property(fc.array(ticks, { minLength: 1, maxLength: 40 }), ticks, (jumps, start) => {
        const source = new StreamClock();
        for (let frame = 0; frame <= 1_000; frame++) {
          source.tick(1, (start + frame * FRAME) % TIMESTAMP_RANGE);
          const jump = frame % 25 === 0 ? jumps[frame / 25] : undefined;
          if (jump !== undefined) source.tick(2, jump);
        }
        expect(source.seconds).toBeGreaterThanOrEqual(39.9);
        expect(source.seconds).toBeLessThanOrEqual(41);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the pacer', () => {
  it('passes every piece once, in order, at most at the pace of its clock', async () => {
    const gap = fc.integer({ min: 0, max: 900 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), gap, fc.boolean()), {
          minLength: 1,
          maxLength: 60,
        }),
        async (list) => {
          const time = new FakeClock();
          const given: Piece[] = [];
          const began = time.monotonic();
          let ahead = 0;
          const pacer = new Pacer(time, (piece) => {
            const first = given.find(({ isStart }) => isStart);
            if (first)
              ahead = Math.max(ahead, piece.seconds - first.seconds - (time.monotonic() - began) / 1000);
            given.push(piece);
          });
          const pieces: Piece[] = [];
          let seconds = 0;
          for (const [wait, step, isStart] of list) {
            seconds += step / 1000;
            const piece = {
              bytes: Buffer.alloc(PACKET_SIZE),
              isStart,
              seconds,
              layout: { video: null, audio: [] },
            };
            pieces.push(piece);
            pacer.take(piece);
            await time.advance(wait);
          }
          const drained = pacer.drained();
          await time.advance(seconds * 1000 + 1_000);
          await drained;
          expect(given).toEqual(pieces);
          expect(pacer.isFull).toBe(false);
          // The head start, one step beyond it, and the amount that may be caught up after a pause.
          expect(ahead).toBeLessThanOrEqual(4 + 1 + 1);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the continuous transport stream', () => {
  it('begins with a keyframe some seconds back and continues with every segment', () => {
    const segment = fc.record({ duration: fc.integer({ min: 1, max: 6 }), independent: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(segment, { minLength: 1, maxLength: 20 }),
        fc.nat({ max: 19 }),
        (made, joinedAt) => {
          const live = makeLiveChannel(new FakeClock());
          const sent: string[] = [];
          const response = new PassThrough();
          response.on('data', (bytes: Buffer) => sent.push(labelOf({ bytes })));
          const at = Math.min(joinedAt, made.length - 1);
          let start = 0;
          for (const [index, { duration, independent }] of made.entries()) {
            if (index === at + 1) streamTransport(live, response as unknown as ServerResponse);
            // The first segment of a channel always begins with a keyframe.
            const options = { start, duration, independent: independent || index === 0 };
            live.publish(segmentOf(String(index), options), live);
            start += duration;
          }
          if (at === made.length - 1) streamTransport(live, response as unknown as ServerResponse);
          const numbers = sent.map(Number);
          const [first = 0] = numbers;
          expect(numbers).toEqual(made.slice(first).map((_, index) => first + index));
          const before = made.slice(first, at + 1).reduce((sum, { duration }) => sum + duration, 0);
          const isOldest = live.playlist.listed()[0]?.sequence === FIRST_SEQUENCE + first || first === 0;
          expect(before >= 4 || isOldest).toBe(true);
          expect(made[first]?.independent || isOldest).toBe(true);
          response.destroy();
        },
      ),
      { numRuns: 60 },
    );
  });
});
