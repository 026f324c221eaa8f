import type { AccountPool, Reservation } from '../../accounts/account-pool.ts';
import { accountOf, type ChannelId } from '../../domain/ids.ts';

/** The questions that tuners ask the accounts. */
export type Accounts = Pick<
  AccountPool,
  'hasRoom' | 'givesWay' | 'promising' | 'makeRoom' | 'reserve' | 'usesFor'
>;

/** Stands in for the accounts where a recording is read, which needs none of them. */
export const noAccount: Accounts = {
  hasRoom: () => true,
  givesWay: () => false,
  usesFor: () => [],
  promising: () => null,
  makeRoom: () => null,
  reserve: reservationFor,
};

function reservationFor(channelId: ChannelId): Reservation {
  const nothingToFetch = () => Promise.reject(new Error('a recording has no source'));
  return {
    accountId: accountOf(channelId),
    http: { get: nothingToFetch },
    source: nothingToFetch,
    archive: nothingToFetch,
    hasOther: () => false,
    isFreeing: () => false,
    askLine: async () => 'unknown',
    noteOpened: () => {},
    noteFailed: () => {},
    noteEnded: () => {},
    release: () => {},
  };
}
