import { foldWords, joinWords } from '../names/fold.ts';
import type { GroupResult } from './channel-search.ts';
import { parseQuery } from './query.ts';

/** Below this score a result is a suggestion, not a match. */
const LEAST = 0.55;
/** How far below the best score a merely similar result may be: if no name contains the typed words (`alike`), and if one does (`called`). */
const BEHIND = { alike: 0.25, called: 0.1 } as const;

/**
 * Selects the results that are worth offering together. If names contain every typed word, results that are merely similar, in
 * a category of that name, or in another alphabet are left out: "france" is France 2 and France 24, not TF1.
 * @param results the results for the typed text, best first.
 */
export function offeredMatches(typed: string, results: readonly GroupResult[]): GroupResult[] {
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

/** Whether a channel's name contains all typed words, or words that begin with them. */
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
