import { isIP } from 'node:net';
import { z } from 'zod';
import {
  accountSettings,
  furtherConnectionsNames,
  furtherLoginNames,
  furtherUrlNames,
  listUrlNames,
} from '../domain/account-settings.ts';
import { nameOfLanguage, ORIGINAL, toLanguage } from '../domain/audio-track.ts';
import { discoveryModes } from '../domain/discovery.ts';
import { audioModes, videoEncoders } from '../domain/encoding.ts';
import type { ErrorParams } from '../domain/errors.ts';
import { etiquettes } from '../domain/etiquette.ts';
import { failoverModes } from '../domain/failover.ts';
import { parseOutputChannels } from '../domain/output-channels.ts';
import { reactionModes } from '../domain/reaction.ts';
import { recordingFormats } from '../domain/recording.ts';
import { namePlaceholders, parseRecordingNames, USUAL_NAMES } from '../domain/recording-names.ts';
import type { SettingName } from '../domain/setting.ts';
import type { SettingProblem, SettingRule } from '../domain/setting-problem.ts';
import { parseTlsAccept } from '../lib/provider-http/tls-accept.ts';
import { splitAddresses } from './address-list.ts';
import { named } from './named.ts';

/** The values of settings that have a fixed choice of them. */
export const settingChoices = {
  VIEWER_ACCESS: ['public', 'key', 'login'],
  DEFAULT_LANGUAGE: ['fr', 'en'],
  LOG_LEVEL: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  ACCESS_LOG: ['off', 'on'],
  TELEGRAM_WEBHOOK: ['true', 'false'],
  ETIQUETTE: etiquettes,
  REACTIONS: reactionModes,
  AUDIO: audioModes,
  VIDEO_ENCODER: videoEncoders,
  LOWER_RENDITION: ['on', 'off'],
  FAILOVER: failoverModes,
  HDHOMERUN_DISCOVERY: discoveryModes,
  RECORDINGS_FORMAT: recordingFormats,
} as const satisfies Partial<Record<SettingName, readonly string[]>>;

/** Guides are read one after the other. */
const MOST_GUIDES = 20;
/** Looking a language up takes time. */
const MOST_LANGUAGES = 100;

/** A text with a meaning. @param parse returns null if the text breaks the rule. */
function parsed<T>(parse: (text: string) => T | null, rule: SettingRule, params: ErrorParams = {}) {
  return z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', params: { rule, params } });
    return z.NEVER;
  });
}

/** A text that stays as it is. */
const text = (isRight: (text: string) => boolean, rule: SettingRule) =>
  parsed((value) => (isRight(value) ? value : null), rule);

const oneOf = <const T extends readonly string[]>(values: T) =>
  parsed((value): T[number] | null => values.find((each) => each === value) ?? null, 'must_be_one_of', {
    values: values.join(', '),
  });

const whole = (min: number, max: number) =>
  parsed(
    (value) => (/^\d{1,9}$/.test(value.trim()) ? within(Number(value), min, max) : null),
    'must_be_whole_number',
    { min, max },
  );

const ids = (rule: SettingRule, most = 1_000) =>
  parsed((value) => {
    const list = splitList(value);
    return list.length <= most && list.every((id) => /^-?\d+$/.test(id)) ? list : null;
  }, rule);

const address = text(isAddress, 'must_be_address');
const listPlace = text(
  (value) => isAddress(value) || !/^\s*(?!file:)[a-z][a-z\d+.-]*:\/\//i.test(value),
  'must_be_list',
);
/** Paths are put behind it. */
const webAddress = parsed(
  (value) => (isAddress(value) ? value.trim().replace(/\/+$/, '') : null),
  'must_be_address',
);
const discordIds = ids('must_be_discord_ids');
const telegramIds = ids('must_be_telegram_ids');

const languages = parsed((value) => {
  const codes = splitList(value);
  if (codes.length > MOST_LANGUAGES) return null;
  const list = codes.map((code) => toLanguage(code) ?? '');
  const isKnown = (code: string) => code === ORIGINAL || (code !== '' && nameOfLanguage(code, 'en') !== null);
  return list.every(isKnown) ? list : null;
}, 'must_be_languages');

const origins = parsed((value) => {
  const list = splitList(value).map((origin) => origin.replace(/\/$/, ''));
  // It becomes part of a header whose parts a semicolon separates.
  const isOrigin = (origin: string) => !origin.includes(';') && URL.parse(origin)?.origin === origin;
  return list.every(isOrigin) ? list : null;
}, 'must_be_origins');

