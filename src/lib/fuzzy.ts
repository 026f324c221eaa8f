import Fuse from 'fuse.js';

/** The number of candidates that are compared; more would block the event loop. */
const MOST = 500;
/** Characters of the typed text that are used; no sensible text is longer. */
const LONGEST = 80;
/** Fuse's threshold, from 0 (only equal texts match) to 1. */
const THRESHOLD = 0.34;

/** How to compare the items with the typed text. */
export interface FuzzyOptions<T> {
  /** The names of an item. */
  readonly textsOf: (item: T) => readonly string[];
  /** Normalises a text for comparison: lower case, single spaces, no accents. */
  readonly fold: (text: string) => string;
  readonly limit?: number;
}

interface Candidate<T> {
  readonly item: T;
  readonly texts: readonly string[];
  /** The texts without spaces, since people add and omit spaces. */
  readonly joined: readonly string[];
}

/**
 * Searches a short list, best match first: the items that contain the typed text, or else the items that resemble it despite
 * typing errors, swapped words and missing spaces. Digits must match exactly. It looks at the first 500 items.
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

/** Ranks equal texts first, then texts that begin with the wish, then texts with a word that begins with it, then any that contain it. */
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

/** Matches the whole text, and word by word in any order. */
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
