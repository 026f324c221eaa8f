import { TypoDistance } from './catalogue/search/typo-distance.ts';

/** Nobody else has names that begin so. */
const ours = /^(XTREAM|DISCORD|TELEGRAM)_/;
/** Of other names, only those that are almost one of ours: the rest of the environment is none of our business. */
const MOST_ERRORS = 2;
const SHORTEST = 6;

export interface Misspelt {
  readonly name: string;
  /** The setting that is most like it. */
  readonly nearest: string;
}

/** Settings that nobody knows and somebody has set. */
export function misspeltSettings(given: readonly string[], known: readonly string[]): Misspelt[] {
  return given.flatMap((name) => {
    if (known.includes(name) || !/^[A-Z][A-Z0-9_]*$/.test(name)) return [];
    const typo = new TypoDistance(name);
    const distances = known.map((setting) => {
      typo.measure(setting);
      return { nearest: setting, errors: typo.whole };
    });
    const [best] = distances.sort((one, other) => one.errors - other.errors);
    if (!best) return [];
    const isAlmost = best.errors <= MOST_ERRORS && name.length >= SHORTEST;
    return isAlmost || ours.test(name) ? [{ name, nearest: best.nearest }] : [];
  });
}
