import { fuzzy } from '../../lib/fuzzy.ts';
import { foldWords } from './fold.ts';

/** What somebody may mean in a short list, best first; letters, accents and alphabets count as in the channel search. */
export function findLike<T>(
  items: readonly T[],
  typed: string,
  textsOf: (item: T) => readonly string[],
  limit?: number,
): T[] {
  return fuzzy(items, typed, { textsOf, fold: foldWords, ...(limit === undefined ? {} : { limit }) });
}
