import { describe, expect, it } from 'vitest';
import { RestartPolicy } from '../../../src/stream/screen/restart-policy.ts';

const MINUTE = 60_000;

/** Seconds at which tries are made, from the end of what was on air, while each fails at once. */
function triesIn(time: number): number[] {
  const policy = new RestartPolicy();
  const tries: number[] = [];
  let now = 1_000_000;
  const from = now;
  policy.failed({ now, onAirFor: 10 * MINUTE });
  for (;;) {
    now += policy.delay;
    if (now - from > time) return tries;
    tries.push((now - from) / 1000);
    policy.failed({ now, onAirFor: null });
  }
}

describe('RestartPolicy', () => {
  it('retries at once, then ever more rarely, every few seconds for two minutes', () => {
    const tries = triesIn(2 * MINUTE);
    expect(tries.slice(0, 6)).toEqual([0, 1, 3, 7, 11, 15]);
    for (const [at, time] of tries.entries()) expect(time - (tries[at - 1] ?? 0)).toBeLessThanOrEqual(4);
    expect(tries.at(-1)).toBeGreaterThan(116);
  });

  it('retries once a minute after that, for ever', () => {
    const late = triesIn(60 * MINUTE).filter((time) => time > 150);
    expect(late.length).toBeGreaterThan(55);
    for (const [at, time] of late.entries()) expect(time - (late[at - 1] ?? time)).toBeLessThanOrEqual(60);
  });

  it('retries at once each time the source gave a picture in between', () => {
    const policy = new RestartPolicy();
    for (let cut = 0; cut < 100; cut++) {
      policy.failed({ now: cut * 12_000, onAirFor: 12_000 });
      expect([policy.attempt.number, policy.delay]).toEqual([1, 0]);
    }
  });

  it('waits a moment if the source ends again and again within seconds', () => {
    const policy = new RestartPolicy();
    policy.failed({ now: 0, onAirFor: 2_000 });
    expect([policy.attempt.number, policy.delay]).toEqual([1, 0]);
    policy.failed({ now: 3_000, onAirFor: 2_000 });
    expect([policy.attempt.number, policy.delay]).toEqual([1, 1_000]);
  });

  it('gives up a hanging try while the outage is young, and lets later ones take their time', () => {
    const policy = new RestartPolicy();
    policy.failed({ now: 0, onAirFor: MINUTE });
    expect([policy.patience(500), policy.patience(2_500)]).toEqual([3_000, 7_500]);
    expect(policy.patience(null)).toBeNull();
    policy.failed({ now: 3 * MINUTE, onAirFor: null });
    expect(policy.patience(500)).toBeNull();
  });
});
