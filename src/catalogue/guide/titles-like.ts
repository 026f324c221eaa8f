import { findLike } from '../names/find-like.ts';
import type { TimeSlices } from '../time-slices.ts';
import type { GuideReader } from './guide-reader.ts';

/** For one typed word: the number of the guide's words that are compared with it, of similar words that are searched, and of titles that are found. */
const MOST_WORDS = 100;
const MOST_SPELLINGS = 12;
const MOST_TITLES = 150;
/** The number of titles in the result. */
const MOST_FOUND = 20;
/** The number of typed words that are used. */
const MOST_TYPED = 8;
/** Shorter words are not searched, since they are in too many titles and too similar to each other; they count in the comparison. */
const SHORTEST = 4;
/** The greatest difference in length between a typed word and a similar one. */
const REACH = 2;

type Guide = Pick<GuideReader, 'spellings' | 'titlesWith'>;

/**
 * The ids of the titles that words with typing errors probably mean, best first. The titles' index tells which words begin
 * alike and which titles contain them; only these are compared.
 * @param typed folded. @param slices yields after each step.
 */
export async function titlesLike(guide: Guide, typed: string, slices: TimeSlices): Promise<number[]> {
  const words = typed.split(' ').slice(0, MOST_TYPED);
  const spellings: string[][] = [];
  for (const word of words.filter(({ length }) => length >= SHORTEST)) {
    spellings.push(spellingsOf(guide, word));
    await slices.rest();
  }
  if (spellings.length === 0) return [];
  const titles = guide.titlesWith(spellings, MOST_TITLES);
  await slices.rest();
  return findLike(titles, words.join(' '), (title) => [title.words], MOST_FOUND).map(({ id }) => id);
}

/** The word itself, and similar words of the guide. */
function spellingsOf(guide: Guide, word: string): string[] {
  if (/^\d/.test(word)) return [word];
  const known = beginnings(word).flatMap((beginning) =>
    guide.spellings(beginning, { from: word.length - REACH, to: word.length + REACH }),
  );
  const likely = known
    .map((spelling) => ({ spelling, shared: sharedPairs(word, spelling) }))
    .sort((a, b) => b.shared - a.shared)
    .slice(0, MOST_WORDS)
    .map(({ spelling }) => spelling);
  return [word, ...findLike(likely, word, (spelling) => [spelling], MOST_SPELLINGS)];
}

/** The first two letters, in both orders. */
function beginnings(word: string): string[] {
  const [first = '', second = ''] = word;
  return [...new Set([first + second, second + first])];
}

/** The number of pairs of neighbouring letters that both words contain. */
function sharedPairs(word: string, other: string): number {
  let shared = 0;
  for (let at = 0; at < word.length - 1; at++) if (other.includes(word.slice(at, at + 2))) shared++;
  return shared;
}
