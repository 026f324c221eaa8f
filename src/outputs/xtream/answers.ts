import type { Programme } from '../../domain/channel.ts';
import type { LineUpEntry } from '../line-up.ts';

/*
 * The answers of a panel, as apps expect them. Types matter: an app that expects a text and gets a number crashes. Numbers
 * are `auth`, `num`, `stream_id`, `parent_id`, `category_ids`, `tv_archive`, `has_archive`, `now_playing` and `timestamp_now`;
 * all other numbers are texts. All times are UTC, which `timezone` says.
 */

export interface LoginFacts {
  /** As given: apps compare them. */
  readonly username: string;
  readonly password: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly now: number;
  /** Connections of this client that are open. */
  readonly open: number;
  readonly most: number;
  /** Our origin, as the app reaches it. */
  readonly base: string;
}

/** The answer to a wrong login, at status 200: what most apps understand. */
export const refusal = { user_info: { auth: 0 } } as const;

/** The answer to a login. */
export function loginAnswer({ username, password, createdAt, now, open, most, base }: LoginFacts) {
  return {
    user_info: {
      username,
      password,
      message: '',
      auth: 1,
      status: 'Active',
      exp_date: null,
      is_trial: '0',
      active_cons: String(open),
      created_at: seconds(createdAt),
      max_connections: String(most),
      allowed_output_formats: ['m3u8', 'ts'],
    },
    server_info: { ...serverOf(base), ...timeOf(now) },
  };
}

/** Apps make their addresses of these parts again. */
function serverOf(base: string) {
  const { protocol, hostname, port } = new URL(base);
  const isSecure = protocol === 'https:';
  return {
    url: hostname,
    // Some apps take `port` by https too.
    port: port || (isSecure ? '443' : '80'),
    https_port: isSecure ? port || '443' : '443',
    server_protocol: isSecure ? 'https' : 'http',
    rtmp_port: '0',
  };
}

function timeOf(now: number) {
  return {
    timezone: 'UTC',
    timestamp_now: Math.floor(now / 1000),
    time_now: wallTime(now),
    process: true,
  };
}

export function categoryAnswer(name: string, id: number) {
  return { category_id: String(id), category_name: name, parent_id: 0 };
}

export interface StreamFacts {
  /** An address; empty for none. */
  readonly logo: string;
  readonly category: number;
  readonly archiveDays: number;
  /** Epoch milliseconds. */
  readonly added: number;
}

/** A channel of get_live_streams. */
export function streamAnswer(entry: LineUpEntry, { logo, category, archiveDays, added }: StreamFacts) {
  return {
    num: entry.shownNumber,
    name: entry.name,
    stream_type: 'live',
    stream_id: entry.number,
    stream_icon: logo,
    epg_channel_id: entry.id,
    added: seconds(added),
    is_adult: '0',
    category_id: String(category),
    category_ids: [category],
    custom_sid: '',
    tv_archive: archiveDays > 0 ? 1 : 0,
    direct_source: '',
    tv_archive_duration: archiveDays,
  };
}

/** A programme of get_short_epg and get_simple_data_table. @param archiveDays of the channel. */
export function listingAnswer(
  { title, description, start, stop }: Pick<Programme, 'title' | 'description' | 'start' | 'stop'>,
  { number, id }: Pick<LineUpEntry, 'number' | 'id'>,
  { now, archiveDays }: { readonly now: number; readonly archiveDays: number },
) {
  const isKept = stop <= now && start >= now - archiveDays * 86_400_000;
  return {
    id: seconds(start),
    epg_id: String(number),
    title: base64(title),
    lang: '',
    start: wallTime(start),
    end: wallTime(stop),
    stop: wallTime(stop),
    description: base64(description),
    channel_id: id,
    start_timestamp: seconds(start),
    stop_timestamp: seconds(stop),
    now_playing: start <= now && stop > now ? 1 : 0,
    has_archive: isKept ? 1 : 0,
  };
}

function seconds(time: number): string {
  return String(Math.floor(time / 1000));
}

/** As `2026-11-28 20:00:00`. */
function wallTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
