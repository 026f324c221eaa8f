/**
 * Makes queries from channel names and a seed, with the mistakes that people make: beginnings, one and two typing
 * errors, swapped words, missing accents and spaces, numbers as words.
 */
import { foldWords } from '../src/catalogue/names/fold.ts';
import { parseName } from '../src/catalogue/names/parse-name.ts';

/** A name of the list and the key of its channel. */
export type Entry = readonly [name: string, key: string];

export interface BenchQuery {
  /** The kind of mistake. */
  readonly cat: string;
  readonly q: string;
  /** The key of the channel meant. */
  readonly k: string;
}

/** A generator of numbers from 0 to 1 (mulberry32), the same for the same seed everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(list: readonly T[], random: () => number): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

type Mistake = (name: string, random: () => number) => string | null;

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

const mistakes: Readonly<Record<string, Mistake>> = {
  exact: (name) => foldWords(name),
  prefix: (name, random) => {
    const words = foldWords(name);
    if (words.length < 6) return null;
    const shortest = Math.max(4, Math.ceil(words.length / 2));
    return words.slice(0, shortest + Math.floor(random() * (words.length - shortest))).trim();
  },
  typo1: (name, random) => (name.length < 5 ? null : typo(foldWords(name), random)),
  typo2: (name, random) => (name.length < 8 ? null : typo(typo(foldWords(name), random), random)),
  swap: (name) => {
    const words = foldWords(name).split(' ');
    return words.length < 2 ? null : [words.at(-1), ...words.slice(0, -1)].join(' ');
  },
  nospace: (name) => (/\s/.test(name) ? foldWords(name).replaceAll(' ', '') : null),
  'nospace+typo': (name, random) =>
    /\s/.test(name) && name.length > 6 ? typo(foldWords(name).replaceAll(' ', ''), random) : null,
  accent: (name) => (/[À-ÿĀ-ſ]/.test(name) ? foldWords(name) : null),
  number: (name) => {
    const words = foldWords(name);
    const spoken = words.replace(/ ([1-9])(?= |$)/, (_match, digit: string) => ` ${digits[Number(digit)]}`);
    return spoken === words ? null : spoken;
  },
};

/** Makes `count` queries, spread evenly over the kinds of mistake. Skips names in other alphabets. */
export function makeQueries(entries: readonly Entry[], count: number, seed: number): BenchQuery[] {
  const random = seededRandom(seed);
  const kinds = Object.entries(mistakes);
  const queries: BenchQuery[] = [];
  for (let tries = 0; queries.length < count && tries < count * 500; tries++) {
    const [cat, make] = kinds[queries.length % kinds.length] ?? [];
    const [raw, k] = pick(entries, random);
    const { name, kind } = parseName(raw);
    if (!cat || !make || kind === 'separator' || !/^[\p{Script=Latin}\p{P}\p{N}\s+&]{3,}$/u.test(name))
      continue;
    const q = make(name, random);
    if (q !== null && q.length >= 3) queries.push({ cat, q, k });
  }
  return queries;
}

/** Makes one typing error: a letter left out, inserted, changed, or swapped with its neighbour. */
function typo(words: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (words.length - 2));
  const letter = pick(letters, random);
  const [before, here, next] = [words.slice(0, at), words.charAt(at), words.charAt(at + 1)];
  const after = words.slice(at + 2);
  switch (Math.floor(random() * 4)) {
    case 0:
      return before + next + after;
    case 1:
      return before + letter + here + next + after;
    case 2:
      return before + letter + next + after;
    default:
      return before + next + here + after;
  }
}
