import { react } from '../actions/react.ts';
import { rights } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import type { Command } from './command.ts';

/** The card's buttons that float an emoji up over the picture of everybody who watches. */
export const reactCommand: Command<unknown> = {
  name: 'react',
  options: [],
  role: rights.react.role,
  isPrivate: true,
  async run({ screen, actor, values: [emoji = ''] }) {
    const { reactions } = screen;
    if (reactions.mode !== 'room') throw new AppError('reactions_off');
    const reaction = react(screen, emoji, actor.id);
    return { lines: [[`${reaction} ${reactions.totals[reaction]}`]], isPrivate: true, isFleeting: true };
  },
};
