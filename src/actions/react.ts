import { AppError } from '../domain/errors.ts';
import { allReactions, type Reaction } from '../domain/reaction.ts';
import type { Screen } from '../stream/screen/screen.ts';

/**
 * Floats an emoji up over the picture of everybody who watches a screen.
 * @param from who sent it.
 * @throws AppError reactions_off, unknown_choice, reacts_too_fast
 */
export function react({ reactions }: Pick<Screen, 'reactions'>, emoji: string, from: string): Reaction {
  if (reactions.mode === 'off') throw new AppError('reactions_off');
  const reaction = allReactions.find((each) => each === emoji);
  if (!reaction) throw new AppError('unknown_choice', { choice: emoji, choices: allReactions.join(' ') });
  reactions.add(reaction, from);
  return reaction;
}
