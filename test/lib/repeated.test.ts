import { expect, it } from 'vitest';
import { Repeated } from '../../src/lib/repeated.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

it('repeats after a pause, one time after the other, whatever fails, until it is stopped', async () => {
  const clock = new FakeClock();
  const times: number[] = [];
  const errors: unknown[] = [];
  const hold = Promise.withResolvers<void>();
  let signal: AbortSignal | null = null;
  const repeated = new Repeated({
    ...{ clock, pause: 1_000 },
    work: async (stopping) => {
      signal = stopping;
      times.push(times.length);
      if (times.length === 1) throw new Error('once');
      if (times.length === 3) await hold.promise;
    },
    onError: (error) => errors.push(error),
  });
  repeated.start();
  await clock.advance(2_500);
  expect([times.length, errors.length]).toEqual([2, 1]);
  await clock.advance(10_000);
  expect(times).toHaveLength(3);
  let isStopped = false;
  const stopped = repeated.stop().then(() => {
    isStopped = true;
  });
  await clock.advance(10_000);
  expect([isStopped, (signal as AbortSignal | null)?.aborted]).toEqual([false, true]);
  hold.resolve();
  await stopped;
  await clock.advance(10_000);
  expect([times.length, clock.pending]).toEqual([3, 0]);
});
