import { countryOfCode } from '../names/countries.ts';
import { parseName } from '../names/parse-name.ts';

/** A name as it is compared, and the country; empty where none is known. */
export interface ComparableName {
  readonly name: string;
  readonly country: string;
}

/** "TF1.fr" is TF1 in France. */
const ENDING = /^(.*\p{L}.*)\.([a-z]{2})$/iu;

/** The names by which a guide's channel can be found, from its names for people and from its id. */
export function comparableNames(id: string, names: readonly string[]): ComparableName[] {
  const [, stem = '', ending = ''] = ENDING.exec(id) ?? [];
  const country = countryOfCode(ending);
  const parsed = names.map((name) => parseName(name, country));
  const known = country ?? parsed.find((each) => each.country !== null)?.country ?? null;
  // Without the country it is an id like any other.
  if (country !== null) parsed.push(parseName(stem, country));
  const found = new Map<string, ComparableName>();
  for (const { key, country: own, kind } of parsed) {
    if (key === '' || kind === 'separator') continue;
    const name = { name: key, country: own ?? known ?? '' };
    found.set(`${name.name} ${name.country}`, name);
  }
  return [...found.values()];
}
