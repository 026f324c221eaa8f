import { type Asker, asker, mayAct } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import { card } from './card.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { record } from './record.ts';

/** For controllers, and for whoever has put it on. */
export const stopCommand: Command = {
  name: 'stop',
  options: [],
  role: 'viewer',
  isPrivate: false,
  async run({ context, actor, language }) {
    const { channel, wanted, askedBy } = context.broadcast.status;
    const isOn = channel !== null || wanted !== null;
    if (isOn && !mayAct(actor, 'controller') && askedBy?.id !== actor.id) {
      throw new AppError('stop_not_yours');
    }
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
