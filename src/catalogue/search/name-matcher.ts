import { skeleton } from '../names/arabic.ts';
import type { SearchIndex, TextIndex } from './build-index.ts';
import { Likeness } from './likeness.ts';
import type { QueryForm } from './query.ts';

/** The number of names that are compared with a query; a comparison takes some microseconds. */
const CANDIDATES = 120;
/** The longest text of two words that is also looked up with the words swapped. */
const LONGEST_SWAPPED = 12;
const LEAST_LIKE = 0.42;
const SHORTEST_SKELETON = 3;
/** The factor for a match by consonants, which tell less than a name. */
const SKELETON_WORTH = 0.9;

/** The keys to compare. */
export interface MatchOptions {
  /** Keys that are always compared. */
  readonly known: ReadonlySet<number>;
  /** 1 by key for the keys to search; null for all. */
  readonly wanted: Uint8Array | null;
}

/** Finds the names that resemble the typed text: trigrams select the candidates, and `Likeness` compares them. */
export class NameMatcher {
  readonly #index: SearchIndex;

  constructor(index: SearchIndex) {
    this.#index = index;
  }

  /** The matching keys with their likeness from 0 to 1. */
  match({ words, country }: QueryForm, { known, wanted }: MatchOptions): Map<number, number> {
    const { groups, words: names, skeletons } = this.#index;
    const there = country === null ? null : groups.keysIn(country);
    const found = new Map<number, number>();
    const near = [...this.#near(names, words, wanted, there), ...this.#swapped(words), ...known];
    compare(names, near, words, 1, found);
    const consonants = skeletons.texts.length > 0 ? skeleton(words) : '';
    if (consonants.length >= SHORTEST_SKELETON) {
      compare(skeletons, this.#near(skeletons, consonants, wanted, there), consonants, SKELETON_WORTH, found);
    }
    return found;
  }

  #near(index: TextIndex, text: string, wanted: Uint8Array | null, there: Uint8Array | null): number[] {
    if (!wanted && !there) return index.trigrams.nearest(text, CANDIDATES);
    return index.trigrams.nearest(text, CANDIDATES, (id) => {
      const key = index.keys[id] ?? -1;
      return (!wanted || wanted[key] === 1) && (!there || there[key] === 1);
    });
  }

  /** Looks up two short words in swapped order, since they share too few trigrams with their name otherwise. */
  #swapped(words: string): number[] {
    const [first, second, third] = words.split(' ');
    if (words.length > LONGEST_SWAPPED || !first || !second || third !== undefined) return [];
    return this.#index.words.trigrams.nearest(`${second} ${first}`, CANDIDATES / 2);
  }
}

function compare(
  { texts, keys }: TextIndex,
  ids: Iterable<number>,
  query: string,
  worth: number,
  found: Map<number, number>,
): void {
  const likeness = new Likeness(query);
  for (const id of new Set(ids)) {
    const like = worth * likeness.of(texts[id] ?? '');
    const key = keys[id] ?? -1;
    if (like >= LEAST_LIKE && like > (found.get(key) ?? 0)) found.set(key, like);
  }
}
