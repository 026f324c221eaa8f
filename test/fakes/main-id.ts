import { type ChannelId, channelId, mainAccount, ownIdOf } from '../../src/domain/ids.ts';

/** The id of the main account's channel with this number. */
export function mainId(number: number): ChannelId {
  return channelId(mainAccount, number);
}

/** The number of a channel of the main account. */
export function numberOf(id: ChannelId): number {
  return Number(ownIdOf(id));
}
