import type { Category, Channel, Programme } from '../domain/channel.ts';
import type { Account } from '../domain/provider.ts';
import { categoryRecord, channelRecord, guideRecord, type LoginAnswer } from './schema.ts';

/** Null where the record has no usable id or name. */
export function toChannel(raw: unknown): Channel | null {
  const { success, data } = channelRecord.safeParse(raw);
  if (!success) return null;
  return {
    id: data.stream_id,
    number: data.num !== null && data.num > 0 ? data.num : null,
    name: data.name,
    categoryId: data.category_id ?? data.category_ids.find((id) => id !== null) ?? null,
    logo: data.stream_icon !== null && /^https?:\/\/\S+$/i.test(data.stream_icon) ? data.stream_icon : null,
    epgId: data.epg_channel_id,
  };
}

/** Null where the record has no usable id or name. */
export function toCategory(raw: unknown): Category | null {
  const { success, data } = categoryRecord.safeParse(raw);
  return success ? { id: data.category_id, name: data.category_name } : null;
}

/** `clockOffset`: see clockOffset(). Null where the record has no title or no time. */
export function toProgramme(raw: unknown, clockOffset: number): Programme | null {
  const { success, data } = guideRecord.safeParse(raw);
  if (!success) return null;
  const start = instant(data.start_timestamp, data.start, clockOffset);
  const stop = instant(data.stop_timestamp, data.end ?? data.stop, clockOffset);
  if (start === null || stop === null || stop <= start) return null;
  return { title: data.title, description: data.description, start, stop };
}

export function toAccount({ user_info: user }: LoginAnswer): Account {
  return {
    status: user.status ?? 'Active',
    expiresAt: user.exp_date !== null && user.exp_date > 0 ? user.exp_date * 1000 : null,
    maxConnections: Math.max(1, user.max_connections),
    activeConnections: user.active_cons,
    outputFormats: user.allowed_output_formats,
  };
}

/** How far the panel's wall clock is ahead of UTC, in milliseconds: its local times are in no named zone. */
export function clockOffset({ server_info: server }: LoginAnswer): number {
  if (server.timestamp_now === null || server.time_now === null) return 0;
  const local = wallTime(server.time_now);
  if (local === null) return 0;
  // Zones lie on quarters of an hour; the rest is the time between its two readings.
  const quarter = 15 * 60_000;
  return Math.round((local - server.timestamp_now * 1000) / quarter) * quarter;
}

function instant(seconds: number | null, text: string | null, offset: number): number | null {
  if (seconds !== null && seconds > 0) return seconds * 1000;
  const local = text === null ? null : wallTime(text);
  return local === null ? null : local - offset;
}

/** `YYYY-MM-DD HH:MM:SS` read as if it were UTC. */
function wallTime(text: string): number | null {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)/.exec(text);
  const time = match ? Date.parse(`${match[1]}T${match[2]}Z`) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
