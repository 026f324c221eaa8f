import {
  type AccountId,
  type ChannelId,
  channelId,
  demoAccount,
  mainAccount,
  ownIdOf,
} from '../domain/ids.ts';

// Callers of the store still name channels by the provider's numbers. This goes away once they have ids.

/** The number of a channel, of whichever account. */
export function numberOf(id: ChannelId): number {
  return Number(ownIdOf(id));
}

/** The ids that a number may stand for in a row: rows of the demo outlive the day on which the account is entered. */
export function idsOf(number: number, own: AccountId): readonly ChannelId[] {
  return [...new Set([own, mainAccount, demoAccount])].map((account) => channelId(account, number));
}
