import { type Asker, asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { record } from './record.ts';

export const stopCommand: Command = {
  name: 'stop',
  options: [],
  role: 'controller',
  isPrivate: false,
  async run({ context, actor, phrases }) {
    await stop(context, asker(actor));
    return { lines: [[phrases.stopped]], isPrivate: false };
  },
};

/** Takes the shared screen off the air: the slate follows. */
export async function stop(context: CommandContext, askedBy: Asker): Promise<BroadcastStatus> {
  const { broadcast, logger } = context;
  logger.info({ askedBy: askedBy.id }, 'stop asked for');
  const status = await broadcast.stop();
  record(context, askedBy, 'stop');
  return status;
}
