import { beforeEach, describe, expect, it } from 'vitest';
import { emptySnapshot } from '../../src/catalogue/snapshot.ts';
import { SourceHealth } from '../../src/catalogue/source-health.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import type { Account } from '../../src/domain/source-provider.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const good: Account = {
  ...{ status: 'Active', expiresAt: null, maxConnections: 1, activeConnections: 0, outputFormats: ['ts'] },
};
const channel = { id: 1, name: 'TF1', number: null, categoryId: null, logo: null, epgId: null };

let clock: FakeClock;
let channels: (typeof channel)[];
let lastFailure: unknown;
let refreshes: number;
let answer: AppError | null;
let told: (string | null)[];
let health: SourceHealth;
beforeEach(() => {
  clock = new FakeClock();
  [channels, lastFailure, refreshes, answer, told] = [[], null, 0, null, []];
  health = new SourceHealth({
    catalogue: {
      snapshot: () => ({ ...emptySnapshot, channels }),
      get lastFailure() {
        return lastFailure;
      },
      refresh: async () => {
        refreshes += 1;
        return { before: 0, after: 0, categories: 0, dropped: 0 };
      },
    },
    clock,
    logger: silentLogger,
  });
  health.subscribe(() => told.push(health.trouble?.code ?? null));
});

/** As the provider does. */
async function read(): Promise<Account> {
  health.noteAccount(answer);
  if (answer) throw answer;
  return good;
}

describe('the source’s health', () => {
  it('says that the list still loads, until there is one', () => {
    expect(health.trouble?.code).toBe('catalogue_not_ready');
    channels = [channel];
    expect(health.trouble).toBeNull();
  });

  it.each<ErrorCode>(['account_refused', 'account_expired', 'provider_unreachable', 'provider_garbage'])(
    'is %s, also while an old list is at hand, and good again by itself',
    async (code) => {
      channels = [channel];
      answer = new AppError(code);
      await health.start(read);
      expect(health.trouble?.code).toBe(code);
      await clock.advance(60_000);
      expect(told).toEqual([code]);
      answer = null;
      await clock.advance(60_000);
      expect(told).toEqual([code, null]);
      health.stop();
    },
  );

  it('says that the list is empty where the account is good', async () => {
    await health.start(read);
    lastFailure = new AppError('catalogue_empty');
    health.noteCatalogue();
    expect(told).toEqual(['catalogue_empty']);
    health.stop();
  });

  it('notices an account that goes bad later', async () => {
    channels = [channel];
    await health.start(read);
    answer = new AppError('account_expired');
    await clock.advance(10 * 60_000);
    expect(told).toEqual(['account_expired']);
    health.stop();
  });

  it('fetches a list that failed with the account as soon as the account is good', async () => {
    answer = new AppError('account_refused');
    lastFailure = answer;
    await health.start(read);
    answer = null;
    await clock.advance(60_000);
    expect(refreshes).toBe(1);
    health.stop();
  });

  it('asks no more once it is stopped', async () => {
    await health.start(read);
    health.stop();
    answer = new AppError('account_refused');
    await clock.advance(60 * 60_000);
    expect(told).toEqual([]);
  });

  it('takes no bug of ours, and nobody’s going, for a bad account', () => {
    channels = [channel];
    health.noteAccount(new Error('aborted'));
    expect(health.trouble).toBeNull();
  });
});
