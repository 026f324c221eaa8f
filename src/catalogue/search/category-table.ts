import type { Category, Channel } from '../../domain/channel.ts';
import { countryOf, countryOfCode } from '../names/countries.ts';
import { foldWords } from '../names/fold.ts';

interface Known {
  readonly id: string;
  readonly words: readonly string[];
  readonly country: string | null;
}

/** The fewest letters that count as the beginning of a word. */
const SHORTEST_BEGINNING = 3;

/** Finds categories by their words: "fr sport" means "|FR| SPORTS" and "FRANCE: Sport". */
export class CategoryTable {
  readonly #known: Known[];
  readonly #numbers = new Map<string, number>();
  /** The category's number by the channel's place in the list, or -1. */
  readonly #ofChannel: Int16Array;

  constructor(categories: readonly Category[], channels: number) {
    this.#known = categories.map(({ id, name }) => ({
      id,
      words: foldWords(name).split(' '),
      country: countryOfCategory(name),
    }));
    for (const [number, { id }] of this.#known.entries()) this.#numbers.set(id, number);
    this.#ofChannel = new Int16Array(channels).fill(-1);
  }

  /** Stores the category of the channel at a place. @returns the category's country, for names that do not tell theirs. */
  add(place: number, { categoryId }: Channel): string | null {
    if (categoryId === null) return null;
    let number = this.#numbers.get(categoryId);
    if (number === undefined) {
      // Some lists have channels in categories that are not listed.
      number = this.#known.push({ id: categoryId, words: [], country: null }) - 1;
      this.#numbers.set(categoryId, number);
    }
    this.#ofChannel[place] = number;
    return this.#known[number]?.country ?? null;
  }

  /** The places of the channels of a category, in the list's order. */
  placesOf(id: string): number[] {
    const places: number[] = [];
    const number = this.#numbers.get(id);
    if (number === undefined) return places;
    for (
      let place = this.#ofChannel.indexOf(number);
      place >= 0;
      place = this.#ofChannel.indexOf(number, place + 1)
    ) {
      places.push(place);
    }
    return places;
  }

  /** The places of the channels whose category contains all words of the query, in the list's order, at most `limit`. */
  places(query: string, limit: number): number[] {
    const words = query.split(' ').filter((word) => word !== '');
    const wanted = new Set<number>();
    for (const [number, category] of this.#known.entries()) {
      if (words.length > 0 && words.every((word) => hasWord(category, word))) wanted.add(number);
    }
    const places: number[] = [];
    if (wanted.size === 0) return places;
    for (let place = 0; place < this.#ofChannel.length && places.length < limit; place++) {
      if (wanted.has(this.#ofChannel[place] ?? -1)) places.push(place);
    }
    return places;
  }
}

function hasWord({ words, country }: Known, word: string): boolean {
  if (country !== null && countryOf(word) === country) return true;
  return words.some(
    (known) =>
      known === word ||
      (word.length >= SHORTEST_BEGINNING && (known.startsWith(word) || known === singular(word))),
  );
}

function singular(word: string): string {
  return word.replace(/s$/, '');
}

/** The country at the beginning of a category's name, if any: "|FR| SPORT", "FR - CINÉMA", "FRANCE SPORT". */
export function countryOfCategory(name: string): string | null {
  const [first = '', second = ''] = foldWords(name).split(' ');
  const isMarked =
    /^\W*\p{L}{2,5}\W*[|:\])┃✦-]/u.test(name) || first.length > 3 || first === name.trim().toLowerCase();
  // "IN CONCERT" and "TV SHOWS" begin with country codes too.
  return (
    (isMarked ? countryOf(first) : null) ??
    countryOf(`${first} ${second}`) ??
    (/^[A-Z]{2,4}\s/.test(name) && first !== 'in' && first !== 'tv' ? countryOfCode(first) : null)
  );
}
