import { describe, expect, it } from 'vitest';
import { RestartPolicy } from '../../src/stream/restart-policy.ts';

describe('RestartPolicy', () => {
  it('tries at once, then ever more rarely, then gives up', () => {
    const policy = new RestartPolicy();
    const delays: (number | null)[] = [];
    const attempts: unknown[] = [];
    for (let failures = 0; failures < 9; failures++) {
      policy.failed(0);
      delays.push(policy.delay);
      attempts.push(policy.attempt);
    }
    expect(delays).toEqual([0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, null]);
    expect(attempts).toEqual([...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => ({ number, of: 8 })), null]);
  });

  it.each([
    [30_000, 1],
    [29_999, 4],
  ])('after %i ms on air, a failure is try %i', (onAirFor, expected) => {
    const policy = new RestartPolicy();
    for (let failures = 0; failures < 3; failures++) policy.failed(0);
    policy.failed(onAirFor);
    expect(policy.attempt?.number).toBe(expected);
  });
});
