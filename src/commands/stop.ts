import { type Asker, asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import { card } from './card.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { mayStop } from './etiquette.ts';
import { record } from './record.ts';

export const stopCommand: Command = {
  name: 'stop',
  options: [],
  role: 'viewer',
  isPrivate: false,
  async run({ context, actor, language }) {
    if (!mayStop(actor, context.broadcast.status)) throw new AppError('stop_not_yours');
    return card(await stop(context, asker(actor)), context, language);
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
