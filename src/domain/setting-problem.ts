import { AppError, type ErrorParams } from './errors.ts';

/** What a setting can do wrong; words/settings.*.ts has a sentence for each. */
export const settingRules = [
  // the value
  'must_be_address',
  'must_be_addresses',
  'must_be_web_addresses',
  'must_be_edge_secret',
  'must_be_host',
  'must_be_whole_number',
  'must_be_one_of',
  'must_be_plain_text',
  'must_be_one_line',
  'must_be_id',
  'must_be_discord_ids',
  'must_be_telegram_ids',
  'must_be_languages',
  'must_be_origins',
  'must_be_certificates',
  'must_be_proxies',
  'must_be_long_token',
  'must_be_output_channels',
  'must_be_accounts',
  'must_be_list',
  'must_be_name_patterns',
  'must_be_recording_names',
  // together with others
  'account_part_missing',
  'accounts_all_off',
  'discord_login_part_missing',
  'webhook_needs_https',
  // a change
  'unknown_setting',
  'misspelt_setting',
  'set_by_environment',
  'environment_only',
  'list_outside',
  'secret_again',
  // what a start has found
  'left_out',
  // this machine
  'port_in_use',
  'port_needs_rights',
  'cannot_listen',
  'unreadable_file',
] as const;
export type SettingRule = (typeof settingRules)[number];

/** One thing that is wrong with a setting. */
export interface SettingProblem {
  /** The setting, as it was given; for `unreadable_file` the file. */
  readonly name: string;
  readonly rule: SettingRule;
  /** Values for the rule's sentence; never the setting's own. */
  readonly params: ErrorParams;
}

/** Everything that is wrong with the settings at once, by name and never by value. */
export class SettingsWrong extends AppError {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[], options?: ErrorOptions) {
    super('settings_wrong', { names: problems.map(({ name }) => name).join(', ') }, options);
    this.problems = problems;
    this.message = `settings_wrong: ${problems.map(({ name, rule }) => `${name} ${rule}`).join(', ')}`;
  }
}
