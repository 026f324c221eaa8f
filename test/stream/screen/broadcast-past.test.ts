import { describe, expect, it } from 'vitest';
import type { PastProgramme } from '../../../src/domain/past-programme.ts';
import { afterwards, resumed } from '../../../src/stream/screen/archive-course.ts';
import type { OnAirItem, ScreenWish } from '../../../src/stream/screen/on-air-item.ts';
import { type BroadcastBench, makeBroadcast, watchOutcome, wishFor } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';

const ana = { id: 'discord:1', name: 'Ana' };
const minute = 60_000;
const plays = { firstAfter: 400 };

/** The running programme, which began 20 minutes ago and ends in 10. */
function journal({ clock }: Pick<BroadcastBench, 'clock'>): PastProgramme {
  const start = clock.now() - 20 * minute;
  return { from: start, to: clock.now() + 10 * minute, start, title: 'Journal' };
}

async function playPast(bench: BroadcastBench, past = journal(bench)): Promise<PastProgramme> {
  const playing = bench.broadcast.play({ ...wishFor(1), past }, ana);
  await settle();
  bench.account.last.deliver();
  await playing;
  return past;
}

describe('Broadcast with a past programme', () => {
  it('says what it is and how far behind', async () => {
    const bench = makeBroadcast();
    const { start, to } = await playPast(bench);
    expect(bench.broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: mainId(1) },
      past: { start, to, title: 'Journal' },
    });
    expect(bench.broadcast.status.past?.behind).toBe(20 * minute - 2_000);
  });

  it('goes live at its end, without a gap', async () => {
    const bench = makeBroadcast();
    await playPast(bench);
    bench.account.behaviours.set(1, plays);
    bench.account.last.deliver(2);
    bench.account.last.die('archive_over');
    await bench.clock.advance(1_000);
    expect(bench.broadcast.status).toMatchObject({
      state: 'live',
      past: null,
      askedBy: ana,
      standsInFor: null,
    });
    expect(bench.account.last.wish).toEqual(wishFor(1));
    expect(bench.sources()).toEqual(['slate', '1.0', '1.1']);
    expect(bench.statuses.map(({ state }) => state)).not.toContain('recovering');
  });

  it('goes on where it was after a break', async () => {
    const bench = makeBroadcast();
    const { start } = await playPast(bench);
    bench.account.behaviours.set(1, plays);
    bench.account.last.deliver(3);
    bench.account.last.die('channel_ended');
    await bench.clock.advance(1_000);
    expect(bench.account.last.wish.past).toMatchObject({ from: start + 8_000, start });
    expect(bench.broadcast.status.past).toMatchObject({ start });
  });

  it('goes on where it was after a restart of its source', async () => {
    const bench = makeBroadcast();
    const { start } = await playPast(bench);
    bench.account.behaviours.set(1, plays);
    void bench.broadcast.restart(ana);
    await bench.clock.advance(1_000);
    expect(bench.account.last.wish.past).toMatchObject({ from: start + 2_000, start });
  });

  it('goes on where it was if what replaces it does not come', async () => {
    const bench = makeBroadcast({ capacity: 1 });
    const { start } = await playPast(bench);
    bench.account.behaviours.set(1, plays);
    bench.account.behaviours.set(2, { fails: 'channel_dead' });
    const outcome = watchOutcome(bench.broadcast.play(wishFor(2), ana));
    await bench.clock.advance(1_000);
    expect(outcome()).toBe('channel_dead');
    expect(bench.account.last.wish.past).toMatchObject({ from: start + 2_000, start });
  });

  it('gives way to its channel live', async () => {
    const bench = makeBroadcast();
    await playPast(bench);
    await bench.onAir(1);
    expect(bench.broadcast.status).toMatchObject({ channel: { id: mainId(1) }, past: null });
    expect(bench.account.onAir).toHaveLength(1);
  });

  it('begins again if it is wanted from its start again', async () => {
    const bench = makeBroadcast();
    const past = await playPast(bench);
    bench.account.last.deliver(3);
    await playPast(bench, past);
    expect(bench.account.feeds.map(({ wish }) => wish.past?.from)).toEqual([past.start, past.start]);
  });

  it('goes on in a variant, then the chosen channel is live at its end', async () => {
    const bench = makeBroadcast({ variants: [1, 2] });
    await playPast(bench);
    bench.account.behaviours.set(1, { fails: 'archive_refused' });
    bench.account.behaviours.set(2, plays);
    bench.account.last.die('channel_ended');
    await bench.clock.advance(3_000);
    expect(bench.broadcast.status).toMatchObject({
      channel: { id: mainId(2) },
      standsInFor: { channel: { id: mainId(1) } },
      past: { title: 'Journal' },
    });
    bench.account.behaviours.set(1, plays);
    bench.account.last.die('archive_over');
    await bench.clock.advance(1_000);
    expect(bench.broadcast.status).toMatchObject({
      channel: { id: mainId(1) },
      standsInFor: null,
      past: null,
    });
  });

  it('is live if the archive gives no more, and says why', async () => {
    const bench = makeBroadcast();
    await playPast(bench);
    bench.account.whenPast.set(1, { fails: 'archive_missing' });
    bench.account.behaviours.set(1, plays);
    bench.account.last.die('channel_ended');
    await bench.clock.advance(2_000);
    expect(bench.broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: mainId(1) },
      standsInFor: { channel: { id: mainId(1) }, code: 'archive_missing' },
      past: null,
    });
    bench.account.last.die('channel_ended');
    await bench.clock.advance(2_000);
    expect(bench.account.last.wish.past).toBeUndefined();
  });

  it('is live if it has been gone for long', async () => {
    const bench = makeBroadcast();
    await playPast(bench);
    bench.account.whenPast.set(1, { fails: 'provider_status' });
    bench.account.behaviours.set(1, plays);
    bench.account.last.die('channel_ended');
    await bench.clock.advance(10_000);
    expect(bench.broadcast.status.state).toBe('recovering');
    await bench.clock.advance(20_000);
    expect(bench.broadcast.status).toMatchObject({ state: 'live', past: null });
  });
});

describe('an item after a break', () => {
  const past: PastProgramme = { from: 1_000, to: 61_000, start: 1_000, title: null };
  const wish: ScreenWish = { ...wishFor(1), past };
  const item: OnAirItem = { wish, standIn: null, askedBy: ana, startedAt: 5 };

  it.each([
    ['from its position', 31_000, { ...item, wish: { ...wish, past: { ...past, from: 31_000 } } }],
    ['from the start if nothing was shown', null, item],
    ['live if next to nothing is left', 60_000, afterwards(item, 90_000)],
  ])('goes on %s', (_, position, expected) => {
    expect(resumed(item, position, 90_000)).toEqual(expected);
  });
});
