import { describe, expect, it } from 'vitest';
import { AccountPool, type VariantsOf } from '../../src/accounts/account-pool.ts';
import type { Purpose } from '../../src/accounts/purpose.ts';
import { Slots, type SlotUse } from '../../src/accounts/slots.ts';
import { AppError } from '../../src/domain/errors.ts';
import { accountId, type ChannelId, channelId, mainAccount, ownIdOf } from '../../src/domain/ids.ts';
import { goodAccount, poolAccount, poolOf } from '../fakes/account-pool.ts';
import { watchOutcome } from '../fakes/broadcast-bench.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';

const never = new AbortController().signal;

describe('AccountPool with one account', () => {
  it('has room until every slot is reserved, and names the holders then', () => {
    const { pool } = one(2);
    pool.reserve(mainId(1), use('TF1'));
    expect(pool.hasRoom(mainId(9))).toBe(true);
    const second = pool.reserve(mainId(2), use('Arte'));
    expect(pool.hasRoom(mainId(9))).toBe(false);
    expect(codeOf(() => pool.reserve(mainId(3), use('M6')))).toMatchObject({
      code: 'no_slot',
      params: { capacity: 2, holders: 'TF1, Arte' },
    });
    second.release(false);
    expect(pool.reserve(mainId(3), use('M6')).accountId).toBe('main');
  });

  it('closes the least important connection for a more important one, and tells it who has it now', async () => {
    const { pool } = one(2);
    const [client, warmUp] = [use('TF1', 'client'), use('Arte', 'warm-up')];
    pool.reserve(mainId(1), client);
    pool.reserve(mainId(2), warmUp);
    expect(pool.makeRoom(mainId(3), 'M6', 'warm-up')).toBeNull();
    await pool.makeRoom(mainId(3), 'M6', 'recording');
    expect(client.told).toEqual([]);
    expect(warmUp.told).toMatchObject([{ code: 'no_slot', params: { capacity: 2, holders: 'M6' } }]);
  });

  it('closes nothing while a slot is free, or for a purpose that is not more important', () => {
    const { pool } = one(2);
    pool.reserve(mainId(1), use('TF1', 'warm-up'));
    expect(pool.makeRoom(mainId(2), 'Arte', 'screen')).toBeNull();
    const { pool: full } = one(1);
    full.reserve(mainId(1), use('TF1', 'screen'));
    for (const purpose of ['screen', 'recording', 'client', 'warm-up'] as const)
      expect(full.makeRoom(mainId(2), 'Arte', purpose)).toBeNull();
  });

  it('resolves the source at once if no answer is expected', async () => {
    const { pool } = one(1);
    await expect(pool.reserve(mainId(7), use('TF1')).source(never)).resolves.toMatchObject({
      channelId: mainId(7),
      url: 'http://main/7',
    });
  });

  it('tells the provider that its source could not be opened', () => {
    const told: ChannelId[] = [];
    const { provider, ...account } = poolAccount(mainAccount, { slots: new Slots(), urlOf: String });
    const noteFailed = (id: ChannelId) => told.push(id);
    const accounts = [{ ...account, provider: { ...provider, noteFailed } }];
    const pool = new AccountPool({ accounts, clock: new FakeClock() });
    pool.reserve(mainId(7), use('TF1')).noteFailed(new AppError('channel_dead'));
    expect(told).toEqual([mainId(7)]);
  });

  it('makes a source wait for the account’s first answer', async () => {
    const { pool, asked } = one(1);
    const answer = Promise.withResolvers<void>();
    pool.expectAnswer(accountId('main'), answer.promise);
    const source = watchOutcome(pool.reserve(mainId(7), use('TF1')).source(never));
    await settle();
    expect([source(), asked]).toEqual(['pending', []]);
    answer.resolve();
    await settle();
    expect([source(), asked]).toEqual(['done', [7]]);
  });

  it('waits no longer than three seconds after the start for an account that does not answer', async () => {
    const { pool, clock } = one(2);
    pool.expectAnswer(accountId('main'), new Promise(() => {}));
    const answered = watchOutcome(pool.answered);
    await clock.advance(2_000);
    const late = watchOutcome(pool.reserve(mainId(7), use('TF1')).source(never));
    await clock.advance(900);
    expect([answered(), late()]).toEqual(['pending', 'pending']);
    await clock.advance(200);
    expect([answered(), late()]).toEqual(['done', 'done']);
    const next = watchOutcome(pool.reserve(mainId(8), use('Arte')).source(never));
    await settle();
    expect(next()).toBe('done');
  });

  it('leaves no timer behind once the account has answered, with good or bad news', async () => {
    const { pool, clock } = one(1);
    pool.expectAnswer(accountId('main'), Promise.reject(new AppError('account_expired')));
    await expect(pool.answered).resolves.toBeDefined();
    expect(clock.pending).toBe(0);
  });

  it('ends the wait for a source with its signal', async () => {
    const { pool } = one(1);
    pool.expectAnswer(accountId('main'), new Promise(() => {}));
    const abort = new AbortController();
    const source = pool.reserve(mainId(7), use('TF1')).source(abort.signal);
    abort.abort(new Error('gone'));
    await expect(source).rejects.toThrow('gone');
  });

  it('counts a closed connection as freeing for 15 seconds if the provider had counted it', async () => {
    const { pool, clock } = one(2);
    const reservation = pool.reserve(mainId(1), use('TF1'));
    pool.reserve(mainId(2), use('Arte')).release(false);
    expect(reservation.isFreeing()).toBe(false);
    pool.reserve(mainId(2), use('Arte')).release(true);
    expect(reservation.isFreeing()).toBe(true);
    await clock.advance(16_000);
    expect(reservation.isFreeing()).toBe(false);
    pool.noteFreed();
    expect(reservation.isFreeing()).toBe(true);
  });

  it.each([
    ['free', async () => goodAccount],
    ['full', async () => ({ ...goodAccount, activeConnections: 1 })],
    ['unknown', () => Promise.reject(new AppError('provider_unreachable'))],
    ['unknown', () => Promise.reject(new Error('aborted'))],
  ])('reports that the line is %s', async (state, account) => {
    const pool = poolOf({ slots: new Slots(), urlOf: String, account });
    await expect(pool.reserve(mainId(1), use('TF1')).askLine()).resolves.toBe(state);
  });

  it('reports the account’s fault, and asks once in 20 seconds', async () => {
    const clock = new FakeClock();
    let asked = 0;
    const account = () => {
      asked++;
      return Promise.reject(new AppError('account_expired'));
    };
    const pool = poolOf({ slots: new Slots(2), urlOf: String, account, clock });
    const [first, second] = [pool.reserve(mainId(1), use('TF1')), pool.reserve(mainId(2), use('Arte'))];
    await expect(first.askLine()).resolves.toMatchObject({ code: 'account_expired' });
    await second.askLine();
    expect(asked).toBe(1);
    await clock.advance(21_000);
    await second.askLine();
    expect(asked).toBe(2);
  });
});

