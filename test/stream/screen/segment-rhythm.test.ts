import { describe, expect, it } from 'vitest';
import { SegmentRhythm } from '../../../src/stream/screen/segment-rhythm.ts';

/** A source whose segments come so many milliseconds apart. */
function after(gaps: readonly number[]): SegmentRhythm {
  const rhythm = new SegmentRhythm();
  let now = 5_000;
  rhythm.beat(now);
  for (const gap of gaps) {
    now += gap;
    rhythm.beat(now);
  }
  return rhythm;
}

describe('SegmentRhythm', () => {
  it.each([
    ['a source that has given one segment', [], 5_500],
    ['a source with a segment every two seconds', [2_000, 2_000, 2_000], 5_500],
    ['a source with a segment every six seconds', [6_000, 6_100, 5_900], 9_100],
    ['a source that was late once, long ago', [9_000, ...Array<number>(20).fill(2_000)], 5_500],
  ])('waits for %s three seconds beyond the usual gap', (_, gaps, patience) => {
    expect(after(gaps).patience).toBe(patience);
  });
});
