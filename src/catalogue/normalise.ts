import { parseName } from './names/parse-name.ts';

/**
 * A name as it is compared, never shown: no case, accents, country in front, quality at the end or signs, "+" as
 * "plus", words one space apart, in Latin letters. "[FR] CANAL+ SÉRIES ᴴᴰ" becomes "canal plus series". Never empty
 * for a name.
 */
export function normaliseName(name: string): string {
  return parseName(name).words || name.trim();
}
