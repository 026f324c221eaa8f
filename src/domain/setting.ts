import { furtherAccountSettings } from './account-settings.ts';

/** Every setting, by its name in the environment, in the order of .env.example. */
export const settingNames = [
  'XTREAM_URL',
  'XTREAM_USERNAME',
  'XTREAM_PASSWORD',
  'XTREAM_MAX_CONNECTIONS',
  ...furtherAccountSettings,
  'ACCOUNTS_OFF',
  'ACCOUNTS_ORDER',
  'XTREAM_USER_AGENT',
  'TLS_ACCEPT',
  'HIDDEN_CATEGORIES',
  'HIDDEN_CHANNELS',
  'ONLY_CHANNELS',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUST_PROXY',
  'DATA_DIR',
  'ADMIN_TOKEN',
  'VIEWER_ACCESS',
  'EMBED_ORIGINS',
  'SEGMENTS_URL',
  'EDGE_SECRET',
  'PLAYLIST_CACHE_SECONDS',
  'UPLOAD_MBIT',
  'DEFAULT_LANGUAGE',
  'LOG_LEVEL',
  'ACCESS_LOG',
  'DISCORD_TOKEN',
  'DISCORD_GUILD_ID',
  'DISCORD_API_URL',
  'DISCORD_ADMIN_ROLES',
  'DISCORD_CONTROLLER_ROLES',
  'DISCORD_VIEWER_ROLES',
  'DISCORD_CLIENT_ID',
  'DISCORD_CLIENT_SECRET',
  'TELEGRAM_TOKEN',
  'TELEGRAM_API_URL',
  'TELEGRAM_WEBHOOK',
  'TELEGRAM_ADMIN_IDS',
  'TELEGRAM_CONTROLLER_IDS',
  'TELEGRAM_VIEWER_IDS',
  'ETIQUETTE',
  'REACTIONS',
  'FFMPEG_PATH',
  'AUDIO',
  'AUDIO_LANGUAGES',
  'VIDEO_ENCODER',
  'LOWER_RENDITION',
  'FAILOVER',
  'IDLE_STOP_MINUTES',
  'REWIND_MINUTES',
  'OUTPUT_CHANNELS',
  'HDHOMERUN_DISCOVERY',
  'XMLTV_URLS',
  'JELLYFIN_URL',
  'JELLYFIN_API_KEY',
  'RECORDINGS_DIR',
  'RECORDINGS_NAMES',
  'RECORDINGS_FORMAT',
  'RECORDINGS_BEFORE_MINUTES',
  'RECORDINGS_AFTER_MINUTES',
  'RECORDINGS_KEEP_DAYS',
  'RECORDINGS_KEEP_PER_TITLE',
  'RECORDINGS_MOST_GB',
  'RECORDINGS_FREE_GB',
  'RECORDINGS_PER_PERSON',
] as const;
export type SettingName = (typeof settingNames)[number];

export function isSettingName(name: string): name is SettingName {
  return (settingNames as readonly string[]).includes(name);
}

/** The parts in which settings are shown. */
export const settingGroups = ['account', 'server', 'bots', 'stream', 'players', 'recordings'] as const;
export type SettingGroup = (typeof settingGroups)[number];

/** The form of a value. list: values separated by commas · address: begins with http:// or https:// */
export type SettingKind = 'text' | 'number' | 'choice' | 'list' | 'address';

/** When a changed value takes effect. environment_only: it cannot be changed while Zapette runs. */
export type SettingApplies = 'at_once' | 'next_channel' | 'restart' | 'environment_only';

/** What is true of a setting whatever its value. */
export interface SettingInfo {
  readonly name: SettingName;
  readonly group: SettingGroup;
  readonly kind: SettingKind;
  /** Empty unless it is a choice. */
  readonly choices: readonly string[];
  /** True if the value is shown to nobody. */
  readonly isSecret: boolean;
  readonly applies: SettingApplies;
  readonly defaultValue: string | null;
}

/** A setting and its effective value, shown to admins. */
export interface Setting extends SettingInfo {
  /** Null if the setting has no value, or if it is a secret. */
  readonly value: string | null;
  /** False if the value is the default. */
  readonly isSet: boolean;
}

/** A setting with what the set-up page needs to know about it. */
export interface SettingEntry extends Setting {
  /** What decides the value; the environment wins over the page. */
  readonly source: 'environment' | 'page' | 'default';
  /** True if the value was changed and takes effect with the next start. */
  readonly needsRestart: boolean;
}
