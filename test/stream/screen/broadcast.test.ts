import { describe, expect, it } from 'vitest';
import { makeBroadcast, watchOutcome, wishFor } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';
import { labelOf } from '../../fakes/synthetic-segment.ts';

const ana = { id: 'discord:1', name: 'Ana' };

describe('Broadcast.play', () => {
  it('puts a channel on air with its first segment', async () => {
    const { broadcast, account, clock, statuses } = makeBroadcast();
    const outcome = watchOutcome(broadcast.play(wishFor(1), ana));
    await settle();
    expect(broadcast.status).toMatchObject({
      state: 'starting',
      channel: null,
      wanted: { id: mainId(1), name: 'Channel 1' },
    });
    expect(outcome()).toBe('pending');
    const askedAt = clock.now();
    account.last.deliver();
    await settle();
    expect(outcome()).toBe('done');
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: mainId(1) },
      wanted: null,
      askedBy: ana,
      startedAt: askedAt,
      reason: null,
    });
    expect(broadcast.status.firstSegment).toBe(broadcast.live.playlist.nextSequence - 1);
    expect(statuses.at(-1)).toEqual(broadcast.status);
  });

  it('keeps the old channel on air until the new one has a segment, with two slots', async () => {
    const { broadcast, account, onAir, sources, segments } = makeBroadcast({ capacity: 2 });
    await onAir(1);
    const [one] = account.feeds;
    const outcome = watchOutcome(broadcast.play(wishFor(2), null));
    await settle();
    expect(broadcast.status).toMatchObject({
      state: 'switching',
      channel: { id: mainId(1) },
      wanted: { id: mainId(2) },
    });
    one?.deliver(2);
    expect(account.open).toEqual([1, 2]);
    account.last.deliver();
    await settle();
    expect(outcome()).toBe('done');
    expect(account.open).toEqual([2]);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
    expect(sources().slice(-2)).toEqual(['1.0', '2.1']);
    // Without what the old one gave meanwhile: players have enough.
    expect(segments.slice(-2).map(labelOf)).toEqual(['1.0 0', '2.1 0']);
  });

  it('closes the old channel before it opens the new one, with one slot', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    account.closeTime = 500;
    await onAir(1);
    const playing = broadcast.play(wishFor(2), null);
    await settle();
    expect(account.log).toEqual(['open 1']);
    await clock.advance(500);
    expect(account.log).toEqual(['open 1', 'close 1', 'open 2']);
    account.last.deliver();
    await playing;
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
  });

  it('keeps the old channel on air if the new one fails, with two slots', async () => {
    const { broadcast, account, onAir, sources } = makeBroadcast({ capacity: 2 });
    await onAir(1);
    const outcome = watchOutcome(broadcast.play(wishFor(2), null));
    await settle();
    account.last.fail('channel_dead');
    await settle();
    expect(outcome()).toBe('channel_dead');
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) }, wanted: null });
    expect(account.open).toEqual([1]);
    account.feeds[0]?.deliver();
    expect(sources().at(-1)).toBe('1.0');
  });

  it('goes back to the old channel if the new one fails, with one slot', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    const outcome = watchOutcome(broadcast.play(wishFor(2), null));
    await settle();
    account.last.fail('channel_dead');
    await clock.advance(1);
    expect(outcome()).toBe('channel_dead');
    expect(broadcast.status).toMatchObject({
      state: 'recovering',
      channel: { id: mainId(1) },
      attempt: { number: 1 },
    });
    account.last.deliver();
    await settle();
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) } });
    expect(account.open).toEqual([1]);
  });

  it('leaves the slate and the reason if the first channel fails', async () => {
    const { broadcast, account } = makeBroadcast();
    const outcome = watchOutcome(broadcast.play(wishFor(1), null));
    await settle();
    account.last.fail('channel_web_page');
    await settle();
    expect(outcome()).toBe('channel_web_page');
    expect(broadcast.status).toMatchObject({
      state: 'idle',
      channel: null,
      reason: { code: 'channel_web_page' },
    });
    expect(account.open).toEqual([]);
  });

  it('lets the last wish win, and tells the others', async () => {
    const { broadcast, account } = makeBroadcast();
    const outcomes = [1, 2, 3].map((id) => watchOutcome(broadcast.play(wishFor(id), null)));
    await settle();
    account.last.deliver();
    await settle();
    expect(outcomes.map((outcome) => outcome())).toEqual(['superseded', 'superseded', 'done']);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(3) } });
    expect(account.open).toEqual([3]);
  });

  it('tells a called-off wish who wanted which channel', async () => {
    const { broadcast } = makeBroadcast();
    const ben = { id: 'discord:2', name: 'Ben' };
    const first = broadcast.play(wishFor(1), ana).catch((error: unknown) => error);
    await settle();
    const second = broadcast.play(wishFor(2), ben).catch((error: unknown) => error);
    await settle();
    await broadcast.stop(null, ana);
    expect(await first).toMatchObject({
      code: 'overtaken',
      params: { by: 'Ben', byId: ben.id, wanted: wishFor(2).name },
    });
    expect(await second).toMatchObject({ code: 'called_off', params: { by: ana.name, byId: ana.id } });
  });

  it('shares the outcome of two wishes for the same channel', async () => {
    const { broadcast, account } = makeBroadcast();
    const both = [
      broadcast.play(wishFor(1), ana),
      broadcast.play(wishFor(1), { id: 'discord:2', name: 'Ben' }),
    ];
    await settle();
    expect(account.feeds).toHaveLength(1);
    account.last.deliver();
    const [one, two] = await Promise.all(both);
    expect(one).toEqual(two);
  });

  it('resolves at once for the channel on air', async () => {
    const { broadcast, account, onAir } = makeBroadcast();
    await onAir(1);
    await expect(broadcast.play(wishFor(1), null)).resolves.toMatchObject({
      state: 'live',
      channel: { id: mainId(1) },
    });
    expect(account.feeds).toHaveLength(1);
  });

  it('calls off a switch if the channel on air is wanted again', async () => {
    const { broadcast, account, onAir, sources } = makeBroadcast({ capacity: 2 });
    await onAir(1);
    const away = watchOutcome(broadcast.play(wishFor(2), null));
    await settle();
    await broadcast.play(wishFor(1), null);
    expect(away()).toBe('superseded');
    expect(account.open).toEqual([1]);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) }, wanted: null });
    expect(sources().at(-1)).toBe('1.0');
  });

  it('does not close the channel on air for a wish that was called off while an old connection closed', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    account.closeTime = 1_000;
    // FFmpeg dies; its successor joins the connection while the old one is still being stopped.
    account.last.die('ffmpeg_failed');
    await clock.advance(1);
    account.last.deliver();
    await settle();
    expect(broadcast.status.state).toBe('live');
    const away = watchOutcome(broadcast.play(wishFor(2), null));
    await settle();
    const back = watchOutcome(broadcast.play(wishFor(1), null));
    await clock.advance(1_100);
    expect([away(), back()]).toEqual(['superseded', 'done']);
    expect(account.feeds).toHaveLength(2);
    expect(account.onAir).toHaveLength(1);
  });

  it('switches to another channel while one is being brought back', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    account.last.die();
    await clock.advance(1);
    account.last.fail('channel_dead');
    await settle();
    const outcome = watchOutcome(broadcast.play(wishFor(2), null));
    await clock.advance(10);
    account.last.deliver();
    await settle();
    expect(outcome()).toBe('done');
    expect(account.open).toEqual([2]);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) }, attempt: null });
  });
});

