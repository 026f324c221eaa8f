import anyAscii from 'any-ascii';
import { spellLetters } from './arabic.ts';

/** Transliterations write some letters as signs, which would part a word in two. */
const APOSTROPHES = /['`’ʼ]/g;

const ASCII = /^\p{ASCII}*$/u;
const BEYOND_ASCII = /\P{ASCII}+/gu;

/**
 * Words as they are compared: Latin letters and digits in lower case, one space apart; "+" is "plus". Other scripts
 * are transliterated, names and queries alike, so that each finds its own script and, as far as that can be, Latin
 * letters find it too. "CANAL+ SÉRIES" is "canal plus series", "Первый канал" is "pervyy kanal". Empty for signs.
 */
export function foldWords(text: string): string {
  return toLatin(foldLetters(text));
}

/** The same, in the script of the text: "первыи канал". Arabic spellings of Latin letters become those letters. */
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

export function toLatin(folded: string): string {
  if (ASCII.test(folded)) return folded;
  return folded
    .replace(BEYOND_ASCII, (run) => anyAscii(run).replace(APOSTROPHES, ''))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Words in a row, without the spaces that people leave out and put in. */
export function joinWords(words: string): string {
  return words.replaceAll(' ', '');
}