describe('AccountPool with two accounts', () => {
  it('takes the best account, and the next one once its slots are in use', () => {
    const { pool } = two();
    expect(pool.reserve(mainId(1), use('TF1')).accountId).toBe('main');
    expect(pool.hasRoom(mainId(2))).toBe(true);
    expect(pool.reserve(mainId(2), use('Arte')).accountId).toBe('demo');
    expect(codeOf(() => pool.reserve(mainId(3), use('M6')))).toMatchObject({
      params: { capacity: 2, holders: 'TF1, Arte' },
    });
  });

  it('prefers the account that opened the channel last, for that channel alone', () => {
    const { pool } = two();
    const blocking = pool.reserve(mainId(9), use('M6'));
    const reservation = pool.reserve(mainId(1), use('TF1'));
    reservation.noteOpened();
    expect(reservation.accountId).toBe('demo');
    for (const each of [blocking, reservation]) each.release(false);
    expect(nextOf(pool, 1)).toBe('demo');
    expect(nextOf(pool, 2)).toBe('main');
  });

  it('tries an account last for a minute after it could not open the channel', async () => {
    const { pool, clock } = two();
    failIn(pool, 1, 'channel_dead');
    expect(nextOf(pool, 1)).toBe('demo');
    expect(nextOf(pool, 2)).toBe('main');
    await clock.advance(61_000);
    expect(nextOf(pool, 1)).toBe('main');
  });

  it('tries an account last for all channels after it failed for every channel', () => {
    const { pool } = two();
    failIn(pool, 1, 'account_expired');
    expect([nextOf(pool, 1), nextOf(pool, 2)]).toEqual(['demo', 'demo']);
  });

  it('still takes an account that failed lately if the others have no slot', () => {
    const { pool } = two();
    failIn(pool, 1, 'channel_dead');
    expect(pool.reserve(mainId(1), use('TF1')).accountId).toBe('demo');
    expect(pool.reserve(mainId(1), use('TF1')).accountId).toBe('main');
  });

  it('prefers an account again that failed for the channel, and then opened it', () => {
    const { pool } = two();
    failIn(pool, 1, 'channel_dead');
    failIn(pool, 1, 'channel_dead');
    const reservation = pool.reserve(mainId(1), use('TF1'));
    reservation.noteOpened();
    reservation.release(true);
    expect(nextOf(pool, 1)).toBe(reservation.accountId);
  });

  it('closes the least important connection of any account', async () => {
    const { pool } = two();
    const [client, warmUp] = [use('TF1', 'client'), use('Arte', 'warm-up')];
    pool.reserve(mainId(1), client);
    pool.reserve(mainId(2), warmUp);
    await pool.makeRoom(mainId(3), 'M6', 'screen');
    expect([client.told.length, warmUp.told.length]).toEqual([0, 1]);
  });

  it('shares one limit between two accounts of one login', () => {
    const { pool } = two(new Slots(1));
    pool.reserve(mainId(1), use('TF1'));
    expect(pool.hasRoom(mainId(2))).toBe(false);
    expect(codeOf(() => pool.reserve(mainId(2), use('Arte')))).toMatchObject({
      code: 'no_slot',
      params: { capacity: 1, holders: 'TF1' },
    });
  });

  it('counts a closed connection as freeing in both accounts of one login', () => {
    const { pool } = two(new Slots(1));
    pool.reserve(mainId(1), use('TF1')).release(true);
    failIn(pool, 1, 'channel_dead');
    const reservation = pool.reserve(mainId(1), use('TF1'));
    expect([reservation.accountId, reservation.isFreeing()]).toEqual(['demo', true]);
  });

  it('takes the account that the id of a channel names, where nothing is known of variants', async () => {
    const clock = new FakeClock();
    const accounts = (['main', 'demo'] as const).map((id) =>
      poolAccount(accountId(id), { slots: new Slots(1), urlOf: (number) => `http://${id}/${number}` }),
    );
    const pool = new AccountPool({ accounts, clock });
    const ids = [mainId(1), channelId(accountId('demo'), 1)];
    const urls = ids.map(async (id) => (await pool.reserve(id, use('TF1')).source(never)).url);
    expect(await Promise.all(urls)).toEqual(['http://main/1', 'http://demo/1']);
  });

  it('gives the past of a channel to those accounts alone that keep it', () => {
    const clock = new FakeClock();
    const accounts = (['main', 'demo'] as const).map((id) =>
      poolAccount(accountId(id), { slots: new Slots(1), urlOf: (number) => `http://${id}/${number}` }),
    );
    const other = channelId(accountId('demo'), 1);
    const variantsOf: VariantsOf = (id, span) => (span ? [id] : [id, other]);
    const pool = new AccountPool({ accounts, variantsOf, clock });
    const past = { from: 0, to: 60_000 };
    pool.reserve(mainId(1), use('TF1'), past);
    expect([pool.hasRoom(mainId(1)), pool.hasRoom(mainId(1), past)]).toEqual([true, false]);
    expect([pool.promising(mainId(1)), pool.promising(mainId(1), past)]).toEqual(['demo', null]);
    expect(codeOf(() => pool.reserve(mainId(1), use('M6'), past))).toMatchObject({ code: 'no_slot' });
    expect(pool.reserve(mainId(1), use('M6')).accountId).toBe('demo');
  });

  it('closes nothing for a channel of an account that is not there, and says that it is gone', () => {
    const { pool } = one(1);
    const client = use('TF1', 'client');
    pool.reserve(mainId(1), client);
    const gone = channelId(accountId('demo'), 1);
    expect([pool.hasRoom(gone), pool.makeRoom(gone, 'M6', 'screen')]).toEqual([true, null]);
    expect(codeOf(() => pool.reserve(gone, use('M6')))).toMatchObject({ code: 'channel_gone' });
    expect(client.told).toEqual([]);
  });

  it('waits for the answers of both accounts', async () => {
    const { pool } = two();
    const answers = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    pool.expectAnswer(accountId('main'), answers[0].promise);
    pool.expectAnswer(accountId('demo'), answers[1].promise);
    const answered = watchOutcome(pool.answered);
    answers[0].resolve();
    await settle();
    expect(answered()).toBe('pending');
    answers[1].resolve();
    await settle();
    expect(answered()).toBe('done');
  });
});

