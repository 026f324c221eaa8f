import anyAscii from 'any-ascii';
import { spellLetters } from './arabic.ts';

/** Transliterations write some letters as apostrophes, which would split a word. */
const APOSTROPHES = /['`’ʼ]/g;

const ASCII = /^\p{ASCII}*$/u;
const BEYOND_ASCII = /\P{ASCII}+/gu;

/**
 * Folds a text for comparison: Latin letters and digits in lower case with single spaces; "+" becomes "plus". Other scripts are
 * transliterated in names and queries alike, so that a query finds names in its own script and, as far as possible, in others.
 * "CANAL+ SÉRIES" is "canal plus series", "Первый канал" is "pervyy kanal". Empty if there are no letters and digits.
 */
export function foldWords(text: string): string {
  return toLatin(foldLetters(text));
}

/** Folds a text in its own script: "первыи канал". Spelled-out Latin letters in Arabic become those letters. */
export function foldLetters(text: string): string {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('+', ' plus ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ASCII.test(folded) ? folded : spellLetters(folded);
}

/** Transliterates a folded text to Latin letters. */
export function toLatin(folded: string): string {
  if (ASCII.test(folded)) return folded;
  return folded
    .replace(BEYOND_ASCII, (run) => anyAscii(run).replace(APOSTROPHES, ''))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Removes the spaces of folded words, since people add and omit them. */
export function joinWords(words: string): string {
  return words.replaceAll(' ', '');
}
