import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountPool } from '../../../src/accounts/account-pool.ts';
import type { Purpose } from '../../../src/accounts/purpose.ts';
import { Slots } from '../../../src/accounts/slots.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { channelId, demoAccount, mainAccount, ownIdOf } from '../../../src/domain/ids.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { type TunerLease, Tuners } from '../../../src/stream/tuner/tuners.ts';
import { goodAccount, poolAccount, poolOf } from '../../fakes/account-pool.ts';
import { watchOutcome } from '../../fakes/broadcast-bench.ts';
import { mainId } from '../../fakes/main-id.ts';
import { Origin, says, sends, silence } from '../../fakes/origin.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const timeouts = { firstByte: 2_000, silence: 2_000, refusals: 0 };
const never = new AbortController().signal;

let origin: Origin;
let slots: Slots;
let accounts: AccountPool;
let tuners: Tuners;

beforeEach(async () => {
  origin = await new Origin().start();
  origin.answer(sends());
  slots = new Slots(1);
  accounts = poolOf({ slots, urlOf, http: origin.http });
  tuners = makeTuners();
});
afterEach(async () => {
  await tuners.stop();
  await origin.stop();
});

describe('the recording that a screen would interrupt', () => {
  const taken = (wanted: number, leaving: number | null = null) =>
    tuners.recordingTakenFor(
      { channelId: mainId(wanted) },
      leaving === null ? null : { channelId: mainId(leaving) },
    );

  it('is the one on the only connection, unless the screen wants the same channel', async () => {
    expect(taken(2)).toBeNull();
    await acquire(1, 'recording');
    expect([taken(2), taken(1)]).toEqual([mainId(1), null]);
  });

  it('is the one whose connection the screen shares and leaves', async () => {
    await acquire(1, 'recording');
    await acquire(1, 'screen');
    expect([taken(2, 1), taken(2)]).toEqual([mainId(1), null]);
  });

  it('is none where the screen gives back a connection of its own, or where one is free', async () => {
    slots = new Slots(2);
    accounts = poolOf({ slots, urlOf, http: origin.http });
    tuners = makeTuners();
    await acquire(1, 'recording');
    expect(taken(2)).toBeNull();
    await acquire(3, 'screen');
    expect([taken(2, 3), taken(2)]).toEqual([null, mainId(1)]);
  });

  it('is none where something less important gives way', async () => {
    slots = new Slots(2);
    accounts = poolOf({ slots, urlOf, http: origin.http });
    tuners = makeTuners();
    await acquire(1, 'recording');
    await acquire(3, 'client');
    expect(taken(2)).toBeNull();
  });
});

