import { z } from 'zod';
import { parseProviderTime } from '../lib/parse-provider-time.ts';
import { plainText } from '../lib/plain-text.ts';

/*
 * The answers of player_api.php, with the mistakes of real panels repaired. Only this file and mapper.ts see a provider's JSON.
 * An invalid optional field falls back to a default and does not fail its record.
 */

const integer = z.union([
  z.int(),
  z
    .string()
    .trim()
    .regex(/^-?\d{1,15}(?:\.0*)?$/)
    .transform(Number),
]);
const word = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const name = word.transform((value) => plainText(value)).pipe(z.string().min(1));
const time = z.union([z.string(), z.number()]).nullable().catch(null);
const text = z.union([z.string(), z.number()]).transform(String);

const optionalWord = word
  .transform((value) => value || null)
  .nullable()
  .catch(null);
const optionalInteger = integer.nullable().catch(null);
/** Seconds since the epoch, within the range of Date. */
const optionalSeconds = integer.pipe(z.number().min(0).max(8.64e12)).nullable().catch(null);
const count = integer.pipe(z.number().nonnegative()).catch(0);

/** One entry of get_live_streams. */
export const channelRecord = z.object({
  stream_id: integer.pipe(z.number().positive()),
  name,
  num: optionalInteger,
  category_id: optionalWord,
  category_ids: z.array(optionalWord).catch([]),
  stream_icon: optionalWord,
  epg_channel_id: optionalWord,
  tv_archive: z.union([z.boolean(), integer.transform(Boolean)]).catch(false),
  tv_archive_duration: integer.pipe(z.number().positive()).nullable().catch(null),
});

/** One entry of get_live_categories. */
export const categoryRecord = z.object({ category_id: word.pipe(z.string().min(1)), category_name: name });

/** One entry of get_short_epg's `epg_listings`. Texts may be base64; times may have any form, including the panel's local time. */
export const guideRecord = z.object({
  title: text.pipe(z.string().min(1)),
  description: text.catch(''),
  start_timestamp: time,
  stop_timestamp: time,
  start: time,
  end: time,
  stop: time,
});

/** The answer to get_short_epg; anything but an object means that there is no guide. */
export const guideAnswer = z.object({ epg_listings: z.unknown() }).catch({ epg_listings: [] });

const formats = z
  .union([z.array(z.unknown()), z.string().transform((text): unknown[] => text.split(/[\s,]+/))])
  .transform((list) => list.filter((format) => format === 'ts' || format === 'm3u8'))
  .pipe(z.array(z.enum(['ts', 'm3u8'])).min(1))
  .catch(['ts']);

/** A time of any form as seconds since the epoch; null if there is none, such as "Unlimited". */
const expiry = time.transform((value) => {
  const amount = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  const moment = amount === null ? null : parseProviderTime(amount);
  return moment === null ? null : Math.floor(moment / 1000);
});

const userInfo = z.object({
  auth: z.union([z.boolean().transform(Number), integer]).catch(1),
  status: optionalWord,
  exp_date: expiry,
  max_connections: count,
  active_cons: count,
  allowed_output_formats: formats,
});

const serverInfo = z
  .object({ timestamp_now: optionalSeconds, time_now: optionalWord, timezone: optionalWord })
  .catch({ timestamp_now: null, time_now: null, timezone: null });

/** The answer to a call without an action and, on many panels, to any call with a wrong password. */
export const loginAnswer = z.object({ user_info: userInfo, server_info: serverInfo });
export type LoginAnswer = z.output<typeof loginAnswer>;

/**
 * The records of an answer that should be an array, or null if it holds no list. PHP sends an object if an index is missing,
 * and `false`, null, "" or nothing at all for an empty list.
 */
export function records(answer: unknown): unknown[] | null {
  if (Array.isArray(answer)) return answer;
  if (answer === null || answer === undefined || answer === false || answer === '') return [];
  if (typeof answer !== 'object') return null;
  return Object.keys(answer).every((key) => /^\d+$/.test(key)) ? Object.values(answer) : null;
}
