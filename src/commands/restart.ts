import { type RestartContext, restart } from '../actions/restart.ts';
import { rights } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import type { Broadcast } from '../stream/screen/broadcast.ts';
import { type CardContext, card } from './card.ts';
import type { Command } from './command.ts';

type Context = RestartContext & CardContext & { readonly broadcast: Pick<Broadcast, 'status'> };

/** Reopens the channel on air, for when its picture or sound is broken though bytes still arrive. */
export const restartCommand: Command<Context> = {
  name: 'restart',
  options: [],
  role: rights.restart.role,
  isPrivate: false,
  async run({ context, actor, language }) {
    if (!context.broadcast.status.channel) throw new AppError('nothing_on');
    return card(await restart(context, actor), context, language);
  },
};
