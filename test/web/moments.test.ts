import { describe, expect, it } from 'vitest';
import { decodableFrom, momentAt, positionOf, type TimedSegment } from '../../src/web/watch/moments.ts';

const T = 1_795_520_000_000;
/** Two segments, a hole of a minute, and two more. */
const list: readonly TimedSegment[] = [
  { sn: 1, start: 100, duration: 2, time: T, independent: true },
  { sn: 2, start: 102, duration: 3, time: T + 2_000, independent: false },
  { sn: 3, start: 105, duration: 2, time: T + 65_000, independent: true },
  { sn: 4, start: 107, duration: 2, time: T + 67_000, independent: false },
];

describe('momentAt', () => {
  it.each([
    [100, T],
    [101.5, T + 1_500],
    [104, T + 4_000],
    [105, T + 65_000],
    [108.5, T + 68_500],
    // before and behind the list
    [90, T],
    [120, T + 69_000],
  ])('is at %d s', (position, moment) => {
    expect(momentAt(list, position)).toBe(moment);
  });

  it('is unknown in a list without times', () => {
    expect(momentAt([], 5)).toBeNull();
    expect(momentAt([{ sn: 1, start: 0, duration: 2, time: null, independent: true }], 1)).toBeNull();
  });
});

describe('positionOf', () => {
  it.each([
    [T, 100.01],
    [T + 1_500, 101.5],
    [T + 4_900, 104.9],
    // in the hole
    [T + 5_000, 105.01],
    [T + 40_000, 105.01],
    [T + 66_000, 106],
    [T - 1, null],
    [T + 69_000, null],
  ])('of moment %d', (moment, position) => {
    const found = positionOf(list, moment);
    if (position === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(position, 6);
  });

  it('leads back to the moment', () => {
    for (let ago = 0; ago < 5_000; ago += 333)
      expect(momentAt(list, positionOf(list, T + ago) ?? 0)).toBeCloseTo(Math.max(ago, 10) + T, 0);
  });
});

describe('decodableFrom', () => {
  it.each([
    [100, 100],
    [103, 100],
    [105.5, 105],
    [108, 105],
    [90, 100],
  ])('is for %d s at %d s', (position, start) => {
    expect(decodableFrom(list, position)).toBe(start);
  });
});
