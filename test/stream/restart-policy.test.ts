import { describe, expect, it } from 'vitest';
import { RestartPolicy } from '../../src/stream/restart-policy.ts';

describe('RestartPolicy', () => {
  it('tries at once, then ever more rarely, then gives up', () => {
    const policy = new RestartPolicy();
    const seen: [number, number | null][] = [];
    for (let failures = 0; failures <= policy.tries; failures++) {
      policy.failed(0);
      seen.push([policy.try, policy.delay]);
    }
    expect(seen).toEqual([
      [1, 0],
      [2, 1_000],
      [3, 2_000],
      [4, 4_000],
      [5, 8_000],
      [6, 15_000],
      [7, 30_000],
      [8, 60_000],
      [9, null],
    ]);
  });

  it.each([
    [30_000, 1],
    [29_999, 4],
  ])('after %i ms on air, a failure is try %i', (onAirFor, expected) => {
    const policy = new RestartPolicy();
    for (let failures = 0; failures < 3; failures++) policy.failed(0);
    policy.failed(onAirFor);
    expect(policy.try).toBe(expected);
  });
});
