import { describe, expect, it } from 'vitest';
import { visibleRange } from '../../src/web/console/visible-range.ts';

describe('visibleRange', () => {
  it.each([
    ['covers the first rows of a list below other content', 400, { first: 0, end: 10 }],
    ['covers rows in the middle of a list', -10_000, { first: 94, end: 114 }],
    ['covers the last rows of a list', -99_200, { first: 986, end: 1_000 }],
    ['is empty for a list below the screen', 5_000, { first: 0, end: 0 }],
    ['is empty for a list above the screen', -200_000, { first: 1_000, end: 1_000 }],
  ])('%s', (_where, top, expected) => {
    expect(visibleRange(top, 800, 100, 1_000)).toEqual(expected);
  });

  it('is never much longer than a screen, whatever the length of the list', () => {
    for (const top of [0, -1_000_000, -11_399_000]) {
      const { first, end } = visibleRange(top, 844, 76, 150_000);
      expect(end - first).toBeLessThanOrEqual(25);
    }
  });
});