function one(capacity: number) {
  const clock = new FakeClock();
  const asked: number[] = [];
  const urlOf = (id: number) => {
    asked.push(id);
    return `http://main/${id}`;
  };
  return { pool: poolOf({ slots: new Slots(capacity), urlOf, clock }), clock, asked };
}

/** @param shared the slots of both, where they have the same login. */
function two(shared: Slots | null = null) {
  const clock = new FakeClock();
  const accounts = (['main', 'demo'] as const).map((id) =>
    poolAccount(accountId(id), {
      slots: shared ?? new Slots(1),
      urlOf: (number) => `http://${id}/${number}`,
    }),
  );
  const variantsOf = (id: ChannelId) => accounts.map((account) => channelId(account.id, ownIdOf(id)));
  return { pool: new AccountPool({ accounts, variantsOf, clock }), clock };
}

function use(holder: string, purpose: Purpose = 'screen'): SlotUse & { told: AppError[] } {
  const told: AppError[] = [];
  return { holder, purpose, told, giveUp: async (reason) => void told.push(reason) };
}

/** Which account would get the channel now. */
function nextOf(pool: AccountPool, number: number): string {
  const reservation = pool.reserve(mainId(number), use('next'));
  reservation.release(false);
  return reservation.accountId;
}

function failIn(pool: AccountPool, number: number, code: ConstructorParameters<typeof AppError>[0]): void {
  const reservation = pool.reserve(mainId(number), use('failing'));
  reservation.noteFailed(new AppError(code));
  reservation.release(false);
}

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
