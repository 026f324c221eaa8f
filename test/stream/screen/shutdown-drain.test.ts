import { describe, expect, it } from 'vitest';
import { ShutdownDrain } from '../../../src/stream/screen/shutdown-drain.ts';
import { FakeClock, settle } from '../../fakes/fake-clock.ts';

/** Whether a promise has resolved by now. */
function watch(promise: Promise<void>): { done: boolean } {
  const state = { done: false };
  void promise.then(() => {
    state.done = true;
  });
  return state;
}

describe('ShutdownDrain', () => {
  it('keeps players waiting until each has had the time to ask, and answers them together', async () => {
    const clock = new FakeClock();
    const drain = new ShutdownDrain(clock);
    await drain.asked();
    clock.skip(2_000);
    const begun = watch(drain.begin());
    const first = watch(drain.asked());
    await clock.advance(3_000);
    const second = watch(drain.asked());
    expect(begun.done).toBe(false);
    await clock.advance(1_000);
    expect(begun.done).toBe(true);
    expect([first.done, second.done]).toEqual([false, false]);
    const ended = watch(drain.end());
    await settle();
    expect([first.done, second.done, ended.done]).toEqual([true, true, false]);
    await clock.advance(400);
    expect(ended.done).toBe(true);
    await drain.asked();
  });

  it.each([
    ['nobody has ever asked', null],
    ['nobody has asked lately', 10_000],
  ])('takes no time if %s', async (_, ago) => {
    const clock = new FakeClock();
    const drain = new ShutdownDrain(clock);
    if (ago !== null) {
      await drain.asked();
      clock.skip(ago);
    }
    await drain.begin();
    await drain.end();
    expect(clock.pending).toBe(0);
  });
});
