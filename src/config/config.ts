import { type AccountSettingNames, accountSettings, settingNamesOf } from '../domain/account-settings.ts';
import type { AudioMode, VideoEncoder } from '../domain/encoding.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import type { FailoverMode } from '../domain/failover.ts';
import { type AccountId, mainAccount } from '../domain/ids.ts';
import { type OutputChannels, offerNothing, parseOutputChannels } from '../domain/output-channels.ts';
import type { ReactionMode } from '../domain/reaction.ts';
import type { RecordingFiles, RecordingMargins, RecordingRules } from '../domain/recording.ts';
import { parseRecordingNames } from '../domain/recording-names.ts';
import type { Setting } from '../domain/setting.ts';
import { type SettingProblem, SettingsWrong } from '../domain/setting-problem.ts';
import { acceptValidOnly, parseTlsAccept, type TlsAccept } from '../lib/provider-http/tls-accept.ts';
import { listPath } from './list-place.ts';
import { type Misspelt, misspeltSettings } from './misspelt-settings.ts';
import { settingInfos } from './setting-info.ts';
import { settingsSchema, toProblem } from './settings-schema.ts';

const GB = 1e9;
/** SD_LISTEN_FDS_START */
const FIRST_INHERITED = 3;

/** A subscription with a user name. All three texts are secrets. */
export interface XtreamConfig {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** What the settings say of any account. */
interface AnyAccountConfig {
  readonly id: AccountId;
  /** Null: what the account says. */
  readonly maxConnections: number | null;
  /** Set but not used. */
  readonly isOff: boolean;
}

/** An account of the settings. The address of an M3U list, which may be a path from the root, is a secret. */
export type AccountConfig = AnyAccountConfig &
  (({ readonly kind: 'xtream' } & XtreamConfig) | { readonly kind: 'm3u'; readonly url: string });

/** Ids of people and of what they belong to, by what they may do. */
export interface PeopleConfig {
  readonly admin: ReadonlySet<string>;
  readonly controller: ReadonlySet<string>;
  readonly viewer: ReadonlySet<string>;
}

export interface DiscordConfig {
  readonly token: string;
  readonly guildId: string | null;
  readonly apiUrl: string | null;
  readonly people: PeopleConfig;
  /** "Log in with Discord"; null: off. */
  readonly login: DiscordLoginConfig | null;
}

export interface DiscordLoginConfig {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TelegramConfig {
  readonly token: string;
  readonly apiUrl: string | null;
  /** Telegram sends updates to PUBLIC_URL, rather than being asked for them. */
  readonly isWebhook: boolean;
  readonly people: PeopleConfig;
}

/** The Jellyfin server that is told when the guide has changed. */
export interface JellyfinConfig {
  /** Without a trailing slash. */
  readonly url: string;
  readonly apiKey: string;
}

export interface Config {
  /** The account of `XTREAM_*`; null if there is none. */
  readonly xtream: XtreamConfig | null;
  /** All accounts in the order in which they count; where there is none, there is the demo. */
  readonly accounts: readonly AccountConfig[];
  readonly userAgent: string;
  /** Certificates of the provider that are taken as they are. */
  readonly tlsAccept: TlsAccept;
  /** What is kept of the providers' lists. */
  readonly listFilter: {
    /** Ids of the providers' categories that are left out. */
    readonly hiddenCategories: ReadonlySet<string>;
    /** Patterns of names. */
    readonly hiddenChannels: readonly string[];
    readonly onlyChannels: readonly string[];
  };
  readonly host: string;
  readonly port: number;
  /** File descriptor of a listening socket, by systemd's socket activation (sd_listen_fds(3)). */
  readonly inheritedSocket: number | null;
  /** Without a trailing slash. */
  readonly publicUrl: string | null;
  /** Fastify's trustProxy: the proxies to believe about a client's address. */
  readonly trustProxy: boolean | string;
  readonly dataDir: string;
  readonly adminToken: string | null;
  readonly viewerAccess: 'public' | 'key' | 'login';
  /** Sites that may show the watch page within one of their own. */
  readonly embedOrigins: readonly string[];
  /** Caches from which viewers get segments, without a trailing slash. */
  readonly segmentsUrls: readonly string[];
  /** What signs the addresses that caches may keep; null for a secret of our own. */
  readonly edgeSecret: string | null;
  /** For which caches may keep playlists; 0 for not at all. */
  readonly playlistCacheSeconds: number;
  /** What the line sends, in bits per second; null where nobody has said. */
  readonly upload: number | null;
  readonly language: 'fr' | 'en';
  /** Null: off. */
  readonly discord: DiscordConfig | null;
  readonly telegram: TelegramConfig | null;
  readonly etiquette: Etiquette;
  readonly reactions: ReactionMode;
  readonly ffmpegPath: string | null;
  readonly audio: AudioMode;
  /** Preferred audio languages of the shared screen, best first. */
  readonly audioLanguages: readonly string[];
  readonly videoEncoder: VideoEncoder;
  /** Whether a smaller picture of each screen is made for those who ask for it. */
  readonly hasLowerRendition: boolean;
  readonly failover: FailoverMode;
  /** Null: never. */
  readonly idleStopMinutes: number | null;
  /** Minutes of each screen’s past that are kept; 0 for none. */
  readonly rewindMinutes: number;
  /** The channels that players are offered besides the screens. */
  readonly outputChannels: OutputChannels;
  /** Players of the local network find this server as an HDHomeRun tuner. */
  readonly isDiscoverable: boolean;
  /** Addresses of further guides, the preferred first; they may hold tokens. */
  readonly xmltvUrls: readonly string[];
  /** Null unless both the address and the key are set. */
  readonly jellyfin: JellyfinConfig | null;
  /** Null: a folder in `dataDir`. */
  readonly recordingsDir: string | null;
  /** Milliseconds that are recorded before and after a programme. */
  readonly recordingMargins: RecordingMargins;
  readonly recordingFiles: RecordingFiles;
  readonly recordingRules: RecordingRules;
  /** Recordings that a viewer may have planned or running at once; 0: viewers may not record. */
  readonly recordingsPerPerson: number;
  readonly logLevel: string;
  /** Whether requests are logged. */
  readonly isAccessLogged: boolean;
  /** All of these by their names, as an admin may see them. */
  readonly settings: readonly Setting[];
  readonly misspelt: readonly Misspelt[];
}

/** The settings cannot be used as they are. */
export class ConfigError extends SettingsWrong {}

/**
 * The settings as one frozen object.
 * @param env as process.env has it; an empty value counts as not set.
 * @param others what is wrong already, to be told together with what is found.
 * @throws ConfigError
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  others: readonly SettingProblem[] = [],
): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const result = settingsSchema.safeParse(given);
  const problems = [
    ...others,
    ...(result.success ? [] : result.error.issues.map(toProblem)),
    ...missingAccountParts(given),
    ...(result.success ? allAccountsOff(result.data) : []),
    ...missingDiscordParts(given),
    ...unreachableWebhook(given),
  ];
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  const s = result.data;
  const accounts = accountsOf(s);
  const main = accounts.find(({ id }) => id === mainAccount);
  return Object.freeze({
    xtream: main?.kind === 'xtream' ? loginOf(main) : null,
    accounts,
    userAgent: s.XTREAM_USER_AGENT,
    tlsAccept: parseTlsAccept(s.TLS_ACCEPT ?? '') ?? acceptValidOnly,
    listFilter: {
      hiddenCategories: new Set(s.HIDDEN_CATEGORIES),
      hiddenChannels: s.HIDDEN_CHANNELS ?? [],
      onlyChannels: s.ONLY_CHANNELS ?? [],
    },
    host: s.HOST,
    port: s.PORT,
    inheritedSocket:
      env.LISTEN_FDS === '1' && env.LISTEN_PID === String(process.pid) ? FIRST_INHERITED : null,
    publicUrl: s.PUBLIC_URL ?? null,
    trustProxy: parseTrustProxy(s.TRUST_PROXY),
    dataDir: s.DATA_DIR,
    adminToken: s.ADMIN_TOKEN ?? null,
    viewerAccess: s.VIEWER_ACCESS,
    embedOrigins: s.EMBED_ORIGINS ?? [],
    segmentsUrls: s.SEGMENTS_URL ?? [],
    edgeSecret: s.EDGE_SECRET ?? null,
    playlistCacheSeconds: s.PLAYLIST_CACHE_SECONDS,
    upload: s.UPLOAD_MBIT * 1e6 || null,
    language: s.DEFAULT_LANGUAGE,
    discord: s.DISCORD_TOKEN
      ? {
          token: s.DISCORD_TOKEN,
          guildId: s.DISCORD_GUILD_ID?.[0] ?? null,
          apiUrl: s.DISCORD_API_URL ?? null,
          people: people(s.DISCORD_ADMIN_ROLES, s.DISCORD_CONTROLLER_ROLES, s.DISCORD_VIEWER_ROLES),
          login:
            s.DISCORD_CLIENT_ID?.[0] && s.DISCORD_CLIENT_SECRET
              ? { clientId: s.DISCORD_CLIENT_ID[0], clientSecret: s.DISCORD_CLIENT_SECRET }
              : null,
        }
      : null,
    telegram: s.TELEGRAM_TOKEN
      ? {
          token: s.TELEGRAM_TOKEN,
          apiUrl: s.TELEGRAM_API_URL ?? null,
          isWebhook: s.TELEGRAM_WEBHOOK === 'true',
          people: people(s.TELEGRAM_ADMIN_IDS, s.TELEGRAM_CONTROLLER_IDS, s.TELEGRAM_VIEWER_IDS),
        }
      : null,
    etiquette: s.ETIQUETTE,
    reactions: s.REACTIONS,
    ffmpegPath: s.FFMPEG_PATH ?? null,
    audio: s.AUDIO,
    audioLanguages: s.AUDIO_LANGUAGES ?? [],
    videoEncoder: s.VIDEO_ENCODER,
    hasLowerRendition: s.LOWER_RENDITION === 'on',
    failover: s.FAILOVER,
    idleStopMinutes: s.IDLE_STOP_MINUTES === 0 ? null : s.IDLE_STOP_MINUTES,
    rewindMinutes: s.REWIND_MINUTES,
    outputChannels: parseOutputChannels(s.OUTPUT_CHANNELS) ?? offerNothing,
    isDiscoverable: s.HDHOMERUN_DISCOVERY === 'on',
    xmltvUrls: s.XMLTV_URLS ?? [],
    jellyfin:
      s.JELLYFIN_URL && s.JELLYFIN_API_KEY ? { url: s.JELLYFIN_URL, apiKey: s.JELLYFIN_API_KEY } : null,
    recordingsDir: s.RECORDINGS_DIR ?? null,
    recordingMargins: {
      before: s.RECORDINGS_BEFORE_MINUTES * 60_000,
      after: s.RECORDINGS_AFTER_MINUTES * 60_000,
    },
    recordingFiles: {
      names: parseRecordingNames(s.RECORDINGS_NAMES) ?? [],
      format: s.RECORDINGS_FORMAT,
    },
    recordingRules: {
      keepDays: s.RECORDINGS_KEEP_DAYS || null,
      keepPerTitle: s.RECORDINGS_KEEP_PER_TITLE || null,
      mostBytes: s.RECORDINGS_MOST_GB * GB || null,
      leastFree: s.RECORDINGS_FREE_GB * GB,
    },
    recordingsPerPerson: s.RECORDINGS_PER_PERSON,
    logLevel: s.LOG_LEVEL,
    isAccessLogged: s.ACCESS_LOG === 'on',
    misspelt: misspeltSettings(Object.keys(given)),
    settings: settingInfos.map((info) => {
      const value = info.isSecret ? undefined : s[info.name];
      return {
        ...info,
        value: value === undefined ? null : String(value),
        isSet: given[info.name] !== undefined,
      };
    }),
  });
}

type Values = ReturnType<typeof settingsSchema.parse>;

function accountsOf(values: Values): AccountConfig[] {
  return inOrder(values.ACCOUNTS_ORDER ?? []).flatMap((names): AccountConfig[] => {
    const url = values[names.url];
    if (!url) return [];
    const any = {
      id: names.id,
      maxConnections: values[names.maxConnections] ?? null,
      isOff: values.ACCOUNTS_OFF?.includes(names.id) ?? false,
    };
    if (names.kind === 'm3u') return [{ ...any, kind: 'm3u', url: listPath(url, values.DATA_DIR) ?? url }];
    const [username, password] = [values[names.username], values[names.password]];
    return username && password ? [{ ...any, kind: 'xtream', url, username, password }] : [];
  });
}

/** The accounts that the order names come first. */
function inOrder(order: readonly AccountId[]): readonly AccountSettingNames[] {
  const placeOf = ({ id }: AccountSettingNames) => (order.includes(id) ? order.indexOf(id) : order.length);
  return accountSettings.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function loginOf({ url, username, password }: XtreamConfig): XtreamConfig {
  return { url, username, password };
}

/** The settings without which an account of its kind does not count. */
function neededBy(names: AccountSettingNames): string[] {
  return settingNamesOf(names).filter((name) => name !== names.maxConnections);
}

/** All of an account's settings or none. */
function missingAccountParts(given: Record<string, unknown>): SettingProblem[] {
  return accountSettings.flatMap((each): SettingProblem[] => {
    const names = neededBy(each);
    const missing = names.filter((name) => given[name] === undefined);
    if (missing.length === 0 || missing.length === names.length) return [];
    const params = { names: names.join(', ') };
    return missing.map((name) => ({ name, rule: 'account_part_missing', params }));
  });
}

/** One account at least must be in use where there is any. */
function allAccountsOff(values: Values): SettingProblem[] {
  const accounts = accountsOf(values);
  if (accounts.length === 0 || accounts.some(({ isOff }) => !isOff)) return [];
  return [{ name: 'ACCOUNTS_OFF', rule: 'accounts_all_off', params: {} }];
}

/** Settings that logging in with Discord needs as well. */
function missingDiscordParts(given: Record<string, unknown>): SettingProblem[] {
  const own = ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET'];
  if (own.every((name) => given[name] === undefined)) return [];
  return [...own, 'DISCORD_TOKEN', 'DISCORD_GUILD_ID', 'PUBLIC_URL']
    .filter((name) => given[name] === undefined)
    .map((name) => ({ name, rule: 'discord_login_part_missing', params: {} }));
}

/** Telegram sends to https only; a Bot API server of the owner's sends to any address. */
function unreachableWebhook({
  TELEGRAM_WEBHOOK: isWebhook,
  TELEGRAM_API_URL: ownServer,
  PUBLIC_URL: address,
}: Record<string, string | undefined>): SettingProblem[] {
  if (isWebhook !== 'true' || address?.startsWith(ownServer ? 'http' : 'https://')) return [];
  return [{ name: 'TELEGRAM_WEBHOOK', rule: 'webhook_needs_https', params: {} }];
}

function parseTrustProxy(value: string | undefined): boolean | string {
  if (value === undefined || value === 'false') return false;
  return value === 'true' ? true : value;
}

function people(admin: string[] = [], controller: string[] = [], viewer: string[] = []): PeopleConfig {
  return { admin: new Set(admin), controller: new Set(controller), viewer: new Set(viewer) };
}
