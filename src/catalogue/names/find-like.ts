import { fuzzy } from '../../lib/fuzzy.ts';
import { foldWords } from './fold.ts';

/** Finds the items of a short list that a typed text may mean, best first, with the same folding as the channel search. */
export function findLike<T>(
  items: readonly T[],
  typed: string,
  textsOf: (item: T) => readonly string[],
  limit?: number,
): T[] {
  return fuzzy(items, typed, { textsOf, fold: foldWords, ...(limit === undefined ? {} : { limit }) });
}
