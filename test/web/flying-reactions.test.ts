import { describe, expect, it } from 'vitest';
import { flightsFor } from '../../src/web/watch/flying-reactions.ts';

const emojis = (burst: Record<string, number>, aloft = 0) =>
  flightsFor(burst, aloft, () => 0.5).map(({ emoji }) => emoji);

describe('prepare', () => {
  it.each<[string, Record<string, number>, number, string[]]>([
    ['shows all of a small burst', { '👏': 2, '🔥': 1 }, 0, ['👏', '🔥', '👏']],
    ['shows only as many as there is room for', { '👏': 500 }, 28, ['👏', '👏']],
    ['shows one of each kind before a second one', { '👏': 500, '😱': 1 }, 28, ['👏', '😱']],
    ['shows nothing while the limit is reached', { '👏': 1 }, 30, []],
    ['shows nothing of an empty burst', {}, 0, []],
  ])('%s', (_what, burst, aloft, flying) => {
    expect(emojis(burst, aloft)).toEqual(flying);
  });

  it('never shows more than 30 at a time', () => {
    expect(emojis({ '👏': 500, '🔥': 400, '😂': 300, '😱': 200 })).toHaveLength(30);
  });

  it('places each flight within the picture, with an id of its own', () => {
    const flights = [0, 0.999].flatMap((value) => flightsFor({ '👏': 10 }, 0, () => value));
    for (const { left, drift } of flights) {
      expect(left + Math.min(0, drift)).toBeGreaterThanOrEqual(50);
      expect(left + drift).toBeLessThan(95);
    }
    expect(new Set(flights.map(({ id }) => id)).size).toBe(20);
  });
});
