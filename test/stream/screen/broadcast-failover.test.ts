import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import type { StoredSegment } from '../../../src/stream/segments/segment.ts';
import { french, original } from '../../fakes/audio-tracks.ts';
import { makeBroadcast, watchOutcome, wishFor } from '../../fakes/broadcast-bench.ts';
import { settle } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';
import { labelOf } from '../../fakes/synthetic-segment.ts';

const ana = { id: 'discord:1', name: 'Ana' };
const variants = [1, 2, 3];
const plays = { firstAfter: 400 };
const isSlate = (segment: StoredSegment) => labelOf(segment).startsWith('slate');

describe('Broadcast with a lost channel', () => {
  it('puts the best other variant on air within six seconds', async () => {
    const { broadcast, account, clock, onAir, segments } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(3_000);
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: mainId(2), name: 'Channel 2' },
      standsInFor: { channel: { id: mainId(1), name: 'Channel 1' }, code: 'channel_dead' },
      reason: null,
    });
    expect(segments.filter(isSlate).length).toBeLessThan(2);
    expect(account.open).toEqual([2]);
  });

  it('uses no stand-in if the channel is back at once', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, plays);
    account.last.die();
    await clock.advance(2_000);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) }, standsInFor: null });
    expect(account.feeds.map(({ channel }) => channel)).not.toContain(2);
  });

  it('tries the next variant if the best one does not open', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.behaviours.set(2, { fails: 'provider_status' });
    account.behaviours.set(3, plays);
    account.last.die();
    await clock.advance(6_000);
    expect(broadcast.status).toMatchObject({
      channel: { id: mainId(3) },
      standsInFor: { channel: { id: mainId(1) } },
    });
  });

  it('retries the channel as often as without variants, and each variant at most once a minute', async () => {
    const { account, clock, onAir, broadcast } = makeBroadcast({ variants });
    await onAir(1);
    for (const id of variants) account.behaviours.set(id, { fails: 'channel_dead' });
    account.last.die();
    await clock.advance(60_000);
    const tries = (id: number) => account.feeds.filter(({ channel }) => channel === id).length;
    expect([tries(1), tries(2), tries(3)]).toEqual([18, 1, 1]);
    await clock.advance(60_000);
    expect([tries(2), tries(3)]).toEqual([2, 2]);
    account.behaviours.set(1, plays);
    await clock.advance(6_000);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) }, standsInFor: null });
  });

  it('is back, or has a variant on air, within six seconds of a provider’s outage', async () => {
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

  it('uses no stand-in if the account is at fault', async () => {
    const { account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'account_expired' });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(30_000);
    expect(account.feeds.map(({ channel }) => channel)).not.toContain(2);
  });

  it('uses a stand-in if the refusals outlast a late-freed connection', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'line_in_use' });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(4_900);
    expect(account.feeds.map(({ channel }) => channel)).not.toContain(2);
    await clock.advance(4_000);
    expect(broadcast.status).toMatchObject({
      channel: { id: mainId(2) },
      standsInFor: { channel: { id: mainId(1) }, code: 'channel_refused' },
    });
  });

  it('tries the variants once if the line is in use', async () => {
    const { account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    for (const id of variants) account.behaviours.set(id, { fails: 'line_in_use' });
    account.last.die();
    await clock.advance(10 * 60_000);
    expect(account.feeds.filter(({ channel }) => channel !== 1)).toHaveLength(1);
  });

  it('uses a stand-in for a channel that gives a picture only for moments', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { firstAfter: 300, diesAfter: 800 });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(15_000);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
  });

  it('uses a stand-in at once after a provider’s clip, and retries the channel after that', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(2, { firstAfter: 400, diesAfter: 20_000 });
    account.last.die('channel_clip');
    await clock.advance(1_000);
    expect(broadcast.status).toMatchObject({
      channel: { id: mainId(2) },
      standsInFor: { channel: { id: mainId(1) }, code: 'channel_clip' },
    });
    account.behaviours.set(1, plays);
    await clock.advance(22_000);
    expect(broadcast.status).toMatchObject({ channel: { id: mainId(1) }, standsInFor: null });
    expect(account.feeds.map(({ channel }) => channel)).toEqual([1, 2, 1]);
  });

  it('keeps the lost channel as the room’s choice for resume, restart and wishes', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.behaviours.set(2, plays);
    account.last.die();
    await clock.advance(3_000);
    expect(broadcast.item?.wish.channelId).toBe(mainId(1));
    account.behaviours.set(1, plays);
    const restarted = broadcast.restart(ana);
    await clock.advance(1_000);
    await restarted;
    expect(broadcast.status).toMatchObject({ channel: { id: mainId(1) }, standsInFor: null });
  });

  it('gives way to another wish while a stand-in is being opened', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, { fails: 'channel_dead' });
    account.last.die();
    await clock.advance(1_500);
    expect(account.last.channel).toBe(2);
    account.behaviours.set(9, plays);
    const playing = broadcast.play(wishFor(9), ana);
    await clock.advance(1_000);
    await playing;
    await clock.advance(120_000);
    expect(broadcast.status).toMatchObject({ channel: { id: mainId(9) }, standsInFor: null, askedBy: ana });
    expect(account.open).toEqual([9]);
  });
});