describe('Broadcast.stop', () => {
  it('goes to the slate and closes the connection', async () => {
    const { broadcast, account, onAir } = makeBroadcast();
    await onAir(1);
    const status = await broadcast.stop();
    expect(status).toMatchObject({
      state: 'idle',
      channel: null,
      startedAt: null,
      askedBy: null,
      bitrate: null,
    });
    expect(account.open).toEqual([]);
  });

  it('tells the reason that it is given', async () => {
    const { broadcast, onAir } = makeBroadcast();
    await onAir(1);
    const reason = { code: 'account_expired', params: {}, channel: null } as const;
    expect(await broadcast.stop(reason)).toMatchObject({ state: 'idle', reason });
  });

  it('calls off an opening', async () => {
    const { broadcast, account } = makeBroadcast();
    const outcome = watchOutcome(broadcast.play(wishFor(1), null));
    await settle();
    await broadcast.stop();
    expect(outcome()).toBe('superseded');
    expect(broadcast.status).toMatchObject({ state: 'idle', wanted: null });
    expect(account.open).toEqual([]);
  });

  it('ends a recovery', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast();
    await onAir(1);
    account.last.die();
    await clock.advance(1);
    account.last.fail('channel_dead');
    await settle();
    await broadcast.stop();
    const made = account.feeds.length;
    await clock.advance(300_000);
    expect(account.feeds).toHaveLength(made);
    expect(account.open).toEqual([]);
    expect(broadcast.status).toMatchObject({ state: 'idle', channel: null, attempt: null });
  });

  it('does nothing while nothing is on', async () => {
    const { broadcast } = makeBroadcast();
    expect(await broadcast.stop()).toMatchObject({ state: 'idle' });
  });
});
