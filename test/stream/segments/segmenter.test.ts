import { beforeAll, describe, expect, it } from 'vitest';
import {
  decodingTimestamp,
  isRandomAccess,
  PACKET_SIZE,
  pidOf,
  TICKS_PER_SECOND,
} from '../../../src/stream/mpeg-ts/packets.ts';
import { CutPolicy } from '../../../src/stream/segments/cut-policy.ts';
import {
  type CutSegment,
  type Cutter,
  Segmenter,
  VIDEO_PID,
} from '../../../src/stream/segments/segmenter.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { makeTs } from '../../fakes/real-ts.ts';
import { AUDIO, continuation, pat, pes, pmt } from '../../fakes/ts-packets.ts';

const atKeyframes: Cutter = { shouldCut: ({ keyframe }) => keyframe };
const everyHalfSecond: Cutter = { shouldCut: ({ length }) => length >= 0.5 };

describe('Segmenter', () => {
  describe('with the output of FFmpeg', () => {
    let ts: Buffer;
    let whole: CutSegment[];
    beforeAll(async () => {
      ts = await makeTs({ seconds: 9, gop: 50, bFrames: 2 });
      whole = cut(ts, atKeyframes);
    });

    it('cuts exactly at keyframes', () => {
      expect(whole.map(({ ticks }) => ticks / TICKS_PER_SECOND)).toEqual([2, 2, 2, 2, 1]);
      expect(whole.every(({ independent }) => independent)).toBe(true);
    });

    it('begins every segment with PAT, PMT and its first video frame', () => {
      for (const { bytes, start } of [...whole, ...cut(ts, everyHalfSecond)]) {
        expect([0, 1, 2].map((index) => pidOf(bytes, index * PACKET_SIZE))).toEqual([0, 0x1000, VIDEO_PID]);
        expect(decodingTimestamp(bytes, 2 * PACKET_SIZE)).toBe(start);
        expect(bytes.length % PACKET_SIZE).toBe(0);
      }
    });

    it('loses no picture and no sound between two segments', () => {
      const added = whole.length * 2 * PACKET_SIZE;
      const first = ts.indexOf(whole[0]?.bytes.subarray(2 * PACKET_SIZE) ?? Buffer.alloc(1));
      expect(first).toBeGreaterThan(0);
      expect(whole.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(ts.length - first + added);
    });

    it('gives each segment the start of the next one as its end', () => {
      for (const segments of [whole, cut(ts, everyHalfSecond)]) {
        for (const [index, { start, ticks }] of segments.entries()) {
          const next = segments[index + 1];
          if (next) expect(start + ticks).toBe(next.start);
        }
      }
    });

    it('marks the segments that begin with a keyframe', () => {
      const segments = cut(ts, everyHalfSecond);
      expect(segments.some(({ independent }) => !independent)).toBe(true);
      for (const { bytes, independent } of segments)
        expect(isRandomAccess(bytes, 2 * PACKET_SIZE)).toBe(independent);
    });

    it.each([1, 187, 188, 189, 1316, 65_536])('cuts the same from chunks of %i bytes', (size) => {
      // Byte by byte over all of it would take long.
      const bytes = size === 1 ? ts.subarray(0, 40 * PACKET_SIZE) : ts;
      expect(cut(bytes, atKeyframes, () => size)).toEqual(size === 1 ? cut(bytes, atKeyframes) : whole);
    });

    it('cuts the same from chunks of any size', () => {
      let seed = 12_345;
      const random = () => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return 1 + (seed % 3_000);
      };
      expect(cut(ts, new CutPolicy(), random)).toEqual(cut(ts, new CutPolicy()));
    });

    it('copies the chunks that it is given', () => {
      const copy = Buffer.from(ts);
      const segments: CutSegment[] = [];
      const segmenter = new Segmenter(atKeyframes, new FakeClock(), (segment) => segments.push(segment));
      segmenter.write(copy);
      segmenter.end();
      copy.fill(0);
      expect(segments).toEqual(whole);
    });
  });

  it('leaves out everything before the first keyframe', () => {
    const early = pes({ pid: AUDIO, pts: 1, streamId: 0xc0 });
    const bytes = stream([early, frame(0, false), frame(1), continuation(), frame(2, false)]);
    const [only, ...more] = cut(bytes, atKeyframes);
    expect(more).toEqual([]);
    expect(only?.start).toBe(3600);
    expect(only?.ticks).toBe(7200);
    expect(pids(only)).toEqual([0, 0x1000, VIDEO_PID, VIDEO_PID, VIDEO_PID]);
  });

  it('begins a segment with the newest PAT and PMT', () => {
    const newer = pmt([{ type: 0x1b }, { type: 0x0f, pid: AUDIO }]);
    const segments = cut(stream([frame(0), frame(1, false), newer, frame(2), frame(3, false)]), atKeyframes);
    expect(segments[0]?.bytes.subarray(188, 376)).toEqual(pmt([{ type: 0x1b }]));
    expect(segments[1]?.bytes.subarray(188, 376)).toEqual(newer);
  });

  it('measures durations across the wrap of the timestamps', () => {
    const start = 2 ** 33 - 3600;
    const frames = [0, 1, 2].map((n) =>
      pes({ pts: start + n * 3600, dts: start + n * 3600, keyframe: n === 0 }),
    );
    expect(cut(stream(frames), atKeyframes)).toMatchObject([{ start, ticks: 3 * 3600 }]);
  });

  it('gives no segment if there is no video', () => {
    const bytes = stream([pes({ pid: AUDIO, pts: 1 }), pes({ pid: AUDIO, pts: 2 })]);
    expect(cut(bytes, atKeyframes)).toEqual([]);
  });

  it('throws at bytes that are no transport stream', () => {
    const segmenter = new Segmenter(atKeyframes, new FakeClock(), () => {});
    expect(() => segmenter.write(Buffer.alloc(400, 1))).toThrow(/not MPEG-TS/);
  });

  it('gives no segment if it ends before any byte', () => {
    expect(cut(Buffer.alloc(0), atKeyframes)).toEqual([]);
  });

  it('tells the policy the time in seconds', () => {
    const clock = new FakeClock({ monotonic: 5_000 });
    const seen: number[] = [];
    const policy: Cutter = { shouldCut: ({ now }) => seen.push(now) < 0 };
    const segmenter = new Segmenter(policy, clock, () => {});
    segmenter.write(stream([frame(0), frame(1, false)]));
    clock.skip(250);
    segmenter.write(frame(2, false));
    expect(seen).toEqual([5, 5.25]);
  });
});

function cut(ts: Buffer, policy: Cutter, size = () => Number.POSITIVE_INFINITY): CutSegment[] {
  const segments: CutSegment[] = [];
  const segmenter = new Segmenter(policy, new FakeClock(), (segment) => segments.push(segment));
  for (let at = 0; at < ts.length; ) {
    const end = Math.min(ts.length, at + size());
    segmenter.write(ts.subarray(at, end));
    at = end;
  }
  segmenter.end();
  return segments;
}

/** The frame number `n` at 25 a second. */
function frame(n: number, keyframe = true): Buffer {
  return pes({ pts: n * 3600, dts: n * 3600, keyframe });
}

function stream(packets: Buffer[]): Buffer {
  return Buffer.concat([pat(), pmt([{ type: 0x1b }]), ...packets]);
}

function pids(segment: CutSegment | undefined): number[] {
  const bytes = segment?.bytes ?? Buffer.alloc(0);
  return Array.from({ length: bytes.length / PACKET_SIZE }, (_, index) => pidOf(bytes, index * PACKET_SIZE));
}
