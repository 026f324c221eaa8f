import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import type { CommandContext } from './context.ts';

/**
 * Puts a channel on the shared screen and answers once it is there.
 * @param askedBy who wants it, as others may read it.
 * @throws AppError channel_not_found, catalogue_not_ready, or why the channel could not be had.
 */
export async function play(
  context: CommandContext,
  channelId: number,
  askedBy: string,
): Promise<BroadcastStatus> {
  const { catalogue, provider, broadcast, logger } = context;
  const channel = catalogue.snapshot().byId.get(channelId);
  if (!channel) {
    if (catalogue.snapshot().channels.length > 0) throw new AppError('channel_not_found', { channelId });
    throw catalogue.lastFailure ?? new AppError('catalogue_not_ready');
  }
  logger.info({ channelId, askedBy }, 'channel asked for');
  return broadcast.play({ source: provider.source(channelId), name: channel.name }, askedBy);
}
