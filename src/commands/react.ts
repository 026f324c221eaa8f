import { type ReactContext, react } from '../actions/react.ts';
import { rights } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import type { Reactions } from '../stream/screen/reactions.ts';
import type { Command } from './command.ts';

type Context = ReactContext & { readonly reactions: Pick<Reactions, 'totals'> };

/** The card's buttons that float an emoji up over the picture of everybody who watches. */
export const reactCommand: Command<Context> = {
  name: 'react',
  options: [],
  role: rights.react.role,
  isPrivate: true,
  async run({ context, actor, values: [emoji = ''] }) {
    const { reactions } = context;
    if (reactions.mode !== 'room') throw new AppError('reactions_off');
    const reaction = react(context, emoji, actor.id);
    return { lines: [[`${reaction} ${reactions.totals[reaction]}`]], isPrivate: true, isFleeting: true };
  },
};
