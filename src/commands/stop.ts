import { type Asker, asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { card } from './card.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

export const stopCommand: Command = {
  name: 'stop',
  options: [],
  role: 'controller',
  isPrivate: false,
  async run({ context, actor, language }) {
    return card(await stop(context, asker(actor)), context, language);
  },
};

/** Takes the shared screen off the air: the slate follows. */
export function stop({ broadcast, logger }: CommandContext, askedBy: Asker): Promise<BroadcastStatus> {
  logger.info({ askedBy: askedBy.id }, 'stop asked for');
  return broadcast.stop();
}
