import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import type { StoredSegment } from '../../../src/stream/segments/segment.ts';
import { french, original } from '../../fakes/audio-tracks.ts';
import { makeBroadcast, watchOutcome, wishFor } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { labelOf } from '../../fakes/synthetic-segment.ts';

const ana = { id: 'discord:1', name: 'Ana' };
const variants = [1, 2, 3];
const plays = { firstAfter: 400 };
const isSlate = (segment: StoredSegment) => labelOf(segment).startsWith('slate');

describe('a channel that is gone', () => {
  it('has its best other variant on air within six seconds', async () => {
    const { broadcast, account, clock, onAir, segments } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(3_000);
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: 2, name: 'Channel 2' },
      standsInFor: { channel: { id: 1, name: 'Channel 1' }, code: 'channel_dead' },
      reason: null,
    });
    expect(segments.filter(isSlate).length).toBeLessThan(2);
    expect(account.open).toEqual([2]);
  });

  it('has no stand-in where it is back at once', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, plays);
    account.last.die();
    await clock.advance(2_000);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: 1 }, standsInFor: null });
    expect(account.feeds.map(({ channelId }) => channelId)).not.toContain(2);
  });

  it('has the next one tried where the best does not come either', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.behaviours.set(2, { fails: 'provider_status' });
    account.behaviours.set(3, plays);
    account.last.die();
    await clock.advance(6_000);
    expect(broadcast.status).toMatchObject({ channel: { id: 3 }, standsInFor: { channel: { id: 1 } } });
  });

  it('is tried as often as without variants, and each of these once a minute at most', async () => {
    const { account, clock, onAir, broadcast } = makeBroadcast({ variants });
    await onAir(1);
    for (const id of variants) account.behaviours.set(id, { fails: 'channel_dead' });
    account.last.die();
    await clock.advance(60_000);
    const tries = (id: number) => account.feeds.filter(({ channelId }) => channelId === id).length;
    expect([tries(1), tries(2), tries(3)]).toEqual([18, 1, 1]);
    await clock.advance(60_000);
    expect([tries(2), tries(3)]).toEqual([2, 2]);
    account.behaviours.set(1, plays);
    await clock.advance(6_000);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: 1 }, standsInFor: null });
  });

  it('is back within six seconds of a provider that did not answer anything, or a variant is', async () => {
    for (const outage of [2_000, 4_100, 7_300, 9_500, 33_000, 61_250, 119_000]) {
      const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
      await onAir(1);
      for (const id of variants) account.behaviours.set(id, 'by hand');
      account.last.die();
      await clock.advance(outage);
      for (const id of variants) account.behaviours.set(id, { firstAfter: 600 });
      await clock.advance(6_000);
      expect(broadcast.status.state).toBe('live');
    }
  });

  it('has none where its account is at fault', async () => {
    const { account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'account_expired' });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(30_000);
    expect(account.feeds.map(({ channelId }) => channelId)).not.toContain(2);
  });

  it('has one where it is refused for longer than a connection is freed late', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'line_in_use' });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(4_900);
    expect(account.feeds.map(({ channelId }) => channelId)).not.toContain(2);
    await clock.advance(4_000);
    expect(broadcast.status).toMatchObject({
      channel: { id: 2 },
      standsInFor: { channel: { id: 1 }, code: 'channel_refused' },
    });
  });

  it('has its variants tried once where the line is in use', async () => {
    const { account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    for (const id of variants) account.behaviours.set(id, { fails: 'line_in_use' });
    account.last.die();
    await clock.advance(10 * 60_000);
    expect(account.feeds.filter(({ channelId }) => channelId !== 1)).toHaveLength(1);
  });

  it('has a stand-in too where it gives a picture for a moment only, again and again', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { firstAfter: 300, diesAfter: 800 });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(15_000);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: 2 } });
  });

  it('has one at once where it was a clip of the provider’s, and is asked for again after that one', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(2, { firstAfter: 400, diesAfter: 20_000 });
    account.last.die('channel_clip');
    await clock.advance(1_000);
    expect(broadcast.status).toMatchObject({
      channel: { id: 2 },
      standsInFor: { channel: { id: 1 }, code: 'channel_clip' },
    });
    account.behaviours.set(1, plays);
    await clock.advance(22_000);
    expect(broadcast.status).toMatchObject({ channel: { id: 1 }, standsInFor: null });
    expect(account.feeds.map(({ channelId }) => channelId)).toEqual([1, 2, 1]);
  });

  it('is what the room chose all the same: it is resumed, restarted and asked for as such', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(3_000);
    expect(broadcast.item?.wish.channelId).toBe(1);
    account.behaviours.set(1, plays);
    const restarted = broadcast.restart(ana);
    await clock.advance(1_000);
    await restarted;
    expect(broadcast.status).toMatchObject({ channel: { id: 1 }, standsInFor: null });
  });

  it('leaves the air to whoever chooses something else, though a stand-in is being opened', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.last.die();
    await clock.advance(1_500);
    expect(account.last.channelId).toBe(2);
    account.behaviours.set(9, plays);
    const playing = broadcast.play(wishFor(9), ana);
    await clock.advance(1_000);
    await playing;
    await clock.advance(120_000);
    expect(broadcast.status).toMatchObject({ channel: { id: 9 }, standsInFor: null, askedBy: ana });
    expect(account.open).toEqual([9]);
  });
});

