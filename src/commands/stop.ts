import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { CommandContext } from './context.ts';

/** Takes the shared screen off the air: the slate follows. */
export function stop({ broadcast, logger }: CommandContext, askedBy: string): Promise<BroadcastStatus> {
  logger.info({ askedBy }, 'stop asked for');
  return broadcast.stop();
}
