import { ChannelMarks } from '../../src/actions/channel-marks.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { mainId, numberOf } from './main-id.ts';
import { silentLogger } from './silent-logger.ts';

/** Marks without a database: the key of a channel is its number, so that `~1` is channel 1. */
export const someMarks = new ChannelMarks({
  keys: { keyOf: ({ channelId }) => numberOf(channelId), channelOf: mainId },
  ownAccount: { id: mainAccount },
  logger: silentLogger,
});
