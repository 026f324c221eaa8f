import { control } from '../actions/control.ts';
import { rights } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import { card } from './card.ts';
import type { Command } from './command.ts';

/** For when the picture or the sound is broken though bytes still come. */
export const restartCommand: Command = {
  name: 'restart',
  options: [],
  role: rights.restart.role,
  isPrivate: false,
  async run({ context, actor, language }) {
    if (!context.broadcast.status.channel) throw new AppError('nothing_on');
    return card(await control(context, actor, { action: 'restart' }), context, language);
  },
};
