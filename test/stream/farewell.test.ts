import { describe, expect, it } from 'vitest';
import { Farewell } from '../../src/stream/farewell.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';

/** Whether a promise has resolved by now. */
function watch(promise: Promise<void>): { done: boolean } {
  const state = { done: false };
  void promise.then(() => {
    state.done = true;
  });
  return state;
}

describe('Farewell', () => {
  it('keeps all who ask waiting until everybody has had the time to ask, and answers them together', async () => {
    const clock = new FakeClock();
    const farewell = new Farewell(clock);
    await farewell.asked();
    clock.skip(2_000);
    const begun = watch(farewell.begin());
    const first = watch(farewell.asked());
    await clock.advance(3_000);
    const second = watch(farewell.asked());
    expect(begun.done).toBe(false);
    await clock.advance(1_000);
    expect(begun.done).toBe(true);
    expect([first.done, second.done]).toEqual([false, false]);
    const ended = watch(farewell.end());
    await settle();
    expect([first.done, second.done, ended.done]).toEqual([true, true, false]);
    await clock.advance(400);
    expect(ended.done).toBe(true);
    await farewell.asked();
  });

  it.each([
    ['nobody has ever asked', null],
    ['nobody has asked lately', 10_000],
  ])('takes no time where %s', async (_, ago) => {
    const clock = new FakeClock();
    const farewell = new Farewell(clock);
    if (ago !== null) {
      await farewell.asked();
      clock.skip(ago);
    }
    await farewell.begin();
    await farewell.end();
    expect(clock.pending).toBe(0);
  });
});
