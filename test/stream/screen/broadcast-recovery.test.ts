import { describe, expect, it } from 'vitest';
import type { StoredSegment } from '../../../src/stream/segments/segment.ts';
import { makeBroadcast, watchOutcome, wishFor } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';
import { labelOf } from '../../fakes/synthetic-segment.ts';

const ana = { id: 'discord:1', name: 'Ana' };

describe('Broadcast with a source that dies', () => {
  it('reopens it at once, and shows the slate only if that takes long', async () => {
    const { broadcast, account, clock, onAir, sources, statuses } = makeBroadcast();
    await onAir(1);
    account.last.die('channel_stalled');
    await settle();
    expect(broadcast.status).toMatchObject({
      state: 'recovering',
      channel: { id: mainId(1) },
      attempt: { number: 1, of: null },
      reason: { code: 'channel_stalled' },
    });
    await clock.advance(500);
    account.last.deliver();
    await settle();
    expect(broadcast.status).toMatchObject({ state: 'live', attempt: null, reason: null, restarts: 1 });
    expect(sources().slice(-2)).toEqual(['1.0', '1.1']);
    expect(statuses.map(({ state }) => state)).not.toContain('idle');
  });

  it('retries for as long as it takes: every few seconds, later every minute', async () => {
    const { broadcast, account, clock, onAir, statuses } = makeBroadcast();
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    const tries: number[] = [];
    let made = account.feeds.length;
    const from = clock.now();
    account.last.die();
    for (let passed = 0; passed < 600_000; passed += 250) {
      await clock.advance(250);
      if (account.feeds.length > made) tries.push(Math.round((clock.now() - from) / 1000));
      made = account.feeds.length;
    }
    expect(tries.slice(0, 6)).toEqual([0, 1, 3, 7, 11, 15]);
    expect(tries.filter((time) => time > 200).length).toBeGreaterThan(5);
    const attempts = statuses
      .filter(({ state }) => state === 'recovering')
      .map(({ attempt }) => attempt?.number);
    expect([...new Set(attempts)].slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(broadcast.status).toMatchObject({
      state: 'recovering',
      channel: { id: mainId(1) },
      reason: { code: 'channel_dead' },
    });
    account.behaviours.set(1, { firstAfter: 300 });
    await clock.advance(61_000);
    expect(broadcast.status).toMatchObject({ state: 'live', attempt: null, reason: null });
  });

  it('is back at most six seconds after the provider if the outage lasted up to two minutes', async () => {
    for (const outage of [2_000, 9_500, 33_000, 61_250, 119_000]) {
      const { broadcast, account, clock, onAir } = makeBroadcast();
      await onAir(1);
      // What is asked now is not answered any more.
      account.behaviours.set(1, 'by hand');
      account.last.die();
      await clock.advance(outage);
      account.behaviours.set(1, { firstAfter: 600 });
      await clock.advance(6_000);
      expect(broadcast.status.state).toBe('live');
    }
  });

  it('loses only a moment each time a provider cuts the source, for ever', async () => {
    const { broadcast, account, clock, onAir, segments } = makeBroadcast();
    await onAir(1);
    account.behaviours.set(1, { firstAfter: 500, diesAfter: 12_000 });
    account.last.die();
    await clock.advance(20 * 60_000);
    expect(broadcast.status.channel).toMatchObject({ id: mainId(1) });
    const slate = segments.filter((segment) => labelOf(segment).startsWith('slate'));
    expect(slate.length).toBeLessThan(5);
  });

  it('does not report it as live while it delivers nothing, and does when it continues', async () => {
    const { broadcast, account, clock, onAir, segments } = makeBroadcast();
    await onAir(1);
    broadcast.live.viewers.connected();
    await clock.advance(8_000);
    expect(labelOf(segments.at(-1) as StoredSegment)).toMatch(/^slate/);
    expect(broadcast.status).toMatchObject({ state: 'recovering', channel: { id: mainId(1) } });
    account.last.deliver();
    await clock.advance(250);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) } });
    await clock.advance(8_000);
    account.last.die('channel_stalled');
    await settle();
    expect(broadcast.status).toMatchObject({ state: 'recovering', attempt: { number: 1 } });
  });

  it('does not retry if that makes no sense', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    account.last.die('ffmpeg_missing', false);
    await clock.advance(5_000);
    expect(broadcast.status).toMatchObject({
      state: 'idle',
      channel: null,
      reason: { code: 'ffmpeg_missing' },
    });
    expect(account.feeds).toHaveLength(1);
    expect(account.open).toEqual([]);
  });

  it('keeps its connection if only FFmpeg has died', async () => {
    const { account, clock, onAir } = makeBroadcast();
    await onAir(1);
    account.last.die('ffmpeg_failed');
    await clock.advance(10);
    account.last.deliver();
    await settle();
    expect(account.log).toEqual(['open 1', 'join 1', 'leave 1']);
  });

  it('restarts the count of tries for another channel', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.last.die();
    await clock.advance(200_000);
    expect(broadcast.status.state).toBe('recovering');
    await onAir(2);
    await clock.advance(5_000);
    account.last.die();
    await settle();
    expect(broadcast.status).toMatchObject({
      state: 'recovering',
      channel: { id: mainId(2) },
      attempt: { number: 1 },
    });
  });

  it('reopens a good channel at once, however many dead ones were requested in between', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    account.behaviours.set(1, { firstAfter: 100 });
    account.behaviours.set(2, { fails: 'channel_dead' });
    for (let round = 0; round < 10; round++) {
      const outcome = watchOutcome(broadcast.play(wishFor(2), null));
      await clock.advance(200);
      expect(outcome()).toBe('channel_dead');
      expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) } });
    }
  });

  it('does not disturb another channel that is being opened', async () => {
    const { broadcast, account, onAir } = makeBroadcast({ capacity: 2 });
    await onAir(1);
    const outcome = watchOutcome(broadcast.play(wishFor(2), null));
    await settle();
    account.feeds[0]?.die();
    await settle();
    expect(outcome()).toBe('pending');
    account.last.deliver();
    await settle();
    expect(outcome()).toBe('done');
    expect(account.open).toEqual([2]);
  });

  it('reopens it if the other channel that is being opened fails too', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ capacity: 2 });
    await onAir(1);
    const outcome = watchOutcome(broadcast.play(wishFor(2), null));
    await settle();
    account.feeds[0]?.die();
    await settle();
    account.last.fail('channel_dead');
    await clock.advance(1);
    expect(outcome()).toBe('channel_dead');
    account.last.deliver();
    await settle();
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) } });
    expect(account.open).toEqual([1]);
  });
});