describe('a variant that stands in', () => {
  async function standingIn(capacity = 1) {
    const bench = makeBroadcast({ variants, capacity });
    await bench.onAir(1);
    bench.account.behaviours.set(1, { fails: 'channel_dead' });
    bench.account.behaviours.set(2, plays);
    bench.account.last.die();
    await bench.clock.advance(3_000);
    return bench;
  }

  it('leaves the air to the chosen channel once that is asked for and comes', async () => {
    const { broadcast, account, clock } = await standingIn();
    account.behaviours.set(1, plays);
    const back = broadcast.comeBack(3_000);
    await clock.advance(1_000);
    expect(await back).toBe(true);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: 1 }, standsInFor: null });
  });

  it.each([1, 2])('goes on where the chosen channel does not come, with %i connections', async (capacity) => {
    const { broadcast, account, clock, segments } = await standingIn(capacity);
    // It does not answer.
    account.behaviours.set(1, 'by hand');
    const from = segments.length;
    const back = broadcast.comeBack(3_000);
    await clock.advance(5_000);
    expect(await back).toBe(false);
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: 2 },
      standsInFor: { channel: { id: 1 } },
    });
    expect(segments.slice(from).filter(isSlate).length).toBeLessThan(2);
    expect(account.open).toEqual([2]);
  });

  it('is not disturbed by a comeback while somebody’s wish is under way, which counts', async () => {
    const { broadcast, account, clock } = await standingIn();
    account.behaviours.set(9, plays);
    const back = broadcast.comeBack(3_000);
    const outcome = watchOutcome(back);
    const playing = broadcast.play(wishFor(9), ana);
    await clock.advance(2_000);
    await playing;
    expect(outcome()).toBe('done');
    expect(await back).toBe(false);
    expect(await broadcast.comeBack(3_000)).toBe(false);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: 9 } });
  });

  it('is the chosen channel from when somebody asks for it', async () => {
    const { broadcast, account } = await standingIn();
    const before = account.feeds.length;
    await broadcast.play(wishFor(2), ana);
    expect(account.feeds.length).toBe(before);
    expect(broadcast.status).toMatchObject({ channel: { id: 2 }, standsInFor: null, askedBy: ana });
  });

  it('has its own sound, and stays what it is when somebody chooses another one', async () => {
    const { broadcast, account, clock } = await standingIn();
    account.tracks.set(2, [french, original]);
    account.feeds.findLast(({ channelId }) => channelId === 2)?.die();
    await clock.advance(3_000);
    const choosing = broadcast.chooseAudio(original.id, ana);
    await clock.advance(1_000);
    await choosing;
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: 2 },
      standsInFor: { channel: { id: 1 } },
      sound: { track: original },
    });
  });

  it('makes way for another one when it dies too, after a try of the chosen channel', async () => {
    const { broadcast, account, clock } = await standingIn();
    account.behaviours.set(2, { fails: 'channel_dead' });
    account.behaviours.set(3, plays);
    const from = account.feeds.length;
    account.feeds.findLast(({ channelId }) => channelId === 2)?.die();
    await clock.advance(6_000);
    expect(account.feeds.slice(from).map(({ channelId }) => channelId)).toEqual([1, 2, 1, 3]);
    expect(broadcast.status).toMatchObject({ channel: { id: 3 }, standsInFor: { channel: { id: 1 } } });
  });
});

describe('a wish for a channel that does not come', () => {
  it('is answered with its best other variant', async () => {
    const { broadcast, account, clock } = makeBroadcast({ variants });
    account.behaviours.set(1, { fails: 'channel_scrambled' });
    account.behaviours.set(2, plays);
    const playing = broadcast.play(wishFor(1), ana);
    await clock.advance(1_000);
    expect(await playing).toMatchObject({
      state: 'live',
      channel: { id: 2 },
      standsInFor: { channel: { id: 1 }, code: 'channel_scrambled' },
      askedBy: ana,
    });
  });

  it('fails for its own reason where no variant comes, and what was on air is back', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants: [1, 2, 3, 4, 5] });
    await onAir(9);
    account.behaviours.set(9, plays);
    account.behaviours.set(1, { fails: 'channel_scrambled' });
    for (const id of [2, 3, 4, 5]) account.behaviours.set(id, { fails: 'channel_dead' });
    const outcome = watchOutcome(broadcast.play(wishFor(1), ana));
    await clock.advance(2_000);
    expect(outcome()).toBe('channel_scrambled');
    expect(account.feeds.map(({ channelId }) => channelId)).toEqual([9, 1, 2, 3, 4, 9]);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: 9 }, standsInFor: null });
  });
});

describe('a channel whose picture is bad', () => {
  const black = new AppError('channel_black');

  it.each([1, 2])('makes way for a variant, with %i connections', async (capacity) => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants, capacity });
    await onAir(1);
    account.behaviours.set(2, plays);
    const done = broadcast.failOver(black);
    await clock.advance(1_000);
    expect(await done).toBe(true);
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: 2 },
      standsInFor: { channel: { id: 1 }, code: 'channel_black' },
    });
  });

  it('goes on where no variant comes', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, plays);
    for (const id of [2, 3]) account.behaviours.set(id, { fails: 'channel_dead' });
    const done = broadcast.failOver(black);
    await clock.advance(2_000);
    expect(await done).toBe(false);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: 1 }, standsInFor: null });
  });

  it('stays where a connection is needed for nothing: without another variant', async () => {
    const { broadcast, account, onAir } = makeBroadcast({ variants: [1] });
    await onAir(1);
    expect(await broadcast.failOver(black)).toBe(false);
    await settle();
    expect(account.feeds.length).toBe(1);
  });
});