describe('Broadcast with a stand-in', () => {
  async function standingIn(capacity = 1) {
    const bench = makeBroadcast({ variants, capacity });
    await bench.onAir(1);
    bench.account.behaviours.set(1, { fails: 'channel_dead' });
    bench.account.behaviours.set(2, plays);
    bench.account.last.die();
    await bench.clock.advance(3_000);
    return bench;
  }

  it('gives way to the chosen channel once that is requested and opens', async () => {
    const { broadcast, account, clock } = await standingIn();
    account.behaviours.set(1, plays);
    const back = broadcast.comeBack(3_000);
    await clock.advance(1_000);
    expect(await back).toBe(true);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) }, standsInFor: null });
  });

  it.each([1, 2])('continues if the chosen channel does not open, with %i connections', async (capacity) => {
    const { broadcast, account, clock, segments } = await standingIn(capacity);
    // It does not answer.
    account.behaviours.set(1, 'by hand');
    const from = segments.length;
    const back = broadcast.comeBack(3_000);
    await clock.advance(5_000);
    expect(await back).toBe(false);
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: mainId(2) },
      standsInFor: { channel: { id: mainId(1) } },
    });
    expect(segments.slice(from).filter(isSlate).length).toBeLessThan(2);
    expect(account.open).toEqual([2]);
  });

  it('ignores a comeback while a wish is under way', async () => {
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
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(9) } });
  });

  it('becomes the chosen channel when somebody asks for it', async () => {
    const { broadcast, account } = await standingIn();
    const before = account.feeds.length;
    await broadcast.play(wishFor(2), ana);
    expect(account.feeds.length).toBe(before);
    expect(broadcast.status).toMatchObject({ channel: { id: mainId(2) }, standsInFor: null, askedBy: ana });
  });

  it('has its own audio track, and stays a stand-in when somebody chooses another track', async () => {
    const { broadcast, account, clock } = await standingIn();
    account.tracks.set(2, [french, original]);
    account.feeds.findLast(({ channel }) => channel === 2)?.die();
    await clock.advance(3_000);
    const choosing = broadcast.chooseAudio(original.id, ana);
    await clock.advance(1_000);
    await choosing;
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: mainId(2) },
      standsInFor: { channel: { id: mainId(1) } },
      sound: { track: original },
    });
  });

  it('is replaced by another variant when it dies too, after a try of the chosen channel', async () => {
    const { broadcast, account, clock } = await standingIn();
    account.behaviours.set(2, { fails: 'channel_dead' });
    account.behaviours.set(3, plays);
    const from = account.feeds.length;
    account.feeds.findLast(({ channel }) => channel === 2)?.die();
    await clock.advance(6_000);
    expect(account.feeds.slice(from).map(({ channel }) => channel)).toEqual([1, 2, 1, 3]);
    expect(broadcast.status).toMatchObject({
      channel: { id: mainId(3) },
      standsInFor: { channel: { id: mainId(1) } },
    });
  });
});

describe('Broadcast with a wish for a channel that does not open', () => {
  it('puts its best other variant on air', async () => {
    const { broadcast, account, clock } = makeBroadcast({ variants });
    account.behaviours.set(1, { fails: 'channel_scrambled' });
    account.behaviours.set(2, plays);
    const playing = broadcast.play(wishFor(1), ana);
    await clock.advance(1_000);
    expect(await playing).toMatchObject({
      state: 'live',
      channel: { id: mainId(2) },
      standsInFor: { channel: { id: mainId(1) }, code: 'channel_scrambled' },
      askedBy: ana,
    });
  });

  it('fails with the channel’s own error if no variant opens, and restores the previous channel', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants: [1, 2, 3, 4, 5] });
    await onAir(9);
    account.behaviours.set(9, plays);
    account.behaviours.set(1, { fails: 'channel_scrambled' });
    for (const id of [2, 3, 4, 5]) account.behaviours.set(id, { fails: 'channel_dead' });
    const outcome = watchOutcome(broadcast.play(wishFor(1), ana));
    await clock.advance(2_000);
    expect(outcome()).toBe('channel_scrambled');
    expect(account.feeds.map(({ channel }) => channel)).toEqual([9, 1, 2, 3, 4, 9]);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(9) }, standsInFor: null });
  });
});

describe('Broadcast with a bad picture', () => {
  const black = new AppError('channel_black');

  it.each([1, 2])('puts a variant on air, with %i connections', async (capacity) => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants, capacity });
    await onAir(1);
    account.behaviours.set(2, plays);
    const done = broadcast.failOver(black);
    await clock.advance(1_000);
    expect(await done).toBe(true);
    expect(broadcast.status).toMatchObject({
      state: 'live',
      channel: { id: mainId(2) },
      standsInFor: { channel: { id: mainId(1) }, code: 'channel_black' },
    });
  });

  it('continues if no variant opens', async () => {
    const { broadcast, account, clock, onAir } = makeBroadcast({ variants });
    await onAir(1);
    account.behaviours.set(1, plays);
    for (const id of [2, 3]) account.behaviours.set(id, { fails: 'channel_dead' });
    const done = broadcast.failOver(black);
    await clock.advance(2_000);
    expect(await done).toBe(false);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) }, standsInFor: null });
  });

  it('keeps its connection if there is no other variant', async () => {
    const { broadcast, account, onAir } = makeBroadcast({ variants: [1] });
    await onAir(1);
    expect(await broadcast.failOver(black)).toBe(false);
    await settle();
    expect(account.feeds.length).toBe(1);
  });
});
