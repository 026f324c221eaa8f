import { expect, it } from 'vitest';
import { EventLoopLag } from '../../src/metrics/event-loop-lag.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

it('is the longest delay of the last half minute, without the monitor’s own step', async () => {
  const clock = new FakeClock();
  const delays = {
    max: 20e6,
    reset: () => {
      delays.max = 20e6;
    },
    enable: () => true,
    disable: () => true,
  };
  const lag = new EventLoopLag(clock, delays);
  lag.start();
  expect(lag.worst).toBe(0);
  delays.max = 520e6;
  expect(lag.worst).toBeCloseTo(0.5);
  await clock.advance(20_000);
  expect(lag.worst).toBeCloseTo(0.5);
  await clock.advance(10_000);
  expect(lag.worst).toBe(0);
  lag.stop();
});
