import { expect, it } from 'vitest';
import { makeBroadcast, wishFor } from '../fakes/broadcast-bench.ts';
import { settle } from '../fakes/fake-clock.ts';

/** Three segments at once, as providers send when they are asked, then one every two seconds. */
const BURST = 3;

/** @returns seconds of the playlist that a player has not fetched that plays everything in its own time. */
async function zapAround(capacity: number): Promise<number[]> {
  const { broadcast, account, clock, segments } = makeBroadcast({ capacity });
  const { live } = broadcast;
  const behind: number[] = [];
  const startedAt = clock.monotonic();
  let played = 0;
  const play = (): void => {
    let upTo = 0;
    for (const { sequence, duration } of segments) {
      if (upTo > (clock.monotonic() - startedAt) / 1000) break;
      upTo += duration;
      played = Math.max(played, sequence);
    }
    live.viewers.fetched(played);
  };
  const after = async (time: number, segmentCount: number): Promise<void> => {
    await clock.advance(time);
    account.last.deliver(segmentCount);
    await settle();
    play();
  };
  for (let n = 1; n <= 20; n++) {
    broadcast.play(wishFor(n), null).catch(() => {});
    await settle();
    await after(300, BURST);
    await after(2_000, 1);
    await after(2_000, 1);
    await clock.advance(1_700);
    behind.push(live.backlog);
  }
  return behind;
}

it.each([1, 2])(
  'a player that never jumps stays within the window through switches (%i slots)',
  async (slots) => {
    const behind = await zapAround(slots);
    expect(Math.max(...behind)).toBeGreaterThan(8);
    expect(Math.max(...behind)).toBeLessThan(18);
  },
);

it('without such a player every switch begins with the burst', async () => {
  const { broadcast, account, segments } = makeBroadcast({ capacity: 2 });
  for (let n = 1; n <= 20; n++) {
    broadcast.play(wishFor(n), null).catch(() => {});
    await settle();
    const before = segments.length;
    account.last.deliver(BURST);
    await settle();
    expect(segments.length - before).toBeGreaterThanOrEqual(BURST);
  }
});
