import { isIP } from 'node:net';
import { z } from 'zod';
import { nameOfLanguage, ORIGINAL, toLanguage } from '../domain/audio-track.ts';
import { type Etiquette, etiquettes } from '../domain/etiquette.ts';
import { type FailoverMode, failoverModes } from '../domain/failover.ts';
import { type AudioMode, audioModes, videoEncoders } from '../domain/output.ts';
import { type ReactionMode, reactionModes } from '../domain/reaction.ts';
import type { Setting } from '../domain/setting.ts';
import { acceptValidOnly, parseTlsAccept, type TlsAccept } from '../lib/provider-http/tls-accept.ts';
import { type Misspelt, misspeltSettings } from './misspelt-settings.ts';

const url = z.url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' });
const whole = (min: number, max: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${min} to ${max}` })
    .int({ error: `must be a whole number from ${min} to ${max}` })
    .min(min, { error: `must be at least ${min}` })
    .max(max, { error: `must be at most ${max}` });
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const ids = (what: string, most = 1_000) =>
  z
    .string()
    .transform((value) => value.split(',').map((id) => id.trim()))
    .refine((list) => list.length <= most && list.every((id) => /^-?\d+$/.test(id)), {
      error: `must be ${what}`,
    });

const spoken = z
  .string()
  .transform((value) => value.split(',').map((code) => toLanguage(code.trim()) ?? ''))
  .refine((list) => list.every((code) => code === ORIGINAL || (code !== '' && nameOfLanguage(code, 'en'))), {
    error: 'must be languages such as fr,en, best first; qaa is the original version',
  });

const origins = z
  .string()
  .transform((value) => value.split(',').map((origin) => origin.trim().replace(/\/$/, '')))
  .refine((list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin), {
    error: 'must be addresses such as https://example.org, without a path, separated by commas',
  });

/** Every setting, by its name in the environment; .env.example explains each. */
const settings = z.object({
  XTREAM_URL: url.optional(),
  XTREAM_USERNAME: z.string().optional(),
  XTREAM_PASSWORD: z.string().optional(),
  XTREAM_MAX_CONNECTIONS: whole(1, 100).optional(),
  TLS_ACCEPT: z
    .string()
    .refine((value) => parseTlsAccept(value) !== null, {
      error: 'must be any, or host names and SHA-256 fingerprints of certificates, separated by commas',
    })
    .optional(),
  XTREAM_USER_AGENT: z.string().default('VLC/3.0.21 LibVLC/3.0.21'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(8002),
  PUBLIC_URL: url.transform((value) => value.replace(/\/+$/, '')).optional(),
  TRUST_PROXY: z
    .string()
    .refine(isTrustProxy, {
      error: 'must be true, false, loopback, or addresses and networks separated by commas',
    })
    .optional(),
  DATA_DIR: z.string().default('./data'),
  // It has to fit into an Authorization header.
  ADMIN_TOKEN: z
    .string()
    .regex(/^[!-~]{12,}$/, { error: 'must have at least 12 characters, without spaces or accents' })
    .optional(),
  VIEWER_ACCESS: oneOf(['public', 'key', 'login']).default('public'),
  EMBED_ORIGINS: origins.optional(),
  DEFAULT_LANGUAGE: oneOf(['fr', 'en']).default('en'),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_GUILD_ID: ids('one id, of digits only', 1).optional(),
  DISCORD_API_URL: url.optional(),
  DISCORD_CLIENT_ID: ids('one id, of digits only', 1).optional(),
  DISCORD_CLIENT_SECRET: z.string().optional(),
  DISCORD_ADMIN_ROLES: ids('ids of roles or people, separated by commas').optional(),
  DISCORD_CONTROLLER_ROLES: ids('ids of roles or people, separated by commas').optional(),
  DISCORD_VIEWER_ROLES: ids('ids of roles or people, separated by commas').optional(),
  TELEGRAM_TOKEN: z.string().optional(),
  TELEGRAM_API_URL: url.optional(),
  TELEGRAM_WEBHOOK: oneOf(['true', 'false']).default('false'),
  TELEGRAM_ADMIN_IDS: ids('ids of people or groups, separated by commas').optional(),
  TELEGRAM_CONTROLLER_IDS: ids('ids of people or groups, separated by commas').optional(),
  TELEGRAM_VIEWER_IDS: ids('ids of people or groups, separated by commas').optional(),
  ETIQUETTE: oneOf(etiquettes).default('polite'),
  REACTIONS: oneOf(reactionModes).default('watch'),
  FFMPEG_PATH: z.string().optional(),
  AUDIO: oneOf(audioModes).default('auto'),
  AUDIO_LANGUAGES: spoken.optional(),
  VIDEO_ENCODER: oneOf(videoEncoders).default('libx264'),
  FAILOVER: oneOf(failoverModes).default('gone'),
  IDLE_STOP_MINUTES: whole(0, 100_000).default(15),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Settings whose values admins may read; of all others they learn only whether they are set. */
const open: ReadonlySet<string> = new Set<keyof typeof settings.shape>([
  'XTREAM_MAX_CONNECTIONS',
  'XTREAM_USER_AGENT',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'TRUST_PROXY',
  'DATA_DIR',
  'VIEWER_ACCESS',
  'EMBED_ORIGINS',
  'DEFAULT_LANGUAGE',
  'DISCORD_GUILD_ID',
  'DISCORD_CLIENT_ID',
  'DISCORD_ADMIN_ROLES',
  'DISCORD_CONTROLLER_ROLES',
  'DISCORD_VIEWER_ROLES',
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
  'FAILOVER',
  'IDLE_STOP_MINUTES',
  'LOG_LEVEL',
]);

/** SD_LISTEN_FDS_START */
const FIRST_INHERITED = 3;

export interface XtreamConfig {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

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

export interface Config {
  /** Null: the embedded demo provider. */
  readonly xtream: XtreamConfig | null;
  /** Null: what the account says. */
  readonly maxConnections: number | null;
  readonly userAgent: string;
  /** Certificates of the provider that are taken as they are. */
  readonly tlsAccept: TlsAccept;
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
  readonly videoEncoder: (typeof videoEncoders)[number];
  readonly failover: FailoverMode;
  /** Null: never. */
  readonly idleStopMinutes: number | null;
  readonly logLevel: string;
  /** All of these by their names, as an admin may see them. */
  readonly settings: readonly Setting[];
  readonly misspelt: readonly Misspelt[];
}

/** Everything that is wrong with the settings, by name and never by value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The settings as one frozen object.
 * @param env as process.env has it; an empty value counts as not set.
 * @throws ConfigError
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const result = settings.safeParse(given);
  const problems = result.success
    ? []
    : result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  problems.push(...missingAccountParts(given), ...missingDiscordParts(given), ...unreachableWebhook(given));
  if (!result.success || problems.length > 0) {
    throw new ConfigError(
      `Change these settings:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
  const s = result.data;
  const { XTREAM_URL: url, XTREAM_USERNAME: username, XTREAM_PASSWORD: password } = s;
  return Object.freeze({
    xtream: url && username && password ? { url, username, password } : null,
    maxConnections: s.XTREAM_MAX_CONNECTIONS ?? null,
    userAgent: s.XTREAM_USER_AGENT,
    tlsAccept: parseTlsAccept(s.TLS_ACCEPT ?? '') ?? acceptValidOnly,
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
    failover: s.FAILOVER,
    idleStopMinutes: s.IDLE_STOP_MINUTES === 0 ? null : s.IDLE_STOP_MINUTES,
    logLevel: s.LOG_LEVEL,
    misspelt: misspeltSettings(Object.keys(given), settings.keyof().options),
    settings: settings.keyof().options.map((name) => {
      const isHidden = !open.has(name);
      const value = isHidden || s[name] === undefined ? null : String(s[name]);
      return { name, value, isSet: given[name] !== undefined, isHidden };
    }),
  });
}

