import { describe, expect, it } from 'vitest';
import { monotonicStore } from '../../src/http/rate-limit-store.ts';
import { RateLimit } from '../../src/lib/rate-limit.ts';

const DAY = 24 * 3_600_000;

/** A clock whose wall clock can be set back. */
function makeClock() {
  const clock = { wall: Date.UTC(2026, 0, 1), time: 1_000 };
  return { clock, now: () => clock.wall, monotonic: () => clock.time };
}

describe('RateLimit', () => {
  it('refuses events beyond the limit until the stretch ends', () => {
    const { clock, ...clocks } = makeClock();
    const limit = new RateLimit({ clock: clocks, most: 2, stretch: 60_000 });
    for (let count = 0; count < 2; count++) limit.count('ana');
    expect([limit.isExceeded('ana'), limit.isExceeded('bob')]).toEqual([true, false]);
    clock.time += 60_000;
    expect(limit.isExceeded('ana')).toBe(false);
  });

  it('ends its stretch in time although the wall clock is set back by a day', () => {
    const { clock, ...clocks } = makeClock();
    const limit = new RateLimit({ clock: clocks, most: 1, stretch: 60_000 });
    limit.count('ana');
    clock.wall -= DAY;
    clock.time += 60_000;
    expect(limit.isExceeded('ana')).toBe(false);
  });
});

describe('monotonicStore', () => {
  it('counts by the monotonic clock, and each route separately', () => {
    const { clock, ...clocks } = makeClock();
    const Store = monotonicStore(clocks);
    const store = new Store({});
    const other = store.child({ path: '/', prefix: '' } as never);
    const count = (of: typeof store) => {
      let counted = 0;
      of.incr('ana', (_error, result) => (counted = result?.current ?? 0), 60_000, 10);
      return counted;
    };
    expect([count(store), count(store), count(other)]).toEqual([1, 2, 1]);
    clock.wall -= DAY;
    clock.time += 59_999;
    expect(count(store)).toBe(3);
    clock.time += 1;
    expect(count(store)).toBe(1);
  });
});
