import { TypoDistance } from '../../lib/typo-distance.ts';
import { joinWords } from '../names/fold.ts';

/**
 * The weights of the kinds of likeness. Results hardly depend on them: half or double the distance from 1 changes less than
 * one answer in a hundred.
 */
const PREFIX = 0.92;
const SORTED = 0.96;
const WORDS = 0.96;
const COVERED = 0.3;
const SWAPPED = 0.96;
const OTHER_NUMBERS = 0.07;
/** Bonus for equal spaces: "hi d" means "Hi Drama" rather than "Hidive", since a space in a text without errors is intended. */
const SAME_SPACES = 0.012;
const FEWEST_LIKE = 0.55;

interface Word {
  readonly text: string;
  readonly typos: TypoDistance;
}

/**
 * Compares one query with names. The likeness is the best of four comparisons, since a person makes one kind of mistake at a
 * time: as a whole (typing errors), as a beginning, with sorted words (swapped words), and word by word (missing or shortened
 * words). The first three ignore spaces. Queries and names are folded words.
 */
export class Likeness {
  readonly #query: string;
  readonly #joined: TypoDistance;
  readonly #sorted: TypoDistance | null;
  readonly #words: readonly Word[];
  readonly #letters: number;
  readonly #digits: string;

  constructor(query: string) {
    const words = splitWords(query);
    this.#query = query;
    this.#joined = new TypoDistance(joinWords(query));
    this.#sorted = words.length > 1 ? new TypoDistance(words.toSorted().join('')) : null;
    this.#words = words.map((text) => ({ text, typos: new TypoDistance(text) }));
    this.#letters = this.#joined.text.length;
    this.#digits = digitsOf(query);
  }

  /** The likeness of a name, from 0 to 1, or a little more with equal spaces. */
  of(name: string): number {
    const joined = joinWords(name);
    const longer = Math.max(this.#letters, joined.length);
    if (this.#letters === 0 || joined === '') return 0;
    this.#joined.measure(joined);
    const whole = 1 - this.#joined.whole / longer;
    const share = Math.min(1, this.#letters / joined.length);
    const start = (1 - this.#joined.start / this.#letters) * (PREFIX + (1 - PREFIX) * share);
    let best = Math.max(whole, start);
    if (best < 1 && name.startsWith(this.#query)) return best + SAME_SPACES * (1 - share);
    if (best < 1) {
      const words = splitWords(name);
      if (this.#sorted && words.length > 1) {
        this.#sorted.measure(words.toSorted().join(''));
        best = Math.max(best, SORTED * (1 - this.#sorted.whole / longer));
      }
      best = Math.max(best, WORDS * this.#wordByWord(words, joined.length));
    }
    return this.#digits !== '' && digitsOf(name) !== this.#digits ? best - OTHER_NUMBERS : best;
  }

  #wordByWord(names: readonly string[], nameLetters: number): number {
    let sum = 0;
    let covered = 0;
    let last = -1;
    let isInOrder = true;
    const isUsed = new Uint8Array(names.length);
    for (const word of this.#words) {
      let best = 0;
      let which = -1;
      for (const [place, name] of names.entries()) {
        if (isUsed[place] === 1) continue;
        const like = likenessOfWords(word, name);
        if (like > best) [best, which] = [like, place];
      }
      if (which < 0) continue;
      isUsed[which] = 1;
      if (which < last) isInOrder = false;
      last = which;
      sum += best * word.text.length;
      covered += names[which]?.length ?? 0;
    }
    const share = Math.min(1, covered / nameLetters);
    return (sum / this.#letters) * (1 - COVERED + COVERED * share) * (isInOrder ? 1 : SWAPPED);
  }
}

function likenessOfWords({ text, typos }: Word, name: string): number {
  if (text === name) return 1;
  const longer = Math.max(text.length, name.length);
  if (name.startsWith(text)) return 0.85 + (0.15 * text.length) / longer;
  // Digits must be equal, and single letters are not similar to each other.
  if (text.length < 2 || Math.abs(text.length - name.length) > 3 || isDigit(text)) return 0;
  typos.measure(name);
  const like = 1 - typos.whole / longer;
  return like < FEWEST_LIKE ? 0 : like;
}

/** Splits at spaces and between letters and digits: "tf1" is "tf" and "1". */
function splitWords(text: string): string[] {
  return text.match(/[a-z]+|\d+/g) ?? [];
}

function digitsOf(text: string): string {
  return text.replace(/\D+/g, '');
}

function isDigit(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}
