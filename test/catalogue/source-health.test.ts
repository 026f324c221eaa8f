import { beforeEach, describe, expect, it } from 'vitest';
import { emptySnapshot } from '../../src/catalogue/snapshot.ts';
import { SourceHealth } from '../../src/catalogue/source-health.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
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

/** Reads the account and notes the outcome, as the provider does. */
async function read(): Promise<Account> {
  health.noteAccount(answer);
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

  it('reports an empty list if the account is usable', async () => {
    await health.start(read);
    lastFailure = new AppError('catalogue_empty');
    health.noteCatalogue();
    expect(told).toEqual(['catalogue_empty']);
    health.stop();
  });

  it('notices an account that becomes unusable later', async () => {
    channels = [channel];
    await health.start(read);
    answer = new AppError('account_expired');
    await clock.advance(10 * 60_000);
    expect(told).toEqual(['account_expired']);
    health.stop();
  });

  it('fetches a failed list as soon as the account is usable again', async () => {
    answer = new AppError('account_refused');
    lastFailure = answer;
    await health.start(read);
    answer = null;
    await clock.advance(60_000);
    expect(refreshes).toBe(1);
    health.stop();
  });

  it('does not read the account after stop', async () => {
    await health.start(read);
    health.stop();
    answer = new AppError('account_refused');
    await clock.advance(60 * 60_000);
    expect(told).toEqual([]);
  });

  it('ignores errors that tell nothing about the account', () => {
    channels = [channel];
    health.noteAccount(new Error('aborted'));
    expect(health.trouble).toBeNull();
  });
});
