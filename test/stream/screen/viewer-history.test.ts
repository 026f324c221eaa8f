import { expect, it } from 'vitest';
import { ViewerHistory } from '../../../src/stream/screen/viewer-history.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

it('the history of viewers has the last hour, minute by minute, and now', async () => {
  const clock = new FakeClock();
  const viewers = { count: 0 };
  const history = new ViewerHistory(viewers, clock);
  history.start();
  for (let minute = 1; minute <= 70; minute++) {
    viewers.count = minute;
    await clock.advance(60_000);
  }
  viewers.count = 7;
  expect(history.counts).toEqual([...Array.from({ length: 60 }, (_, index) => 11 + index), 7]);
  await history.stop();
  await clock.advance(60_000);
  expect(history.counts).toHaveLength(61);
});