describe('Tuners', () => {
  it('share one connection between two users of a channel, even while it is being opened', async () => {
    const [one, two] = await Promise.all([acquire(1), acquire(1)]);
    const three = await acquire(1);
    expect(origin.requests).toEqual(['/1']);
    expect(slots.free).toBe(0);
    expect([one, two, three].map(({ layout }) => layout.video)).toEqual(['h264', 'h264', 'h264']);
  });

  it('give the beginning to one of the users who open a channel together, and mark it as under way for the others', async () => {
    const [one, two] = await Promise.all([acquire(1), acquire(1)]);
    expect([one.isUnderWay, two.isUnderWay]).toEqual([false, false]);
    let pieces = 0;
    one.listen(() => pieces++);
    expect(pieces).toBeGreaterThan(0);
    expect(two.isUnderWay).toBe(true);
  });

  it('close a connection with its last share, and free the slot only then', async () => {
    const [one, two] = await Promise.all([acquire(1), acquire(1)]);
    await one.release();
    await one.release();
    expect(slots.free).toBe(0);
    const releasing = two.release();
    expect(slots.free).toBe(0);
    await releasing;
    expect(slots.free).toBe(1);
    await closed();
  });

  it('wait for a connection that is freed late, whatever the refusal', async () => {
    tuners = makeTuners(2_000);
    origin.answer(says(503), sends());
    await expect(acquire(1)).rejects.toMatchObject({ code: 'provider_status' });
    await (await acquire(1)).release();
    origin.answer(says(503), says(404), says(200, '<html>'), sends());
    await (await acquire(2)).release();
    expect(origin.requests).toEqual(['/1', '/1', '/2', '/2', '/2', '/2']);
  });

  it('ask about the line once for many refusals', async () => {
    let asked = 0;
    accounts = poolOf({
      slots,
      urlOf,
      http: origin.http,
      account: async () => {
        asked++;
        return { ...goodAccount, activeConnections: 1 };
      },
    });
    tuners = makeTuners();
    origin.answer(says(403));
    for (const id of [1, 2, 3]) await expect(acquire(id)).rejects.toMatchObject({ code: 'line_in_use' });
    expect(asked).toBe(1);
  });

  it('report the refusal of a channel if there was no time to retry', async () => {
    tuners = makeTuners(5_000);
    accounts.noteFreed();
    origin.answer(says(403));
    const limit = new AbortController();
    setTimeout(() => limit.abort(new AppError('channel_silent')), 100);
    await expect(acquire(1, 'screen', { signal: limit.signal })).rejects.toMatchObject({
      code: 'line_in_use',
      params: { status: 403 },
    });
  });

  it('report at once which channel holds the slot', async () => {
    await acquire(1);
    expect(tuners.canOpen({ channelId: mainId(1) })).toBe(true);
    expect(tuners.canOpen({ channelId: mainId(2) })).toBe(false);
    await expect(acquire(2)).rejects.toMatchObject({
      code: 'no_slot',
      params: { capacity: 1, holders: 'Channel 1' },
    });
    expect(origin.requests).toEqual(['/1']);
  });

  it('open another channel as soon as the first one is released', async () => {
    const one = await acquire(1);
    await one.release();
    await acquire(2);
    expect(slots.holders).toEqual(['Channel 2']);
  });

  it('open a new connection for a user who comes while the old one is being closed', async () => {
    const one = await acquire(1);
    const releasing = one.release();
    const [two, three] = await Promise.all([acquire(1), acquire(1)]);
    await releasing;
    expect(origin.requests).toEqual(['/1', '/1']);
    const ended = watchOutcome(two.ended);
    await three.release();
    expect(ended()).toBe('pending');
    expect(slots.free).toBe(0);
  });

  it('keep opening a channel when one of its users leaves', async () => {
    origin.answer((request, response) => setTimeout(() => sends()(request, response), 40));
    const abort = new AbortController();
    const impatient = watchOutcome(acquire(1, 'screen', { signal: abort.signal }));
    const patient = acquire(1);
    abort.abort(new Error('gone'));
    await patient;
    expect(impatient()).toBe('Error: gone');
    expect(origin.requests).toHaveLength(1);
    expect(slots.free).toBe(0);
  });

  it('leave nothing open when the only user leaves during opening', async () => {
    origin.answer(silence());
    const abort = new AbortController();
    const opening = acquire(1, 'screen', { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('gone')), 20);
    await expect(opening).rejects.toThrow('gone');
    expect(slots.free).toBe(1);
    await closed();
  });

  it('open nothing for a user who has left already', async () => {
    await expect(acquire(1, 'screen', { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
      'gone',
    );
    expect(origin.requests).toEqual([]);
    expect(slots.free).toBe(1);
  });

  it('get the slot back from a channel that fails, and can retry it', async () => {
    origin.answer(says(404), sends());
    const both = [watchOutcome(acquire(1)), watchOutcome(acquire(1))];
    await expect(acquire(1)).rejects.toMatchObject({ code: 'channel_dead' });
    expect(both.map((outcome) => outcome())).toEqual(['channel_dead', 'channel_dead']);
    expect(slots.free).toBe(1);
    await acquire(1);
  });

  it('get the slot back from a channel that ends while shares are held', async () => {
    origin.answer((request, response) => {
      sends()(request, response);
      setTimeout(() => response.end(), 20);
    }, sends());
    const one = await acquire(1);
    await expect(one.ended).resolves.toMatchObject({ code: 'channel_ended' });
    expect(slots.free).toBe(1);
    const two = await acquire(1);
    // The share in the dead connection has nothing to do with the living one.
    await one.release();
    expect(slots.free).toBe(0);
    const ended = watchOutcome(two.ended);
    await Promise.resolve();
    expect(ended()).toBe('pending');
  });

  it('end a less important share for a more important one if no slot is free', async () => {
    const link = await acquire(1, 'client');
    const screen = await acquire(2);
    await expect(link.ended).resolves.toMatchObject({ code: 'no_slot', params: { holders: 'Channel 2' } });
    expect(slots.holders).toEqual(['Channel 2']);
    await expect(acquire(1, 'client')).rejects.toMatchObject({ code: 'no_slot' });
    await link.release();
    await screen.release();
    expect(slots.free).toBe(1);
  });

  it('end a warm-up for a client and a client for a screen, and tell each who took over', async () => {
    const warmUp = await acquire(1, 'warm-up');
    const client = await acquire(2, 'client', { name: 'Channel 2 (/vlc Ana)' });
    await expect(warmUp.ended).resolves.toMatchObject({
      code: 'no_slot',
      params: { capacity: 1, holders: 'Channel 2 (/vlc Ana)' },
    });
    await expect(acquire(1, 'warm-up')).rejects.toMatchObject({ code: 'no_slot' });
    const screen = await acquire(3, 'screen');
    await expect(client.ended).resolves.toMatchObject({ params: { holders: 'Channel 3' } });
    await expect(acquire(4, 'recording')).rejects.toMatchObject({ params: { holders: 'Channel 3' } });
    await screen.release();
    const recording = watchOutcome((await acquire(4, 'recording')).ended);
    await expect(acquire(5, 'client')).rejects.toMatchObject({ params: { holders: 'Channel 4' } });
    expect(recording()).toBe('pending');
  });

  it('keep a shared connection as long as its most important user needs it', async () => {
    const warmUp = watchOutcome((await acquire(1, 'warm-up')).ended);
    const screen = await acquire(1, 'screen');
    await expect(acquire(2, 'recording')).rejects.toMatchObject({ code: 'no_slot' });
    expect(warmUp()).toBe('pending');
    await screen.release();
    await acquire(2, 'recording');
    expect(warmUp()).toBe('done');
  });

  it('end the least important share, not the oldest', async () => {
    slots.limit.told = 2;
    const client = watchOutcome((await acquire(1, 'client')).ended);
    const warmUp = watchOutcome((await acquire(2, 'warm-up')).ended);
    await acquire(3, 'screen');
    expect([client(), warmUp()]).toEqual(['pending', 'done']);
  });

  it('make a screen wait for a connection that is being closed, and refuse a client at once', async () => {
    const releasing = (await acquire(1)).release();
    await expect(acquire(2, 'client')).rejects.toMatchObject({ code: 'no_slot' });
    await acquire(3, 'screen');
    await releasing;
    expect(slots.holders).toEqual(['Channel 3']);
  });

  it('end a less important share even while its channel is being opened', async () => {
    origin.answer(silence(), sends());
    const link = watchOutcome(acquire(1, 'client'));
    await expect.poll(() => origin.open).toBe(1);
    await acquire(2);
    expect(link()).toBe('no_slot');
  });

  it('end no share if a slot is free, if the purpose is not higher, or if the channel has an important user', async () => {
    slots.limit.told = 2;
    const link = watchOutcome((await acquire(1, 'client')).ended);
    await acquire(2);
    await acquire(2, 'client');
    await expect(acquire(3, 'client')).rejects.toMatchObject({ code: 'no_slot' });
    expect(link()).toBe('pending');
    await acquire(1);
    await expect(acquire(3)).rejects.toMatchObject({ code: 'no_slot' });
    expect(link()).toBe('pending');
  });

  it('report the current holder after the user who opened the channel has left', async () => {
    const screen = await acquire(1);
    await acquire(1, 'client', { name: 'Channel 1 (/vlc Ana)' });
    await screen.release();
    expect(slots.holders).toEqual(['Channel 1 (/vlc Ana)']);
  });

  it('open nothing after stop()', async () => {
    await tuners.stop();
    await expect(acquire(1)).rejects.toMatchObject({ code: 'channel_ended' });
    expect(origin.requests).toEqual([]);
  });

  it('close everything at stop()', async () => {
    slots.limit.told = 2;
    const leases = await Promise.all([acquire(1), acquire(2)]);
    await tuners.stop();
    expect(slots.free).toBe(2);
    for (const { ended } of leases) await expect(ended).resolves.toMatchObject({ code: 'channel_ended' });
    await closed();
  });
});

describe('Tuners and AccountPool', () => {
  it('hold the slot, but open no connection, until the account has answered', async () => {
    const answer = Promise.withResolvers<void>();
    accounts.expectAnswer(mainAccount, answer.promise);
    const opening = acquire(1);
    await settled();
    expect([slots.holders, origin.requests]).toEqual([['Channel 1'], []]);
    answer.resolve();
    await opening;
    expect(origin.requests).toEqual(['/1']);
  });

  it('give the slot to a more important user while they wait for the account', async () => {
    accounts.expectAnswer(mainAccount, new Promise(() => {}));
    const link = watchOutcome(acquire(1, 'client'));
    await settled();
    const abort = new AbortController();
    const screen = watchOutcome(acquire(2, 'screen', { signal: abort.signal }));
    await settled();
    expect([link(), slots.holders]).toEqual(['no_slot', ['Channel 2']]);
    abort.abort(new Error('gone'));
    await expect.poll(() => slots.free).toBe(1);
    expect([screen(), origin.requests]).toEqual(['Error: gone', []]);
  });

  it('try another account after a failure, and stay with the one that worked', async () => {
    useTwoAccounts();
    origin.answer((request, response) =>
      (request.url?.startsWith('/main') ? says(404) : sends())(request, response),
    );
    for (let times = 0; times < 2; times++) await (await acquire(1)).release();
    expect(origin.requests).toEqual(['/main/1', '/demo/1', '/demo/1']);
  });

  it('try another account at once after a refusal, and report the first where all refuse', async () => {
    useTwoAccounts(10_000);
    accounts.noteFreed();
    origin.answer(says(403), sends());
    await (await acquire(1)).release();
    expect(origin.requests).toEqual(['/main/1', '/demo/1']);
    useTwoAccounts();
    origin.answer(says(404), says(500));
    await expect(acquire(2)).rejects.toMatchObject({ code: 'channel_dead' });
    expect(origin.requests.slice(2)).toEqual(['/main/2', '/demo/2']);
  });

  it('count a channel as failed that was given up since it took too long', async () => {
    useTwoAccounts();
    origin.answer(silence(), sends());
    const late = new AbortController();
    setTimeout(() => late.abort(new AppError('channel_silent')), 100);
    await expect(acquire(1, 'screen', { signal: late.signal })).rejects.toMatchObject({
      code: 'channel_silent',
    });
    await acquire(1);
    expect(origin.requests).toEqual(['/main/1', '/demo/1']);
  });

  it('do not count a channel that was given up during opening as a failure of the account', async () => {
    useTwoAccounts();
    origin.answer(silence(), sends());
    const abort = new AbortController();
    const opening = watchOutcome(acquire(1, 'screen', { signal: abort.signal }));
    await expect.poll(() => origin.requests.length).toBe(1);
    abort.abort(new Error('gone'));
    await expect.poll(() => origin.open).toBe(0);
    await acquire(1);
    expect(opening()).toBe('Error: gone');
    expect(origin.requests).toEqual(['/main/1', '/main/1']);
  });

  it('open two channels at a time with one connection of each account', async () => {
    useTwoAccounts();
    await Promise.all([acquire(1), acquire(2)]);
    expect(origin.requests.toSorted()).toEqual(['/demo/2', '/main/1']);
    expect(tuners.canOpen({ channelId: mainId(3) })).toBe(false);
    await expect(acquire(3)).rejects.toMatchObject({
      code: 'no_slot',
      params: { capacity: 2, holders: 'Channel 1, Channel 2' },
    });
  });
});

/** `main`, the better one, and `demo`, with one connection each. */
function useTwoAccounts(refusals = timeouts.refusals): void {
  accounts = new AccountPool({
    variantsOf: (id) => [mainAccount, demoAccount].map((account) => channelId(account, ownIdOf(id))),
    accounts: [mainAccount, demoAccount].map((id) =>
      poolAccount(id, {
        slots: new Slots(1),
        urlOf: (channelId) => origin.url(`/${id}/${channelId}`),
        http: origin.http,
      }),
    ),
    clock: systemClock,
  });
  tuners = makeTuners(refusals);
}

/** Resolves once everything has happened that waits for nothing outside. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
}

function makeTuners(refusals = timeouts.refusals): Tuners {
  return new Tuners(accounts, {
    clock: systemClock,
    logger: silentLogger,
    timeouts: { ...timeouts, refusals },
  });
}

function urlOf(channelId: number): string {
  return origin.url(`/${channelId}`);
}

function acquire(
  channelId: number,
  purpose: Purpose = 'screen',
  { signal = never, name = `Channel ${channelId}` } = {},
): Promise<TunerLease> {
  return tuners.acquire({ channelId: mainId(channelId), name }, purpose, signal);
}

/** Resolves once the provider has seen all connections go. */
async function closed(): Promise<void> {
  while (origin.open > 0) await new Promise((resolve) => setTimeout(resolve, 2));
}
