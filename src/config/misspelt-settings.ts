import { isSettingName, type SettingName, settingNames } from '../domain/setting.ts';
import { TypoDistance } from '../lib/typo-distance.ts';

/** Prefixes that only Zapette uses. */
const ours = /^(XTREAM|M3U_\d|DISCORD|TELEGRAM)_/;
/** Other names count only if they differ from a setting by this many letters at most. */
const MOST_ERRORS = 2;
const SHORTEST = 6;

export interface Misspelt {
  readonly name: string;
  /** The setting that is most like it. */
  readonly nearest: SettingName;
}

/** Names in the environment that look like misspelt settings. */
export function misspeltSettings(given: readonly string[]): Misspelt[] {
  return given.flatMap((name) => {
    if (isSettingName(name) || !/^[A-Z][A-Z0-9_]*$/.test(name)) return [];
    const { nearest, errors } = nearestSetting(name);
    const isAlmost = errors <= MOST_ERRORS && name.length >= SHORTEST;
    return isAlmost || ours.test(name) ? [{ name, nearest }] : [];
  });
}

/** The setting that is most like a name in capitals, and the typing errors between them. */
export function nearestSetting(name: string): { readonly nearest: SettingName; readonly errors: number } {
  const typo = new TypoDistance(name);
  const distances = settingNames.map((nearest) => {
    typo.measure(nearest);
    return { nearest, errors: typo.whole };
  });
  return distances.reduce((best, other) => (other.errors < best.errors ? other : best));
}
