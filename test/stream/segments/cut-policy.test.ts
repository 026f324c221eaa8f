import { describe, expect, it } from 'vitest';
import { CutPolicy, TARGET_DURATION } from '../../../src/stream/segments/cut-policy.ts';

const DELIVERY = 0.1;
const SLOW = 0.95;
const RESERVE = 3.5;

interface Cut {
  /** When the segment ended, wall clock. */
  readonly at: number;
  readonly length: number;
  /** What the next segment begins with. */
  readonly keyframe: boolean;
}

interface Source {
  readonly gop: number;
  readonly rate?: number;
  /** Seconds of content that arrive at once in the beginning. */
  readonly burst?: number;
  /** Wall clock at which the frame of this media time arrives. */
  readonly arrival?: (media: number) => number;
  readonly seconds?: number;
}

describe('CutPolicy', () => {
  const sources = [1, 2, 4, 10].flatMap((gop) =>
    [0, 3].flatMap((burst) => [25, 50].map((rate) => ({ gop, burst, rate }))),
  );

  it.each(sources)('never lets a viewer run dry who starts with the first segment: %o', (source) => {
    expect(leastReserve(simulate(source))).toBeGreaterThan(0);
  });

  it.each(sources)('cuts no segment that rounds to more than the target duration: %o', (source) => {
    for (const { length } of simulate(source))
      expect(Math.round(length)).toBeLessThanOrEqual(TARGET_DURATION);
  });

  it.each(sources)('cuts no segment shorter than half a second: %o', (source) => {
    for (const { length } of simulate(source)) expect(length).toBeGreaterThanOrEqual(0.5 - 1e-9);
  });

  it.each(sources)(
    'what is cut within a group of pictures is put right at the next keyframe: %o',
    (source) => {
      const { gop } = source;
      const cuts = simulate(source);
      for (const [index, { keyframe, length }] of cuts.entries()) {
        const next = cuts[index + 1];
        // A keyframe right behind the cut comes too soon; then it is the one after that.
        if (keyframe || !next || next.keyframe) continue;
        expect(length + next.length).toBeLessThanOrEqual(2 * gop + 0.5);
      }
    },
  );

  it('gives the first picture within a second', () => {
    for (const source of sources) expect(simulate(source)[0]?.at).toBeLessThanOrEqual(1.01);
  });

  it('settles to whole groups of pictures', () => {
    for (const gop of [1, 2]) {
      const late = simulate({ gop, seconds: 200 }).slice(-20);
      for (const { keyframe, length } of late) {
        expect(keyframe).toBe(true);
        expect(length).toBeCloseTo(2, 6);
      }
    }
  });

  it('begins with whole groups of pictures if the provider sends a burst', () => {
    for (const { keyframe } of simulate({ gop: 2, burst: 8, seconds: 20 })) expect(keyframe).toBe(true);
  });

  it('never lets a viewer run dry if the source comes in pieces, as HLS does', () => {
    const arrival = (media: number) => Math.max(0, Math.floor(media / 4) * 4 - 8);
    const cuts = simulate({ gop: 2, arrival, seconds: 80 });
    expect(leastReserve(cuts)).toBeGreaterThan(0);
    for (const { keyframe } of cuts.slice(1)) expect(keyframe).toBe(true);
  });

  it.each([1, 2, 5, 10])('keeps to the target duration at %i pictures a second', (rate) => {
    expect(longest({ gop: 30, rate, burst: 60, seconds: 60 })).toBeLessThanOrEqual(TARGET_DURATION);
  });

  it('cuts in time if no keyframe comes', () => {
    const cuts = simulate({ gop: 1000, seconds: 60 });
    expect(leastReserve(cuts)).toBeGreaterThan(0);
  });
});

function simulate({ gop, rate = 25, burst = 0, arrival, seconds = 90 }: Source): Cut[] {
  const policy = new CutPolicy();
  const cuts: Cut[] = [];
  const arrives = arrival ?? ((media: number) => Math.max(0, media - burst));
  let start = 0;
  for (let frame = 1; frame < seconds * rate; frame++) {
    const keyframe = frame % (gop * rate) === 0;
    const media = frame / rate;
    const now = arrives(media);
    if (policy.shouldCut({ keyframe, length: media - start, now: 1000 + now })) {
      cuts.push({ at: now, length: media - start, keyframe });
      start = media;
    }
  }
  return cuts;
}

/** As RFC 8216 rounds it. */
function longest(source: Source): number {
  return Math.max(...simulate(source).map(({ length }) => Math.round(length)));
}

/** The least that the imaginary viewer has left whenever another segment reaches them. */
function leastReserve(cuts: readonly Cut[]): number {
  const [first, ...rest] = cuts;
  if (!first) throw new Error('nothing was cut');
  let reserve = first.length;
  let clock = first.at + DELIVERY;
  let least = Number.POSITIVE_INFINITY;
  for (const { at, length } of rest) {
    const arrival = Math.max(clock, at + DELIVERY);
    // Full speed from the reserve on, slow below it.
    let passed = arrival - clock;
    const fast = Math.min(passed, Math.max(0, reserve - RESERVE));
    reserve -= fast;
    passed -= fast;
    reserve -= passed * SLOW;
    least = Math.min(least, reserve);
    reserve += length;
    clock = arrival;
  }
  return least;
}
