import type { Place } from '../domain/actor.ts';
import type { Action, Reply } from './reply.ts';

/**
 * What makes a private answer one that nobody else can read. Discord shows it to the asker alone, wherever they are;
 * Telegram cannot, so there it goes to their private chat.
 * @param again what asks for it once more.
 */
export function privateAnswer(place: Place, again: Action): Pick<Reply, 'direct'> {
  return place.platform === 'telegram' && !place.isPrivate ? { direct: again } : {};
}