describe('Broadcast with the slate', () => {
  it('shows and hides it with one discontinuity per change of source', async () => {
    const { account, clock, onAir, segments, sources } = makeBroadcast();
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.last.die();
    await clock.advance(10_000);
    account.behaviours.set(1, { firstAfter: 0 });
    await clock.advance(30_000);
    const seen = sources();
    expect(seen.slice(-3)).toEqual(['1.0', 'slate', expect.stringMatching(/^1\./)]);
    expect(segments.filter(({ discontinuity }) => discontinuity)).toHaveLength(seen.length);
  });

  it('shows it as soon as a player asks, and runs nothing without players', async () => {
    const { broadcast, clock, sources } = makeBroadcast();
    expect(clock.pending).toBe(0);
    broadcast.demand();
    expect(sources()).toEqual(['slate']);
    expect(broadcast.live.playlist.listed().length).toBeGreaterThan(1);
    broadcast.live.viewers.seen('ana');
    await clock.advance(10_000);
    expect(broadcast.status.viewers).toBe(1);
    await clock.advance(60_000);
    expect(clock.pending).toBe(0);
  });
});

describe('idleStop', () => {
  const MINUTE = 60_000;

  it('stops a channel that nobody watches', async () => {
    const { broadcast, account, clock } = makeBroadcast({ idleStop: MINUTE });
    account.behaviours.set(1, { firstAfter: 0 });
    void broadcast.play(wishFor(1), null);
    await clock.advance(MINUTE - 1_000);
    expect(broadcast.status.state).toBe('live');
    await clock.advance(2_000);
    expect(broadcast.status.state).toBe('idle');
    expect(account.open).toEqual([]);
  });

  it('does not stop a channel that somebody watches', async () => {
    const { broadcast, account, clock } = makeBroadcast({ idleStop: MINUTE });
    account.behaviours.set(1, { firstAfter: 0 });
    void broadcast.play(wishFor(1), null);
    const leave = broadcast.live.viewers.connected();
    await clock.advance(5 * MINUTE);
    expect(broadcast.status.state).toBe('live');
    leave();
    await clock.advance(MINUTE + 1_000);
    expect(broadcast.status.state).toBe('idle');
  });

  it('stops reopening a channel that nobody watches', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ idleStop: MINUTE });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.last.die();
    await clock.advance(2 * MINUTE);
    expect(broadcast.status.state).toBe('idle');
    const tries = account.feeds.length;
    await clock.advance(5 * MINUTE);
    expect(account.feeds).toHaveLength(tries);
  });

  it('counts a wish as interest', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ idleStop: MINUTE, capacity: 2 });
    await onAir(1);
    await clock.advance(MINUTE - 500);
    const playing = broadcast.play(wishFor(2), null);
    account.behaviours.set(2, { firstAfter: 0 });
    await clock.advance(30_000);
    await playing;
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
  });
});

