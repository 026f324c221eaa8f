import { type RestartContext, restart } from '../actions/restart.ts';
import { rights } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import { type CardContext, card } from './card.ts';
import type { Command } from './command.ts';
import { screenOption } from './named-screen.ts';

/** Reopens the channel on air, for when its picture or sound is broken though bytes still arrive. */
export const restartCommand: Command<RestartContext & CardContext> = {
  name: 'restart',
  options: [screenOption],
  role: rights.restart.role,
  isPrivate: false,
  async run(call) {
    const { context, screen, actor } = call;
    if (!screen.broadcast.status.channel) throw new AppError('nothing_on');
    return card(await restart(context, screen, actor), call);
  },
};
