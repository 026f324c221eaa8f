import { AccountPool, type PoolAccount } from '../../src/accounts/account-pool.ts';
import type { Slots } from '../../src/accounts/slots.ts';
import { accountId } from '../../src/domain/ids.ts';
import type { Account, SourceProvider } from '../../src/domain/source-provider.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { numberOf } from './main-id.ts';
import { plainHttp } from './plain-http.ts';

export const goodAccount: Account = {
  status: 'Active',
  expiresAt: null,
  maxConnections: 1,
  activeConnections: 0,
  outputFormats: ['ts'],
};

/** What a provider says and serves. */
interface PoolParts {
  readonly slots: Slots;
  /** The address of a channel, by its number. */
  readonly urlOf: (number: number) => string;
  /** A good one with no connection in use unless told. */
  readonly account?: () => Promise<Account>;
  readonly archive?: SourceProvider['archive'];
  readonly http?: PoolAccount['http'];
  readonly clock?: Clock;
}

/** A pool of one account whose channels are at known addresses, as MPEG-TS. */
export function poolOf({ clock = systemClock, ...parts }: PoolParts): AccountPool {
  return new AccountPool({ accounts: [poolAccount(accountId('main'), parts)], clock });
}

export function poolAccount(
  id: PoolAccount['id'],
  {
    slots,
    urlOf,
    account = async () => goodAccount,
    archive = () => [],
    http = plainHttp,
  }: Omit<PoolParts, 'clock'>,
): PoolAccount {
  return {
    id,
    slots,
    http,
    provider: {
      account,
      source: (channelId) => ({
        channelId,
        url: urlOf(numberOf(channelId)),
        format: 'ts',
        userAgent: 'Player/1',
      }),
      archive,
    },
  };
}