describe('resume', () => {
  it('waits for a slow channel, since nothing is known of it yet', async () => {
    const { broadcast, account, clock } = makeBroadcast();
    account.behaviours.set(7, { firstAfter: 9_000 });
    broadcast.resume({ standIn: null, wish: wishFor(7), askedBy: ana, startedAt: 5 }, Promise.resolve());
    await clock.advance(9_500);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(7) } });
  });

  it('restores the previous channel with the patience of a recovery', async () => {
    const { broadcast, account, clock } = makeBroadcast();
    account.behaviours.set(7, { fails: 'provider_unreachable' });
    broadcast.resume({ standIn: null, wish: wishFor(7), askedBy: ana, startedAt: 5 }, Promise.resolve());
    await clock.advance(5_000);
    expect(broadcast.status).toMatchObject({
      state: 'recovering',
      channel: { id: mainId(7) },
      askedBy: ana,
      startedAt: 5,
    });
    account.behaviours.set(7, { firstAfter: 10 });
    await clock.advance(10_000);
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: mainId(7) },
      askedBy: ana,
      startedAt: 5,
    });
  });
});

describe('shutdown', () => {
  it.each<[string, (bench: ReturnType<typeof makeBroadcast>) => Promise<unknown>]>([
    ['while idle', async () => {}],
    ['with a player', async ({ broadcast }) => broadcast.demand()],
    ['while live', ({ onAir }) => onAir(1)],
    ['while opening', async ({ broadcast }) => watchOutcome(broadcast.play(wishFor(1), null))],
    [
      'while switching',
      async ({ broadcast, onAir }) => {
        await onAir(1);
        watchOutcome(broadcast.play(wishFor(2), null));
        await settle();
      },
    ],
    [
      'just after a source has died',
      async ({ account, onAir }) => {
        await onAir(1);
        account.last.die();
      },
    ],
    [
      'while waiting for another try',
      async ({ account, clock, onAir }) => {
        await onAir(1);
        account.behaviours.set(1, { fails: 'channel_dead' });
        account.last.die();
        await clock.advance(2_000);
      },
    ],
    [
      'while an old connection is closing',
      async ({ account, onAir }) => {
        await onAir(1);
        account.closeTime = 1_000;
        await onAir(2);
      },
    ],
    [
      'while stopping',
      async ({ account, broadcast, onAir }) => {
        await onAir(1);
        account.closeTime = 1_000;
        void broadcast.stop();
      },
    ],
  ])('leaves nothing open: %s', async (_, prepare) => {
    const bench = makeBroadcast({ capacity: 2 });
    await prepare(bench);
    const down = watchOutcome(bench.broadcast.shutdown());
    await bench.clock.advance(3_000);
    expect(down()).toBe('done');
    await bench.broadcast.shutdown();
    await bench.clock.advance(200_000);
    expect(bench.account.open).toEqual([]);
    expect(bench.account.onAir).toEqual([]);
    expect(bench.clock.pending).toBe(0);
  });

  it.each([
    [0.7, 0],
    [1.6, 1],
  ])(
    'of a rest of %f s publishes %i segments: players come back after the last one’s length',
    async (rest, count) => {
      const { broadcast, account, onAir } = makeBroadcast();
      await onAir(1);
      account.rest = rest;
      const before = broadcast.live.playlist.nextSequence;
      await broadcast.shutdown();
      expect(broadcast.live.playlist.nextSequence - before).toBe(count);
    },
  );

  it('starts nothing afterwards', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    await broadcast.shutdown();
    const late = watchOutcome(broadcast.play(wishFor(1), null));
    broadcast.demand();
    await clock.advance(30_000);
    expect(late()).not.toBe('pending');
    expect(account.open).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('a restart by hand', () => {
  it('closes the connection before it opens it anew, and the channel is back', async () => {
    const { broadcast, account, clock, onAir, sources } = makeBroadcast();
    await onAir(1);
    const { startedAt } = broadcast.status;
    const outcome = watchOutcome(broadcast.restart());
    await clock.advance(10);
    expect(broadcast.status).toMatchObject({ state: 'recovering', channel: { id: mainId(1) } });
    account.last.deliver();
    await settle();
    expect(outcome()).toBe('done');
    expect(account.log).toEqual(['open 1', 'close 1', 'open 1']);
    expect(sources().slice(-2)).toEqual(['1.0', '1.1']);
    expect(broadcast.status).toMatchObject({ state: 'live', restarts: 1, startedAt });
  });

  it('reports why it failed, and keeps trying', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    const outcome = watchOutcome(broadcast.restart());
    await clock.advance(100);
    expect(outcome()).toBe('channel_dead');
    expect(broadcast.status).toMatchObject({ state: 'recovering', channel: { id: mainId(1) } });
    account.behaviours.set(1, { firstAfter: 10 });
    await clock.advance(5_000);
    expect(broadcast.status).toMatchObject({ state: 'live' });
  });

  it('does nothing while no channel is on, and gives way to another wish', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await broadcast.restart();
    expect(broadcast.status).toMatchObject({ state: 'idle' });
    await onAir(1);
    const outcome = watchOutcome(broadcast.restart());
    await settle();
    await onAir(2);
    await clock.advance(10);
    expect(outcome()).toBe('superseded');
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
    expect(account.open).toEqual([2]);
  });
});
