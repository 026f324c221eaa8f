import { isIP } from 'node:net';
import { z } from 'zod';
import { nameOfLanguage, ORIGINAL, toLanguage } from '../domain/audio-track.ts';
import { audioModes, videoEncoders } from '../domain/encoding.ts';
import { etiquettes } from '../domain/etiquette.ts';
import { failoverModes } from '../domain/failover.ts';
import { reactionModes } from '../domain/reaction.ts';
import { parseTlsAccept } from '../lib/provider-http/tls-accept.ts';

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
export const settingsSchema = z.object({
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
  HIDDEN_CATEGORIES: z
    .string()
    .transform((value) =>
      value
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== ''),
    )
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

export type SettingName = keyof typeof settingsSchema.shape;

export const settingNames: readonly SettingName[] = settingsSchema.keyof().options;

/** Settings whose values admins may read; of all others they learn only whether they are set. */
export const openSettings: ReadonlySet<string> = new Set<keyof typeof settingsSchema.shape>([
  'XTREAM_MAX_CONNECTIONS',
  'XTREAM_USER_AGENT',
  'HIDDEN_CATEGORIES',
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
