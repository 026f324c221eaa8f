import type { Asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { CommandContext } from './context.ts';

/** Opens what is on air anew, for when its picture or sound is broken though bytes still come. */
export function restart({ broadcast, logger }: CommandContext, askedBy: Asker): Promise<BroadcastStatus> {
  logger.info({ askedBy: askedBy.id }, 'restart asked for');
  return broadcast.restart();
}
