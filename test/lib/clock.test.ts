import { describe, expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/lib/clock.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';

describe('sleep', () => {
  it('waits for the given time', async () => {
    const clock = new FakeClock();
    let awake = false;
    void sleep(clock, 100).then(() => {
      awake = true;
    });
    await clock.advance(99);
    expect(awake).toBe(false);
    await clock.advance(1);
    expect(awake).toBe(true);
  });

  it('rejects with the signal’s reason and leaves no timer behind', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const asleep = sleep(clock, 100, abort.signal);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(asleep).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  it('rejects at once if the signal is aborted already', async () => {
    const clock = new FakeClock();
    await expect(sleep(clock, 100, AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    expect(clock.pending).toBe(0);
  });

  it('ignores a signal that aborts later', async () => {
    const clock = new FakeClock();
    const abort = new AbortController();
    const asleep = sleep(clock, 100, abort.signal);
    await clock.advance(100);
    abort.abort();
    await expect(asleep).resolves.toBeUndefined();
  });
});

describe('systemClock', () => {
  it('calls back unless it is cancelled', async () => {
    const called: string[] = [];
    systemClock.after(0, () => called.push('off'))();
    await new Promise<void>((resolve) => systemClock.after(1, resolve));
    await settle();
    expect(called).toEqual([]);
  });

  it('returns the time of day and a monotonic time', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    const before = systemClock.monotonic();
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(before);
  });
});
