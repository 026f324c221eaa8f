import {
  type FurtherConnectionsName,
  type FurtherLoginName,
  type FurtherUrlName,
  furtherConnectionsNames,
  furtherLoginNames,
  furtherUrlNames,
  type ListUrlName,
  listUrlNames,
} from '../domain/account-settings.ts';
import {
  type SettingApplies,
  type SettingGroup,
  type SettingInfo,
  type SettingKind,
  type SettingName,
  settingNames,
} from '../domain/setting.ts';
import { named } from './named.ts';
import { settingChoices, settingsSchema } from './settings-schema.ts';

interface Traits {
  readonly group: SettingGroup;
  /** Missing for choices. */
  readonly kind?: SettingKind;
  /** `at_once` where it is missing. */
  readonly applies?: SettingApplies;
  /** Admins, too, learn only whether it is set. */
  readonly isSecret?: true;
}

const traits: Readonly<Record<SettingName, Traits>> = {
  XTREAM_URL: { group: 'account', kind: 'address', isSecret: true },
  XTREAM_USERNAME: { group: 'account', kind: 'text', isSecret: true },
  XTREAM_PASSWORD: { group: 'account', kind: 'text', isSecret: true },
  XTREAM_MAX_CONNECTIONS: { group: 'account', kind: 'number' },
  ...named<FurtherUrlName, Traits>(furtherUrlNames, { group: 'account', kind: 'address', isSecret: true }),
  ...named<ListUrlName, Traits>(listUrlNames, { group: 'account', kind: 'address', isSecret: true }),
  ...named<FurtherLoginName, Traits>(furtherLoginNames, { group: 'account', kind: 'text', isSecret: true }),
  ...named<FurtherConnectionsName, Traits>(furtherConnectionsNames, { group: 'account', kind: 'number' }),
  ACCOUNTS_OFF: { group: 'account', kind: 'list' },
  ACCOUNTS_ORDER: { group: 'account', kind: 'list' },
  XTREAM_USER_AGENT: { group: 'account', kind: 'text' },
  // It may name the provider's host.
  TLS_ACCEPT: { group: 'account', kind: 'list', isSecret: true },
  HIDDEN_CATEGORIES: { group: 'account', kind: 'list' },
  HIDDEN_CHANNELS: { group: 'account', kind: 'list' },
  ONLY_CHANNELS: { group: 'account', kind: 'list' },
  HOST: { group: 'server', kind: 'text' },
  PORT: { group: 'server', kind: 'number' },
  PUBLIC_URL: { group: 'server', kind: 'address' },
  TRUST_PROXY: { group: 'server', kind: 'list' },
  // The settings of the page are kept in it.
  DATA_DIR: { group: 'server', kind: 'text', applies: 'environment_only' },
  ADMIN_TOKEN: { group: 'server', kind: 'text', isSecret: true },
  VIEWER_ACCESS: { group: 'server' },
  EMBED_ORIGINS: { group: 'server', kind: 'list' },
  SEGMENTS_URL: { group: 'server', kind: 'list' },
  EDGE_SECRET: { group: 'server', kind: 'text', isSecret: true },
  PLAYLIST_CACHE_SECONDS: { group: 'server', kind: 'number' },
  UPLOAD_MBIT: { group: 'server', kind: 'number' },
  DEFAULT_LANGUAGE: { group: 'server' },
  LOG_LEVEL: { group: 'server', applies: 'restart' },
  ACCESS_LOG: { group: 'server', applies: 'restart' },
  DISCORD_TOKEN: { group: 'bots', kind: 'text', isSecret: true },
  DISCORD_GUILD_ID: { group: 'bots', kind: 'text' },
  // The address of a proxy may hold a password.
  DISCORD_API_URL: { group: 'bots', kind: 'address', isSecret: true },
  DISCORD_ADMIN_ROLES: { group: 'bots', kind: 'list' },
  DISCORD_CONTROLLER_ROLES: { group: 'bots', kind: 'list' },
  DISCORD_VIEWER_ROLES: { group: 'bots', kind: 'list' },
  DISCORD_CLIENT_ID: { group: 'bots', kind: 'text' },
  DISCORD_CLIENT_SECRET: { group: 'bots', kind: 'text', isSecret: true },
  TELEGRAM_TOKEN: { group: 'bots', kind: 'text', isSecret: true },
  TELEGRAM_API_URL: { group: 'bots', kind: 'address', isSecret: true },
  TELEGRAM_WEBHOOK: { group: 'bots' },
  TELEGRAM_ADMIN_IDS: { group: 'bots', kind: 'list' },
  TELEGRAM_CONTROLLER_IDS: { group: 'bots', kind: 'list' },
  TELEGRAM_VIEWER_IDS: { group: 'bots', kind: 'list' },
  ETIQUETTE: { group: 'stream' },
  REACTIONS: { group: 'stream' },
  // Whoever chooses a program runs it.
  FFMPEG_PATH: { group: 'stream', kind: 'text', applies: 'environment_only' },
  AUDIO: { group: 'stream', applies: 'next_channel' },
  AUDIO_LANGUAGES: { group: 'stream', kind: 'list', applies: 'next_channel' },
  VIDEO_ENCODER: { group: 'stream', applies: 'next_channel' },
  LOWER_RENDITION: { group: 'stream' },
  FAILOVER: { group: 'stream' },
  IDLE_STOP_MINUTES: { group: 'stream', kind: 'number' },
  REWIND_MINUTES: { group: 'stream', kind: 'number' },
  OUTPUT_CHANNELS: { group: 'players', kind: 'text' },
  HDHOMERUN_DISCOVERY: { group: 'players' },
  // Addresses of guides often hold a token.
  XMLTV_URLS: { group: 'players', kind: 'list', isSecret: true },
  JELLYFIN_URL: { group: 'players', kind: 'address' },
  JELLYFIN_API_KEY: { group: 'players', kind: 'text', isSecret: true },
  // Whoever chooses a folder has files written there.
  RECORDINGS_DIR: { group: 'recordings', kind: 'text', applies: 'environment_only' },
  RECORDINGS_NAMES: { group: 'recordings', kind: 'text' },
  RECORDINGS_FORMAT: { group: 'recordings' },
  RECORDINGS_BEFORE_MINUTES: { group: 'recordings', kind: 'number' },
  RECORDINGS_AFTER_MINUTES: { group: 'recordings', kind: 'number' },
  RECORDINGS_KEEP_DAYS: { group: 'recordings', kind: 'number' },
  RECORDINGS_KEEP_PER_TITLE: { group: 'recordings', kind: 'number' },
  RECORDINGS_MOST_GB: { group: 'recordings', kind: 'number' },
  RECORDINGS_FREE_GB: { group: 'recordings', kind: 'number' },
  RECORDINGS_PER_PERSON: { group: 'recordings', kind: 'number' },
};

const choices: Partial<Record<SettingName, readonly string[]>> = settingChoices;
const defaults = settingsSchema.parse({});

/** What is true of each setting whatever its value, in the order of .env.example. */
export const settingInfos: readonly SettingInfo[] = settingNames.map((name) => {
  const { group, kind = 'choice', applies = 'at_once', isSecret = false } = traits[name];
  const value = defaults[name];
  return {
    ...{ name, group, kind, applies, isSecret },
    choices: choices[name] ?? [],
    defaultValue: value === undefined ? null : String(value),
  };
});

/** @throws Error for a name that is no setting's. */
export function settingInfo(name: SettingName): SettingInfo {
  const info = settingInfos.find((each) => each.name === name);
  if (!info) throw new Error(`there is no setting ${name}`);
  return info;
}
