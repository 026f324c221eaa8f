import { expect, it } from 'vitest';
import { makeBroadcast, watchOutcome, wishFor } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';

/** Three segments of two seconds at once, as providers send when they are asked, then one every two seconds. */
const BURST = 3;

/** @returns seconds that players which jump nowhere have left, just before each of many switches. */
async function zapAround(capacity: number, openTime: number): Promise<number[]> {
  const { broadcast, account, clock } = makeBroadcast({ capacity });
  const leads: number[] = [];
  for (let n = 1; n <= 30; n++) {
    leads.push(broadcast.live.lead);
    broadcast.play(wishFor(n), null).catch(() => {});
    // What is on air goes on while the next channel is opened.
    for (let passed = 0; passed < openTime; passed += 250) await clock.advance(250);
    account.last.deliver(BURST);
    await settle();
    for (let second = 0; second < 8; second += 2) {
      await clock.advance(2_000);
      account.last.deliver();
      await settle();
    }
    await clock.advance(250 * (n % 7));
  }
  return leads.slice(1);
}

it.each([
  [1, 250],
  [2, 250],
  [2, 1_500],
])(
  'players fall no further behind however often channels are switched (%i slots, %i ms)',
  async (slots, openTime) => {
    const [first = 0, ...leads] = await zapAround(slots, openTime);
    expect(Math.max(...leads)).toBeLessThanOrEqual(Math.max(first, 4) + 2);
    expect(Math.min(...leads)).toBeGreaterThanOrEqual(0);
  },
);

it('what is on air while another channel is opened is published only where players need it', async () => {
  const { broadcast, account, onAir, clock, segments } = makeBroadcast({ capacity: 2 });
  await onAir(1);
  account.last.deliver(2);
  const [one] = account.feeds;
  const playing = broadcast.play(wishFor(2), null);
  await settle();
  const before = segments.length;
  one?.deliver();
  await clock.advance(2_500);
  expect(segments).toHaveLength(before);
  // Players ask in vain for three seconds at most, whatever they have.
  await clock.advance(750);
  expect(segments).toHaveLength(before + 1);
  one?.deliver();
  account.last.deliver();
  await playing;
  expect(segments).toHaveLength(before + 2);
});

it('what was held back is published when the switch comes to nothing', async () => {
  const { broadcast, account, onAir, segments } = makeBroadcast({ capacity: 2 });
  await onAir(1);
  account.last.deliver(2);
  const [one] = account.feeds;
  const outcome = watchOutcome(broadcast.play(wishFor(2), null));
  await settle();
  const before = segments.length;
  one?.deliver(2);
  expect(segments).toHaveLength(before);
  account.last.fail('channel_dead');
  await settle();
  expect(outcome()).toBe('channel_dead');
  expect(segments).toHaveLength(before + 2);
});

it('the first channel after the slate begins with its whole burst', async () => {
  const { broadcast, account, segments } = makeBroadcast();
  const playing = broadcast.play(wishFor(1), null);
  await settle();
  const before = segments.length;
  account.last.deliver(BURST);
  await playing;
  expect(segments).toHaveLength(before + BURST);
});

it('a channel that nobody wants any more never comes on air, also with its last piece', async () => {
  const { broadcast, account, onAir } = makeBroadcast({ capacity: 2 });
  await onAir(1);
  const second = watchOutcome(broadcast.play(wishFor(2), null));
  await settle();
  const unwanted = account.last;
  const third = watchOutcome(broadcast.play(wishFor(3), null));
  unwanted.deliver();
  await settle();
  unwanted.deliver();
  account.last.deliver();
  await settle();
  expect([second(), third()]).toEqual(['superseded', 'done']);
  expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(3) } });
  expect(account.open).toEqual([3]);
});

it('a source that ends does not call off the channel that is wanted next', async () => {
  const { broadcast, account, onAir, clock } = makeBroadcast({ capacity: 2 });
  await onAir(1);
  account.closeTime = 500;
  account.last.die('ffmpeg_failed');
  await settle();
  const outcome = watchOutcome(broadcast.play(wishFor(2), null));
  account.feeds[0]?.die();
  await clock.advance(600);
  account.last.deliver();
  await settle();
  expect(outcome()).toBe('done');
  expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
});
