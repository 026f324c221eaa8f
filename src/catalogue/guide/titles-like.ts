import { findLike } from '../names/find-like.ts';
import type { TimeSlices } from '../time-slices.ts';
import type { GuideReader } from './guide-reader.ts';

/** So many words of the guide are compared with one that was typed, so many of them are looked for, in so many titles. */
const MOST_WORDS = 100;
const MOST_SPELLINGS = 12;
const MOST_TITLES = 150;
/** So many titles may be meant. */
const MOST_FOUND = 20;
/** Words that are typed, of which a title has all. */
const MOST_TYPED = 8;
/** Shorter words are in too many titles, and too like each other, to be looked for; they count in the comparison. */
const SHORTEST = 4;
/** Letters more or fewer that a typing error makes. */
const REACH = 2;

type Guide = Pick<GuideReader, 'spellings' | 'titlesWith'>;

/**
 * Numbers of the titles that were probably meant by words with typing errors, best first. The index of the titles says
 * which words begin like those, and which titles have them; only these are compared.
 * @param typed folded. @param slices gets a rest between all steps.
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

/** The word itself, and words of the guide that are like it. */
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

/** Its first two letters, either way round. */
function beginnings(word: string): string[] {
  const [first = '', second = ''] = word;
  return [...new Set([first + second, second + first])];
}

/** How many pairs of neighbouring letters are in both. */
function sharedPairs(word: string, other: string): number {
  let shared = 0;
  for (let at = 0; at < word.length - 1; at++) if (other.includes(word.slice(at, at + 2))) shared++;
  return shared;
}
