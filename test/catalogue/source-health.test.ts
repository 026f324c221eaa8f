import { beforeEach, describe, expect, it } from 'vitest';
import { emptySnapshot } from '../../src/catalogue/snapshot.ts';
import { SourceHealth } from '../../src/catalogue/source-health.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import { type AccountId, accountId, mainAccount } from '../../src/domain/ids.ts';
import type { Account } from '../../src/domain/source-provider.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const good: Account = {
  status: 'Active',
  expiresAt: null,
  maxConnections: 1,
  activeConnections: 0,
  outputFormats: ['ts'],
};
const channel = {
  id: mainId(1),
  name: 'TF1',
  number: null,
  categoryId: null,
  logo: null,
  epgId: null,
  archiveDays: 0,
};

let clock: FakeClock;
let channels: (typeof channel)[];
let lastFailure: unknown;
let accounts: AccountId[];
let refreshed: AccountId[];
let answer: AppError | null;
let told: (string | null)[];
let health: SourceHealth;
beforeEach(() => {
  clock = new FakeClock();
  [channels, lastFailure, answer, told] = [[], null, null, []];
  [accounts, refreshed] = [[mainAccount], []];
  health = new SourceHealth({
    catalogue: {
      snapshot: () => ({ ...emptySnapshot, channels }),
      get lastFailure() {
        return lastFailure;
      },
      get lists() {
        const list = { channels: channels.length, refreshedAt: null, lastFailure, isForeign: false };
        return accounts.map((account) => ({ account, ...list }));
      },
      refreshOne: async (account) => void refreshed.push(account),
    },
    clock,
    logger: silentLogger,
  });
  health.subscribe(() => told.push(health.trouble?.code ?? null));
});

/** Reads the account and notes the outcome, as the provider does. */
async function read(): Promise<Account> {
  health.noteAccount(mainAccount, answer);
  if (answer) throw answer;
  return good;
}

describe('SourceHealth', () => {
  it('reports catalogue_not_ready until there is a list', () => {
    expect(health.trouble?.code).toBe('catalogue_not_ready');
    channels = [channel];
    expect(health.trouble).toBeNull();
  });

  it.each<ErrorCode>(['account_refused', 'account_expired', 'provider_unreachable', 'provider_garbage'])(
    'reports %s even while there is an old list, and recovers by itself',
    async (code) => {
      channels = [channel];
      answer = new AppError(code);
      await health.watch(mainAccount, read);
      expect(health.trouble?.code).toBe(code);
      await clock.advance(60_000);
      expect(told).toEqual([code]);
      answer = null;
      await clock.advance(60_000);
      expect(told).toEqual([code, null]);
      health.stop();
    },
  );

  it('reports an empty list if the account is usable', async () => {
    await health.watch(mainAccount, read);
    lastFailure = new AppError('catalogue_empty');
    health.noteCatalogue();
    expect(told).toEqual(['catalogue_empty']);
    health.stop();
  });

  it('notices an account that becomes unusable later', async () => {
    channels = [channel];
    await health.watch(mainAccount, read);
    answer = new AppError('account_expired');
    await clock.advance(10 * 60_000);
    expect(told).toEqual(['account_expired']);
    health.stop();
  });

  it('fetches a failed list as soon as the account is usable again', async () => {
    answer = new AppError('account_refused');
    lastFailure = answer;
    await health.watch(mainAccount, read);
    answer = null;
    await clock.advance(60_000);
    expect(refreshed).toEqual([mainAccount]);
    health.stop();
  });

  it('does not read the account after stop', async () => {
    await health.watch(mainAccount, read);
    health.stop();
    answer = new AppError('account_refused');
    await clock.advance(60 * 60_000);
    expect(told).toEqual([]);
  });

  it('reports nothing while one of several accounts is usable', () => {
    channels = [channel];
    accounts.push(accountId('x2'));
    health.noteAccount(mainAccount, new AppError('account_expired'));
    expect([health.trouble, health.troubleOf(mainAccount)?.code]).toEqual([null, 'account_expired']);
    health.noteAccount(accountId('x2'), new AppError('account_refused'));
    expect(health.trouble?.code).toBe('account_expired');
  });

  it('ignores errors that tell nothing about the account', () => {
    channels = [channel];
    health.noteAccount(mainAccount, new Error('aborted'));
    expect(health.trouble).toBeNull();
  });
});
