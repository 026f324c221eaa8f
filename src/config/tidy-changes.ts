import { accountSettings, listUrlNames } from '../domain/account-settings.ts';
import { isSettingName } from '../domain/setting.ts';
import type { SettingProblem } from '../domain/setting-problem.ts';
import { isListOutside } from './list-place.ts';
import { nearestSetting } from './misspelt-settings.ts';
import { settingInfo } from './setting-info.ts';
import { tidyValue } from './tidy-value.ts';

/** New values by the names of settings; null goes back to the default. */
export type Changes = Readonly<Record<string, string | null>>;

/** What the present settings say. */
export interface Present {
  /** Whether the environment decides a setting. */
  readonly isLocked: (name: string) => boolean;
  /** A setting's text; null where it is not set. */
  readonly textOf: (name: string) => string | null;
  readonly dataDir: string;
}

/** Addresses, and the secrets that are sent there. */
const sentTo: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    accountSettings.flatMap((names) =>
      names.kind === 'xtream' ? [[names.url, [names.username, names.password]]] : [],
    ),
  ),
  DISCORD_API_URL: ['DISCORD_TOKEN', 'DISCORD_CLIENT_SECRET'],
  TELEGRAM_API_URL: ['TELEGRAM_TOKEN'],
  JELLYFIN_URL: ['JELLYFIN_API_KEY'],
};

/** A longer name says nothing in a sentence. */
const LONGEST_NAME = 40;

/** Values as people typed them, as they were meant, and why some cannot be changed here. */
export function tidyChanges(
  changes: Changes,
  present: Present,
): { readonly values: Changes; readonly problems: readonly SettingProblem[] } {
  const values = new Map<string, string | null>();
  const problems: SettingProblem[] = [];
  for (const [name, typed] of Object.entries(changes)) {
    const value = typed === null || !isSettingName(name) ? null : tidyValue(name, typed);
    const problem = refusal(name, value ?? '', present);
    if (problem) problems.push(problem);
    else values.set(name, value);
  }
  problems.push(...secretsSentElsewhere(values, present));
  return { values: Object.fromEntries(values), problems };
}

/** Why a setting cannot be changed to a value here, besides what the value must be. */
function refusal(name: string, value: string, { isLocked, dataDir }: Present): SettingProblem | null {
  if (!isSettingName(name)) return unknown(name);
  if (settingInfo(name).applies === 'environment_only') return { name, rule: 'environment_only', params: {} };
  if (isLocked(name)) return { name, rule: 'set_by_environment', params: {} };
  if (isListName(name) && isListOutside(value, dataDir)) return { name, rule: 'list_outside', params: {} };
  return /\p{Cc}/u.test(value) ? { name, rule: 'must_be_one_line', params: {} } : null;
}

/** Nobody who only knows that a secret is set may have it sent to a server of theirs: they must know the secret. */
function secretsSentElsewhere(
  values: ReadonlyMap<string, string | null>,
  { textOf }: Present,
): SettingProblem[] {
  return Object.entries(sentTo).flatMap(([name, secrets]): SettingProblem[] => {
    const address = values.get(name);
    const isElsewhere = address != null && address !== textOf(name);
    const kept = secrets.filter((secret) => textOf(secret) !== null && !values.has(secret));
    return isElsewhere && kept.length > 0
      ? [{ name, rule: 'secret_again', params: { secret: kept.join(', ') } }]
      : [];
  });
}

/** Whether a setting says where a list is, which may be a file. */
export function isListName(name: string): boolean {
  return listUrlNames.some((each) => each === name);
}

function unknown(given: string): SettingProblem {
  const name = given.slice(0, LONGEST_NAME);
  const { nearest, errors } = nearestSetting(name.trim().toUpperCase());
  return errors <= nearest.length / 2
    ? { name, rule: 'misspelt_setting', params: { nearest } }
    : { name, rule: 'unknown_setting', params: {} };
}