const addresses = parsed((value) => {
  const list = splitAddresses(value);
  return list.length <= MOST_GUIDES && list.every(isAddress) ? list : null;
}, 'must_be_addresses');

const webAddresses = parsed((value) => {
  const list = splitAddresses(value).map((each) => each.replace(/\/+$/, ''));
  // Their origins become part of a header.
  const isUsable = (each: string) => isAddress(each) && !/[;,'\s?#]/.test(each);
  return list.length <= MOST_EDGES && list.every(isUsable) ? list : null;
}, 'must_be_web_addresses');

const accountIds = parsed((value) => {
  const given = [...new Set(splitList(value))];
  const known = given.flatMap((text) => accountSettings.find(({ id }) => id === text)?.id ?? []);
  return known.length === given.length ? known : null;
}, 'must_be_accounts');

const MOST_EDGES = 50;
/** Each is looked for in every name. */
const MOST_PATTERNS = 200;
const namePatterns = parsed((value) => {
  const list = splitList(value).filter((pattern) => pattern !== '');
  return list.length <= MOST_PATTERNS && list.every((pattern) => /[\p{L}\p{N}]/u.test(pattern)) ? list : null;
}, 'must_be_name_patterns');

const recordingNames = parsed(
  (value) => (parseRecordingNames(value) ? value : null),
  'must_be_recording_names',
  {
    example: '{title}/{title} - {date} {time}',
    placeholders: namePlaceholders.map((name) => `{${name}}`).join(', '),
  },
);

/** Every setting, by its name in the environment; .env.example explains each. */
export const settingsSchema = z.object({
  XTREAM_URL: address.optional(),
  XTREAM_USERNAME: z.string().optional(),
  XTREAM_PASSWORD: z.string().optional(),
  XTREAM_MAX_CONNECTIONS: whole(1, 100).optional(),
  ...named(furtherUrlNames, address.optional()),
  ...named(listUrlNames, listPlace.optional()),
  ...named(furtherLoginNames, z.string().optional()),
  ...named(furtherConnectionsNames, whole(1, 100).optional()),
  ACCOUNTS_OFF: accountIds.optional(),
  ACCOUNTS_ORDER: accountIds.optional(),
  // What undici accepts as the value of a header.
  XTREAM_USER_AGENT: text((value) => /^[ -~\u00a0-\u00ff]+$/.test(value), 'must_be_plain_text').default(
    'VLC/3.0.21 LibVLC/3.0.21',
  ),
  TLS_ACCEPT: text((value) => parseTlsAccept(value) !== null, 'must_be_certificates').optional(),
  HIDDEN_CATEGORIES: z
    .string()
    .transform((value) => splitList(value).filter((id) => id !== ''))
    .optional(),
  HIDDEN_CHANNELS: namePatterns.optional(),
  ONLY_CHANNELS: namePatterns.optional(),
  HOST: text((value) => isIP(value) > 0 || /^\w[\w.-]*$/.test(value), 'must_be_host').default('127.0.0.1'),
  PORT: whole(0, 65_535).default(8002),
  PUBLIC_URL: webAddress.optional(),
  TRUST_PROXY: text(isTrustProxy, 'must_be_proxies').optional(),
  DATA_DIR: z.string().default('./data'),
  // It has to fit into an Authorization header.
  ADMIN_TOKEN: text((value) => /^[!-~]{12,}$/.test(value), 'must_be_long_token').optional(),
  VIEWER_ACCESS: oneOf(settingChoices.VIEWER_ACCESS).default('public'),
  EMBED_ORIGINS: origins.optional(),
  SEGMENTS_URL: webAddresses.optional(),
  // nginx has it in quotes.
  EDGE_SECRET: text((value) => /^[\w-]{16,}$/.test(value), 'must_be_edge_secret').optional(),
  PLAYLIST_CACHE_SECONDS: whole(0, 5).default(0),
  UPLOAD_MBIT: whole(0, 100_000).default(0),
  DEFAULT_LANGUAGE: oneOf(settingChoices.DEFAULT_LANGUAGE).default('en'),
  LOG_LEVEL: oneOf(settingChoices.LOG_LEVEL).default('info'),
  ACCESS_LOG: oneOf(settingChoices.ACCESS_LOG).default('off'),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_GUILD_ID: ids('must_be_id', 1).optional(),
  DISCORD_API_URL: address.optional(),
  DISCORD_ADMIN_ROLES: discordIds.optional(),
  DISCORD_CONTROLLER_ROLES: discordIds.optional(),
  DISCORD_VIEWER_ROLES: discordIds.optional(),
  DISCORD_CLIENT_ID: ids('must_be_id', 1).optional(),
  DISCORD_CLIENT_SECRET: z.string().optional(),
  TELEGRAM_TOKEN: z.string().optional(),
  TELEGRAM_API_URL: address.optional(),
  TELEGRAM_WEBHOOK: oneOf(settingChoices.TELEGRAM_WEBHOOK).default('false'),
  TELEGRAM_ADMIN_IDS: telegramIds.optional(),
  TELEGRAM_CONTROLLER_IDS: telegramIds.optional(),
  TELEGRAM_VIEWER_IDS: telegramIds.optional(),
  ETIQUETTE: oneOf(settingChoices.ETIQUETTE).default('polite'),
  REACTIONS: oneOf(settingChoices.REACTIONS).default('watch'),
  FFMPEG_PATH: z.string().optional(),
  AUDIO: oneOf(settingChoices.AUDIO).default('auto'),
  AUDIO_LANGUAGES: languages.optional(),
  VIDEO_ENCODER: oneOf(settingChoices.VIDEO_ENCODER).default('libx264'),
  LOWER_RENDITION: oneOf(settingChoices.LOWER_RENDITION).default('on'),
  FAILOVER: oneOf(settingChoices.FAILOVER).default('gone'),
  IDLE_STOP_MINUTES: whole(0, 100_000).default(15),
  REWIND_MINUTES: whole(0, 10_080).default(30),
  OUTPUT_CHANNELS: text((value) => parseOutputChannels(value) !== null, 'must_be_output_channels').default(
    'none',
  ),
  HDHOMERUN_DISCOVERY: oneOf(settingChoices.HDHOMERUN_DISCOVERY).default('off'),
  XMLTV_URLS: addresses.optional(),
  JELLYFIN_URL: webAddress.optional(),
  // What a header accepts.
  JELLYFIN_API_KEY: text((value) => /^[ -~]+$/.test(value), 'must_be_plain_text').optional(),
  RECORDINGS_DIR: z.string().optional(),
  RECORDINGS_NAMES: recordingNames.default(USUAL_NAMES),
  RECORDINGS_FORMAT: oneOf(settingChoices.RECORDINGS_FORMAT).default('mkv'),
  RECORDINGS_BEFORE_MINUTES: whole(0, 120).default(2),
  RECORDINGS_AFTER_MINUTES: whole(0, 120).default(5),
  RECORDINGS_KEEP_DAYS: whole(0, 10_000).default(0),
  RECORDINGS_KEEP_PER_TITLE: whole(0, 10_000).default(0),
  RECORDINGS_MOST_GB: whole(0, 1_000_000).default(0),
  RECORDINGS_FREE_GB: whole(0, 1_000_000).default(1),
  RECORDINGS_PER_PERSON: whole(0, 500).default(5),
} satisfies Record<SettingName, z.ZodType>);

/** A value that the schema refused, as the rule that it breaks. */
export function toProblem(issue: z.core.$ZodIssue): SettingProblem {
  if (issue.code !== 'custom')
    throw new Error(`${issue.path.join('.')} broke no rule of ours: ${issue.code}`);
  return { name: String(issue.path[0]), rule: issue.params?.rule, params: issue.params?.params };
}

function splitList(value: string): string[] {
  return value.split(',').map((part) => part.trim());
}

function within(value: number, min: number, max: number): number | null {
  return value >= min && value <= max ? value : null;
}

function isAddress(value: string): boolean {
  return /^\s*https?:\/\//i.test(value) && URL.canParse(value);
}

/** Whether Fastify accepts a value; its own error comes late, and would log the value. */
function isTrustProxy(value: string): boolean {
  return /^(true|false)$/.test(value) || value.split(',').every((part) => isNetwork(part.trim()));
}

function isNetwork(part: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(part)) return true;
  const [network = '', bits = '1', more] = part.split('/');
  const version = isIP(network);
  if (version === 0 || more !== undefined || !/^\d{1,3}$/.test(bits)) return false;
  return within(Number(bits), 1, version === 4 ? 32 : 128) !== null;
}
