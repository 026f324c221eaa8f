import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import type { Piece } from '../../../src/stream/normaliser/normaliser.ts';
import { Comeback } from '../../../src/stream/screen/comeback.ts';
import type { TunerLease } from '../../../src/stream/tuner/tuners.ts';
import { makeBroadcast, wishFor } from '../../fakes/broadcast-bench.ts';
import { mainId, numberOf } from '../../fakes/main-id.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const minute = 60_000;
const plays = { firstAfter: 400 };
const dead = { fails: 'channel_dead' } as const;
const piece: Piece = {
  bytes: Buffer.alloc(188),
  isStart: true,
  layout: { video: 'h264', audio: [] },
  seconds: 1,
};

/** Channel 2 stands in for channel 1. */
async function standingIn({ capacity = 1, watched = true } = {}) {
  const bench = makeBroadcast({ variants: [1, 2], capacity });
  const { broadcast, account, clock } = bench;
  if (watched) broadcast.live.viewers.connected();
  const probes: { isSteady: boolean; released: boolean }[] = [];
  const probe = { isSteady: true };
  const comeback = new Comeback({
    ...{ broadcast, clock, logger: silentLogger },
    tuners: {
      canOpen: ({ channelId }) => account.canOpen(numberOf(channelId)),
      acquire: async () => {
        const made = { ...probe, released: false };
        probes.push(made);
        const ended = Promise.withResolvers<AppError>();
        if (!made.isSteady) clock.after(2_000, () => ended.resolve(new AppError('channel_ended')));
        return {
          ...{ layout: piece.layout, position: null, isUnderWay: false, ended: ended.promise },
          listen: (listener) => {
            const beat = (): void => {
              listener(piece);
              cancel = clock.after(500, beat);
            };
            let cancel = clock.after(500, beat);
            return () => cancel();
          },
          release: async () => {
            made.released = true;
          },
        } satisfies TunerLease;
      },
    },
  });
  comeback.start();
  await bench.onAir(1);
  account.behaviours.set(1, dead);
  account.behaviours.set(2, plays);
  account.last.die();
  await clock.advance(3_000);
  expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
  const triesOf = (id: number) => account.feeds.filter(({ channel }) => channel === id).length;
  return { ...bench, comeback, probe, probes, triesOf };
}

describe('Comeback', () => {
  it('brings the chosen channel back after half a minute on a free connection, once a trial is steady', async () => {
    const { broadcast, account, clock, probes } = await standingIn({ capacity: 2 });
    account.behaviours.set(1, plays);
    await clock.advance(25_000);
    expect(probes).toEqual([]);
    await clock.advance(20_000);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) }, standsInFor: null });
    expect(probes).toEqual([{ isSteady: true, released: true }]);
  });

  it('keeps a faulty channel off the air, and tries it ever more rarely', async () => {
    const { broadcast, clock, probe, probes, triesOf } = await standingIn({ capacity: 2 });
    probe.isSteady = false;
    const before = triesOf(1);
    await clock.advance(30 * minute);
    expect(triesOf(1)).toBe(before);
    expect(probes.length).toBeGreaterThan(4);
    expect(probes.length).toBeLessThan(9);
    expect(probes.every(({ released }) => released)).toBe(true);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
  });

  it('takes the only connection from viewers after some minutes, and only a few times', async () => {
    const { broadcast, clock, triesOf, segments } = await standingIn();
    const before = triesOf(1);
    await clock.advance(2.5 * minute);
    expect(triesOf(1)).toBe(before);
    await clock.advance(minute);
    expect(triesOf(1)).toBe(before + 1);
    await clock.advance(8 * 60 * minute);
    expect(triesOf(1)).toBe(before + 6);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(2) } });
    expect(segments.length).toBeGreaterThan(500);
  });

  it('brings the chosen channel back on the only connection', async () => {
    const { broadcast, account, clock } = await standingIn();
    account.behaviours.set(1, plays);
    await clock.advance(6 * minute);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) }, standsInFor: null });
  });

  it('brings the chosen channel back soon while nobody watches', async () => {
    const { broadcast, account, clock } = await standingIn({ watched: false });
    account.behaviours.set(1, plays);
    await clock.advance(minute);
    expect(broadcast.status).toMatchObject({ state: 'live', channel: { id: mainId(1) } });
  });

  it('waits longer after each comeback that did not last', async () => {
    const { account, clock, statuses } = await standingIn({ capacity: 2 });
    // Well for a minute each time, and then gone.
    account.behaviours.set(1, { firstAfter: 400, diesAfter: minute });
    let losses = 0;
    for (let at = 0; at < 120; at++) {
      await clock.advance(30_000);
      const isBack = statuses.at(-1)?.standsInFor === null;
      account.behaviours.set(1, isBack ? dead : { firstAfter: 400, diesAfter: minute });
      if (isBack) losses++;
    }
    expect(losses).toBeGreaterThan(3);
    expect(losses).toBeLessThan(20);
  });

  it('forgets the channel once somebody chooses another one', async () => {
    const { broadcast, account, clock, probes } = await standingIn({ capacity: 2 });
    account.behaviours.set(9, plays);
    const playing = broadcast.play(wishFor(9), null);
    await clock.advance(1_000);
    await playing;
    await clock.advance(30 * minute);
    expect(probes).toEqual([]);
    expect(broadcast.status).toMatchObject({ channel: { id: mainId(9) } });
  });

  it('tries nothing more after stop()', async () => {
    const { comeback, clock, probes } = await standingIn({ capacity: 2 });
    comeback.stop();
    await clock.advance(10 * minute);
    expect(probes).toEqual([]);
  });
});
