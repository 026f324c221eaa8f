import { TypoDistance } from '../lib/typo-distance.ts';

/** Prefixes that only Zapette uses. */
const ours = /^(XTREAM|DISCORD|TELEGRAM)_/;
/** Other names count only if they differ from a setting by this many letters at most. */
const MOST_ERRORS = 2;
const SHORTEST = 6;

export interface Misspelt {
  readonly name: string;
  /** The setting that is most like it. */
  readonly nearest: string;
}

/** Names in the environment that look like misspelt settings. */
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
