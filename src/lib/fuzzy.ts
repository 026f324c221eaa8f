import Fuse from 'fuse.js';

/** So many candidates are compared at most: more would hold up the event loop. */
const MOST = 500;
/** Longer than anything that is meant. */
const LONGEST = 80;
/** From 0, where only what is equal counts, to 1. */
const THRESHOLD = 0.34;

export interface FuzzyOptions<T> {
  /** What an item is called. */
  readonly textsOf: (item: T) => readonly string[];
  /** Makes texts comparable: words in lower case, one space apart, without accents. */
  readonly fold: (text: string) => string;
  readonly limit?: number;
}

interface Candidate<T> {
  readonly item: T;
  readonly texts: readonly string[];
  /** Without spaces, which people leave out and put in. */
  readonly joined: readonly string[];
}

/**
 * What somebody may mean in a short list, best first: what has the typed text in it, or else what is like it, with
 * typing errors, swapped words and missing spaces. Digits are not mistyped for one another. Looks at 500 items at most.
 */
export function fuzzy<T>(items: readonly T[], typed: string, options: FuzzyOptions<T>): T[] {
  const { textsOf, fold, limit = MOST } = options;
  const wish = fold(typed.slice(0, LONGEST));
  if (wish === '') return [];
  const candidates = items.slice(0, MOST).map((item): Candidate<T> => {
    const texts = textsOf(item).map(fold);
    return { item, texts, joined: texts.map(join) };
  });
  const found = containing(candidates, wish);
  return (found.length > 0 ? found : alike(candidates, wish)).slice(0, limit);
}

/** Equal ones first, then what begins so, then what has it anywhere. */
function containing<T>(candidates: readonly Candidate<T>[], wish: string): T[] {
  const none = 4;
  const short = join(wish);
  const rankOf = ({ texts, joined }: Candidate<T>): number => {
    if (joined.includes(short)) return 0;
    if (joined.some((text) => text.startsWith(short))) return 1;
    if (texts.some((text) => text.includes(` ${wish}`))) return 2;
    return joined.some((text) => text.includes(short)) ? 3 : none;
  };
  return candidates
    .map((candidate) => ({ item: candidate.item, rank: rankOf(candidate) }))
    .filter(({ rank }) => rank < none)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** As a whole, and word by word in any order. */
function alike<T>(candidates: readonly Candidate<T>[], wish: string): T[] {
  const options = { ignoreLocation: true, threshold: THRESHOLD, includeScore: true };
  const digits = wish.match(/\d+/g) ?? [];
  const possible = candidates.filter(({ joined }) =>
    joined.some((text) => digits.every((digit) => text.includes(digit))),
  );
  const whole = new Fuse(possible, { ...options, keys: ['joined'] }).search(join(wish));
  const byWord = { ...options, keys: ['texts'], useTokenSearch: true, tokenMatch: 'all' as const };
  const words = wish.includes(' ') ? new Fuse(possible, byWord).search(wish) : [];
  const best = [...whole, ...words].sort((a, b) => (a.score ?? 1) - (b.score ?? 1));
  return [...new Set(best.map(({ item }) => item.item))];
}

function join(text: string): string {
  return text.replaceAll(' ', '');
}
