import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/web/watch/flights.ts';

const emojis = (burst: Record<string, number>, aloft = 0) =>
  prepare(burst, aloft, () => 0.5).map(({ emoji }) => emoji);

describe('what flies of a burst', () => {
  it.each<[string, Record<string, number>, number, string[]]>([
    ['all of a few', { '👏': 2, '🔥': 1 }, 0, ['👏', '🔥', '👏']],
    ['what there is room for', { '👏': 500 }, 28, ['👏', '👏']],
    ['each kind before a second of one', { '👏': 500, '😱': 1 }, 28, ['👏', '😱']],
    ['nothing where all is full', { '👏': 1 }, 30, []],
    ['nothing of nothing', {}, 0, []],
  ])('%s', (_what, burst, aloft, flying) => {
    expect(emojis(burst, aloft)).toEqual(flying);
  });

  it('is never more than 30 at a time', () => {
    expect(emojis({ '👏': 500, '🔥': 400, '😂': 300, '😱': 200 })).toHaveLength(30);
  });

  it('stays within the picture, each with a name of its own', () => {
    const flights = [0, 0.999].flatMap((value) => prepare({ '👏': 10 }, 0, () => value));
    for (const { left, drift } of flights) {
      expect(left + Math.min(0, drift)).toBeGreaterThanOrEqual(50);
      expect(left + drift).toBeLessThan(95);
    }
    expect(new Set(flights.map(({ id }) => id)).size).toBe(20);
  });
});
