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
    live.viewers.fetched('vlc', played);
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

it('where such a player is far behind, the last channel is closed first, so that it catches up', async () => {
  const { broadcast, account, onAir, segments, clock } = makeBroadcast({ capacity: 2 });
  await onAir(1);
  account.last.deliver(6);
  broadcast.live.viewers.fetched('vlc', segments[0]?.sequence ?? 0);
  broadcast.play(wishFor(2), null).catch(() => {});
  await settle();
  expect(account.open).toEqual([2]);
  account.last.deliver(BURST);
  await clock.advance(1_000);
  account.last.deliver();
  await settle();
  expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: 2 } });
});

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
