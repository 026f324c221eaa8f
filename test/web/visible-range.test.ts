import { describe, expect, it } from 'vitest';
import { visibleRange } from '../../src/web/console/visible-range.ts';

describe('the rows of a list that exist', () => {
  it.each([
    ['at its beginning, below other things', 400, { first: 0, end: 10 }],
    ['somewhere in its midst', -10_000, { first: 94, end: 114 }],
    ['at its end', -99_200, { first: 986, end: 1_000 }],
    ['not yet in sight', 5_000, { first: 0, end: 0 }],
    ['scrolled past', -200_000, { first: 1_000, end: 1_000 }],
  ])('%s', (_where, top, expected) => {
    expect(visibleRange(top, 800, 100, 1_000)).toEqual(expected);
  });

  it('are never more than a screen and some, whatever the length', () => {
    for (const top of [0, -1_000_000, -11_399_000]) {
      const { first, end } = visibleRange(top, 844, 76, 150_000);
      expect(end - first).toBeLessThanOrEqual(25);
    }
  });
});