/** All three of the account's settings or none: with none there is the demo. */
function missingAccountParts(given: Record<string, unknown>): string[] {
  const names = ['XTREAM_URL', 'XTREAM_USERNAME', 'XTREAM_PASSWORD'];
  const missing = names.filter((name) => given[name] === undefined);
  if (missing.length === 0 || missing.length === names.length) return [];
  return missing.map((name) => `${name} is missing: set all of ${names.join(', ')}, or none for the demo`);
}

/** Settings that logging in with Discord needs as well. */
function missingDiscordParts(given: Record<string, unknown>): string[] {
  const own = ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET'];
  if (own.every((name) => given[name] === undefined)) return [];
  return [...own, 'DISCORD_TOKEN', 'DISCORD_GUILD_ID', 'PUBLIC_URL']
    .filter((name) => given[name] === undefined)
    .map((name) => `${name} is missing: logging in with Discord needs it`);
}

/** Telegram sends to https only; a Bot API server of the owner's sends to any address. */
function unreachableWebhook({
  TELEGRAM_WEBHOOK: isWebhook,
  TELEGRAM_API_URL: ownServer,
  PUBLIC_URL: address,
}: Record<string, string | undefined>): string[] {
  if (isWebhook !== 'true' || address?.startsWith(ownServer ? 'http' : 'https://')) return [];
  return ['TELEGRAM_WEBHOOK needs PUBLIC_URL, an address that begins with https://'];
}

/** Whether Fastify accepts a value; its own error comes late, and would log the value. */
function isTrustProxy(value: string): boolean {
  return /^(true|false)$/.test(value) || value.split(',').every((part) => isNetwork(part.trim()));
}

function isNetwork(text: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(text)) return true;
  const [address = '', bits = '0', more] = text.split('/');
  const version = isIP(address);
  return (
    version > 0 && more === undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)
  );
}

function parseTrustProxy(value: string | undefined): boolean | string {
  if (value === undefined || value === 'false') return false;
  return value === 'true' ? true : value;
}

function people(admin: string[] = [], controller: string[] = [], viewer: string[] = []): PeopleConfig {
  return { admin: new Set(admin), controller: new Set(controller), viewer: new Set(viewer) };
}
