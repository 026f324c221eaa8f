import type { SettingGroup, SettingName } from '../domain/setting.ts';
import type { SettingRule } from '../domain/setting-problem.ts';

/** What the settings are for, and what can be wrong with them. */
export interface SettingMessages {
  readonly groups: Readonly<Record<SettingGroup, string>>;
  readonly meanings: Readonly<Record<SettingName, string>>;
  /** The heading of a list of problems. */
  readonly wrong: string;
  /** What to do about a problem. `{name}` is the setting, everything else is filled in from the problem's parameters. */
  readonly rules: Readonly<Record<SettingRule, string>>;
}
