import { rights } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import { allReactions, type Reaction } from '../domain/reaction.ts';
import { sentence } from '../words/sentence.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import type { Reply } from './reply.ts';

/** The card's buttons that float an emoji up over the picture of everybody who watches. */
export const reactCommand: Command = {
  name: 'react',
  options: [],
  role: rights.react.role,
  isPrivate: true,
  async run({ context, actor, values: [emoji = ''] }) {
    const { reactions } = context;
    if (reactions.mode !== 'room') throw new AppError('reactions_off');
    try {
      const reaction = react(context, emoji, actor.id);
      return fleeting(`${reaction} ${reactions.totals[reaction]}`);
    } catch (error) {
      // Whoever presses without end is not to get a message for each.
      if (!(error instanceof AppError) || error.code !== 'reacts_too_fast') throw error;
      return fleeting(sentence(actor.language, error.code, error.params));
    }
  },
};

/** @param from whoever pressed. @throws AppError reactions_off, unknown_choice, reacts_too_fast */
export function react(
  { reactions }: Pick<CommandContext, 'reactions'>,
  emoji: string,
  from: string,
): Reaction {
  if (reactions.mode === 'off') throw new AppError('reactions_off');
  const reaction = allReactions.find((each) => each === emoji);
  if (!reaction) throw new AppError('unknown_choice', { choice: emoji, choices: allReactions.join(' ') });
  reactions.add(reaction, from);
  return reaction;
}

function fleeting(text: string): Reply {
  return { lines: [[text]], isPrivate: true, isFleeting: true };
}
