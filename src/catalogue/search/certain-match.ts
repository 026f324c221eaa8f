import { TypoDistance } from '../../lib/typo-distance.ts';
import { foldWords, joinWords } from '../names/fold.ts';
import { digitsForWords } from '../names/numbers.ts';
import type { GroupResult } from './channel-search.ts';
import { parseQuery } from './query.ts';

/** The lead that decides between channels with the same name in two countries; it comes from the asker's boosts. */
const LEAD_OF_SAME = 0.04;
/** The lead with which a result is meant even by a part of its name. */
const LEAD = 0.14;
const LEAST = 0.7;
/** The number of letters from which a second typing error is accepted. */
const LONG = 9;
const SHORTEST_WITH_SLIP = 5;

/**
 * The result that is meant beyond doubt, so that nobody needs to be asked: the one with the typed number, the only one whose
 * whole name was typed, apart from typing errors, or the one with a great lead. Null if several could be meant.
 * @param results the results for the typed text, best first.
 */
export function certainMatch(typed: string, results: readonly GroupResult[]): GroupResult | null {
  const [first, second] = results;
  if (!first) return null;
  if (!second) return first.score >= LEAST ? first : null;
  const numbered = results.filter(({ why }) => why.includes('number'));
  if (numbered.length > 0) return numbered.length === 1 && numbered[0] === first ? first : null;
  const lead = first.score - second.score;
  const slips = results.map((result) => slipsOf(typed, result));
  const fewest = Math.min(...slips);
  const whole = results.filter((_, at) => slips[at] === fewest && fewest !== Number.POSITIVE_INFINITY);
  if (whole.length === 1 && whole[0] === first) return first;
  if (whole.length > 1 && whole[0] === first) return lead >= LEAD_OF_SAME ? first : null;
  return whole.length === 0 && first.score >= LEAST && lead >= LEAD ? first : null;
}

/** The number of typing errors if the whole name was meant; infinite if that is impossible. */
function slipsOf(typed: string, { name, country }: GroupResult): number {
  const named = joinWords(digitsForWords(foldWords(name)));
  let fewest = Number.POSITIVE_INFINITY;
  for (const form of parseQuery(typed, () => true).forms) {
    if (form.country !== null && form.country !== country) continue;
    const words = joinWords(digitsForWords(form.words));
    // Digits must be equal: Sky Sports 2 is not Sky Sports 3.
    if (words.replace(/\D+/g, '') !== named.replace(/\D+/g, '')) continue;
    const distance = new TypoDistance(words);
    distance.measure(named);
    if (distance.whole <= allowed(words)) fewest = Math.min(fewest, distance.whole);
  }
  return fewest;
}

function allowed({ length }: string): number {
  if (length < SHORTEST_WITH_SLIP) return 0;
  return length < LONG ? 1 : 2;
}
