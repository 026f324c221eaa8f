import { describe, expect, it } from 'vitest';
import { Reserve } from '../../src/web/watch/buffer-reserve.ts';

const last = (reserve: Reserve, values: readonly number[], from = 0) =>
  values.map((ahead, second) => reserve.add((from + second) * 1_000, ahead));

describe('Reserve', () => {
  it('returns the lowest value of the window once it has passed, and starts again after a reset', () => {
    const reserve = new Reserve(4_000);
    expect(last(reserve, [3, 1, 5, 4, 6, 5, 7])).toEqual([null, null, null, null, 1, 4, 4]);
    reserve.reset();
    expect(reserve.add(7_000, 2)).toBeNull();
    expect(reserve.add(11_000, 8)).toBe(8);
  });

  it('lowers the reserve by a second for each stall up to three, but not for one right after a jump', () => {
    const reserve = new Reserve(4_000);
    reserve.add(0, 0);
    reserve.ranDry();
    expect(last(reserve, [5, 5, 5, 5, 5], 1).at(-1)).toBe(5);
    reserve.ranDry();
    expect(last(reserve, [5, 5, 5, 5, 5], 10).at(-1)).toBe(4);
    for (let times = 0; times < 9; times++) {
      last(reserve, [5, 5, 5, 5, 5], 20 + times * 10);
      reserve.ranDry();
    }
    expect(last(reserve, [5, 5, 5, 5, 5], 200).at(-1)).toBe(2);
  });
});
