import type { z } from 'zod';
import { type Category, type Channel, LONGEST_OPEN_PROGRAMME, type Programme } from '../domain/channel.ts';
import { type AccountId, channelId } from '../domain/ids.ts';
import type { Account } from '../domain/source-provider.ts';
import { parseProviderTime } from '../lib/parse-provider-time.ts';
import { plainText } from '../lib/plain-text.ts';
import { areBase64, decodeBase64Text } from './base64-text.ts';
import { categoryRecord, channelRecord, guideRecord, type LoginAnswer } from './schema.ts';

const TITLE_LIMIT = 300;
const DESCRIPTION_LIMIT = 4_000;
/** Longer archives are mistakes of the panel. */
const MOST_ARCHIVE_DAYS = 31;

/** Converts a channel record; null if it has no usable id or name. */
export function toChannel(raw: unknown, account: AccountId): Channel | null {
  const { success, data } = channelRecord.safeParse(raw);
  if (!success) return null;
  return {
    id: channelId(account, data.stream_id),
    number: data.num !== null && data.num > 0 ? data.num : null,
    name: data.name,
    categoryId: data.category_id ?? data.category_ids.find((id) => id !== null) ?? null,
    logo: data.stream_icon !== null && /^https?:\/\/\S+$/i.test(data.stream_icon) ? data.stream_icon : null,
    epgId: data.epg_channel_id,
    archiveDays: archiveDaysOf(data),
  };
}

/** Panels that keep an archive without telling for how long are asked for a day. */
function archiveDaysOf({ tv_archive, tv_archive_duration: days }: z.output<typeof channelRecord>): number {
  if (!tv_archive) return 0;
  return Math.min(days ?? 1, MOST_ARCHIVE_DAYS);
}

/** Converts a category record; null if it has no usable id or name. */
export function toCategory(raw: unknown): Category | null {
  const { success, data } = categoryRecord.safeParse(raw);
  return success ? { id: data.category_id, name: data.category_name } : null;
}

/**
 * Converts the guide records of one answer, sorted by start; records without a title or a start are left out. A programme
 * without an end lasts until the next one begins, for three hours at most.
 * @param clockOffset see clockOffset().
 */
export function toProgrammes(raw: readonly unknown[], clockOffset: number): Programme[] {
  const entries = raw.flatMap((record) => guideRecord.safeParse(record).data ?? []);
  const isPacked = areBase64(entries.flatMap(({ title, description }) => [title, description]));
  const text = (value: string, limit: number) => plainText(decodeBase64Text(value, isPacked), limit);
  const programmes = entries.flatMap((entry) => {
    const title = text(entry.title, TITLE_LIMIT);
    const start = instant([entry.start_timestamp, entry.start], clockOffset);
    if (title === '' || start === null) return [];
    const stop = instant([entry.stop_timestamp, entry.end, entry.stop], clockOffset);
    const description = text(entry.description, DESCRIPTION_LIMIT);
    return { title, description, start, stop: stop !== null && stop > start ? stop : null };
  });
  programmes.sort((a, b) => a.start - b.start);
  return programmes.map((programme, index) => {
    const next = programmes.slice(index + 1).find(({ start }) => start > programme.start);
    const longest = programme.start + LONGEST_OPEN_PROGRAMME;
    return { ...programme, stop: programme.stop ?? Math.min(longest, next?.start ?? longest) };
  });
}

/** Converts the answer to a login. */
export function toAccount({ user_info: user }: LoginAnswer): Account {
  return {
    status: user.status ?? 'Active',
    expiresAt: user.exp_date !== null && user.exp_date > 0 ? user.exp_date * 1000 : null,
    // Panels write 0 for no limit, and for one that they do not tell.
    maxConnections: user.max_connections || null,
    activeConnections: user.active_cons,
    outputFormats: user.allowed_output_formats,
  };
}

/** Milliseconds by which the panel's local time is ahead of UTC, since the panel names no time zone. */
export function clockOffset({ server_info: server }: Pick<LoginAnswer, 'server_info'>): number {
  if (server.timestamp_now === null || server.time_now === null) return 0;
  const local = parseProviderTime(server.time_now);
  if (local === null) return 0;
  // Time zones differ by quarters of an hour; the rest is the time between the panel's two readings of its clock.
  const quarter = 15 * 60_000;
  return Math.round((local - server.timestamp_now * 1000) / quarter) * quarter;
}

/** The first value that can be parsed as a time. */
function instant(values: readonly (string | number | null)[], offset: number): number | null {
  for (const value of values) {
    const time = value === null ? null : parseProviderTime(value, offset);
    if (time !== null) return time;
  }
  return null;
}
