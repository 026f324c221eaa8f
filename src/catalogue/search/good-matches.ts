import { foldWords, joinWords } from '../names/fold.ts';
import type { GroupResult } from './channel-search.ts';
import { parseQuery } from './query.ts';

/** Below this score a result is a suggestion, not a match. */
const LEAST = 0.55;
/** So far behind the best one a result that is merely alike still counts: where nothing is called so, and where something is. */
const BEHIND = { alike: 0.25, called: 0.1 } as const;

/**
 * The results that deserve to stand side by side. Where names have every word that was typed, what is merely alike, in
 * a category of that name, or in another alphabet, is left out: "france" is France 2 and France 24, not TF1.
 * @param results the answer to what was typed, best first.
 */
export function goodMatches(typed: string, results: readonly GroupResult[]): GroupResult[] {
  const best = results[0]?.score ?? 0;
  const isCalledSo = namedLike(typed);
  const called = new Set(results.filter(isCalledSo));
  const behind = called.size > 0 ? BEHIND.called : BEHIND.alike;
  return results.filter((result) => {
    const { score, why, name } = result;
    if (score < LEAST) return false;
    if (called.has(result) || why.includes('on now') || why.includes('number')) return true;
    return score >= best - behind && (called.size === 0 || isLatin(name) === isLatin(typed));
  });
}

/** Whether a channel's name has all words that were typed, or words that begin like them. */
function namedLike(typed: string): (result: GroupResult) => boolean {
  const wishes = parseQuery(typed, () => true).forms.map(({ words }) => words.split(' '));
  return ({ name, variants }) => {
    const names = [name, ...variants.map((variant) => variant.name)].map(foldWords);
    return names.some((words) => {
      const parts = words.split(' ');
      return wishes.some(
        (wish) =>
          joinWords(words).startsWith(wish.join('')) ||
          wish.every((word) => parts.some((part) => part.startsWith(word))),
      );
    });
  };
}

function isLatin(text: string): boolean {
  return !/[^\p{Script=Latin}\P{L}]/u.test(text);
}
