import { describe, expect, it } from 'vitest';
import { Slate } from '../../../src/stream/screen/slate.ts';
import { type BroadcastBench, makeBroadcast, watchOutcome, wishFor } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { segmentOf } from '../../fakes/synthetic-segment.ts';

const ana = { id: 'discord:1', name: 'Ana' };
const bob = { id: 'discord:2', name: 'Bob' };
const HOUR = 3_600_000;
const plays = { firstAfter: 400 };

/** A recording of an hour that began yesterday. */
async function playRecording(bench: BroadcastBench): Promise<number> {
  const from = bench.clock.now() - 24 * HOUR;
  const past = { from, to: from + HOUR, start: from, title: 'Film', recording: 7 };
  const playing = bench.broadcast.play({ ...wishFor(1), past }, ana);
  await settle();
  bench.account.last.deliver();
  await playing;
  for (let seconds = 2; seconds < 20; seconds += 2) {
    await bench.clock.advance(2_000);
    bench.account.last.deliver();
  }
  return from;
}

describe('Broadcast.pause', () => {
  it('keeps the place, closes the source, and goes on with the slate for as long as it takes', async () => {
    const bench = makeBroadcast();
    const { broadcast, account, clock } = bench;
    const from = await playRecording(bench);
    const pausing = watchOutcome(broadcast.pause(bob));
    await clock.advance(10);
    expect(pausing()).toBe('done');
    expect(account.open).toEqual([]);
    const shownAt = () => clock.now() - (broadcast.status.past?.behind ?? 0);
    expect(broadcast.status).toMatchObject({ state: 'paused', past: { pause: { by: bob }, recording: 7 } });
    const place = shownAt();
    expect(place).toBeGreaterThan(from + 8_000);
    expect(place).toBeLessThan(from + 20_000);
    await clock.advance(10 * 60_000);
    expect(broadcast.status.state).toBe('paused');
    expect(shownAt()).toBe(place);
    expect(bench.sources().at(-1)).toBe('slate');

    account.behaviours.set(1, plays);
    const going = watchOutcome(broadcast.goOn(ana));
    await clock.advance(1_000);
    expect(going()).toBe('done');
    expect(account.last.wish.past).toMatchObject({ from: place, recording: 7 });
    expect(broadcast.status).toMatchObject({ state: 'live', past: { pause: null } });
  });

  it('shows the still frame until the source is there again', async () => {
    const still = new Slate([segmentOf('still 0'), segmentOf('still 1', { start: 2 })]);
    const bench = makeBroadcast({ still });
    const { broadcast, account, clock } = bench;
    await playRecording(bench);
    void broadcast.pause(bob);
    await clock.advance(60_000);
    expect(bench.sources().at(-1)).toBe('still');
    account.behaviours.set(1, plays);
    void broadcast.goOn(ana);
    await clock.advance(1_000);
    expect(bench.sources().slice(-3)).toEqual(['1.0', 'still', '1.1']);
    void broadcast.stop();
    await clock.advance(100);
    broadcast.demand();
    await clock.advance(1_000);
    expect(bench.sources().at(-1)).toBe('slate');
  });

  it('refuses live television, and nothing at all', async () => {
    const bench = makeBroadcast();
    await expect(bench.broadcast.pause()).rejects.toMatchObject({ code: 'nothing_to_pause' });
    await bench.onAir(1);
    await expect(bench.broadcast.pause()).rejects.toMatchObject({ code: 'nothing_to_pause' });
    expect(bench.broadcast.status.state).toBe('live');
  });

  it('stays paused if what is wanted instead does not come', async () => {
    const bench = makeBroadcast();
    const { broadcast, account, clock } = bench;
    await playRecording(bench);
    void broadcast.pause(bob);
    await clock.advance(10);
    account.behaviours.set(2, { fails: 'channel_dead' });
    const outcome = watchOutcome(broadcast.play(wishFor(2), ana));
    await clock.advance(1_000);
    expect(outcome()).toBe('channel_dead');
    expect(broadcast.status).toMatchObject({ state: 'paused', past: { pause: { by: bob } } });
  });

  it('ends with another wish, or with a stop', async () => {
    const bench = makeBroadcast();
    const { broadcast, account, clock } = bench;
    await playRecording(bench);
    void broadcast.pause(bob);
    await clock.advance(10);
    account.behaviours.set(2, plays);
    void broadcast.play(wishFor(2), ana);
    await clock.advance(1_000);
    expect(broadcast.status).toMatchObject({ state: 'live', past: null });
    await broadcast.stop();
    expect(broadcast.status).toMatchObject({ state: 'idle', channel: null });
  });

  it('is there again after a restart of the process', async () => {
    const bench = makeBroadcast();
    await playRecording(bench);
    void bench.broadcast.pause(bob);
    await bench.clock.advance(10);
    const item = bench.broadcast.resumedItem;
    const next = makeBroadcast();
    if (item) next.broadcast.resume(item, Promise.resolve());
    await next.clock.advance(5_000);
    expect(next.broadcast.status).toMatchObject({ state: 'paused', past: { pause: { by: bob } } });
    expect(next.account.feeds).toEqual([]);
  });
});

describe('Broadcast with a recording', () => {
  it('shows the slate after its end, and gives no reason', async () => {
    const bench = makeBroadcast({ variants: [1, 2] });
    await playRecording(bench);
    bench.account.last.die('recording_played');
    await bench.clock.advance(10_000);
    expect(bench.broadcast.status).toMatchObject({ state: 'idle', channel: null, reason: null });
    expect(bench.account.feeds).toHaveLength(1);
  });

  it('says why where its file is gone, and tries no channel in its place', async () => {
    const bench = makeBroadcast({ variants: [1, 2] });
    await playRecording(bench);
    bench.account.behaviours.set(1, { fails: 'recording_file_gone' });
    bench.account.last.die('channel_stalled');
    await bench.clock.advance(30_000);
    expect(bench.broadcast.status).toMatchObject({ state: 'idle', reason: { code: 'recording_file_gone' } });
  });
});
