import type { Place } from '../domain/actor.ts';
import type { Action, Reply } from './reply.ts';

/**
 * Keeps a private answer from everybody else. Discord shows it to the asker alone in any place; Telegram cannot, so there it
 * goes to their private chat.
 * @param again the action that requests the answer again.
 */
export function privateAnswer(place: Place, again: Action): Pick<Reply, 'direct'> {
  return place.platform === 'telegram' && !place.isPrivate ? { direct: again } : {};
}
