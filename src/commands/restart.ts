import type { Asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { CommandContext } from './context.ts';
import { record } from './record.ts';

/** Opens what is on air anew, for when its picture or sound is broken though bytes still come. */
export async function restart(context: CommandContext, askedBy: Asker): Promise<BroadcastStatus> {
  const { broadcast, logger } = context;
  logger.info({ askedBy: askedBy.id }, 'restart asked for');
  const status = await broadcast.restart();
  record(context, askedBy, 'restart', status.channel?.name);
  return status;
}
