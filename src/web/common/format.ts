/** The units of a duration in one language. */
export interface DurationWords {
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** `42 s`, `5 min`, `1 h 05`, `2 d 3 h`: at most two units, never below zero. */
export function duration(milliseconds: number, words: DurationWords): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  if (seconds < MINUTE) return `${seconds} ${words.second}`;
  const minutes = Math.floor(seconds / MINUTE);
  if (seconds < HOUR) return `${minutes} ${words.minute}`;
  const hours = Math.floor(seconds / HOUR);
  if (seconds < DAY) return `${hours} ${words.hour} ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(seconds / DAY)} ${words.day} ${hours % 24} ${words.hour}`;
}

/** A time relative to now in the reader's language: `5 minutes ago`, `in 23 hours`, `now`. */
export function relativeTime(iso: string, now: number, language: string): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const seconds = (Date.parse(iso) - now) / 1_000;
  const length = Math.abs(seconds);
  if (length < MINUTE) return words.format(0, 'second');
  if (length < 1.5 * HOUR) return words.format(Math.round(seconds / MINUTE), 'minute');
  if (length < 1.5 * DAY) return words.format(Math.round(seconds / HOUR), 'hour');
  return words.format(Math.round(seconds / DAY), 'day');
}

type TimeStyles = Pick<Intl.DateTimeFormatOptions, 'dateStyle' | 'timeStyle' | 'timeZone'>;

/** A cache, since making a format costs more than using it a hundred times, and a guide shows hundreds of times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatted(iso: string, locale: string, styles: TimeStyles): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return formatOf(locale, styles).format(date);
}

function formatOf(locale: string, styles: TimeStyles): Intl.DateTimeFormat {
  const key = [locale, styles.dateStyle, styles.timeStyle, styles.timeZone].join();
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, styles);
  formats.set(key, format);
  return format;
}

/** A time such as `20:50` or `8:50 PM`, in the reader's time zone; empty for an invalid date. */
export function clockTime(iso: string, locale: string, timeZone?: string): string {
  return formatted(iso, locale, { timeStyle: 'short', ...(timeZone ? { timeZone } : {}) });
}

/** A span such as `20:50 – 21:40` or `8:50 – 9:40 PM`; empty for an invalid date. */
export function timeRange(start: string, stop: string, locale: string, timeZone?: string): string {
  const [from, to] = [new Date(start), new Date(stop)];
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return '';
  return formatOf(locale, { timeStyle: 'short', ...(timeZone ? { timeZone } : {}) }).formatRange(from, to);
}

/** A time to the second, such as `20:50:07`. */
export function exactTime(iso: string, locale: string, timeZone?: string): string {
  return formatted(iso, locale, { timeStyle: 'medium', ...(timeZone ? { timeZone } : {}) });
}

/** A date with its time, such as `28/11/2026 20:50`. */
export function dateAndTime(iso: string, locale: string, timeZone?: string): string {
  return formatted(iso, locale, {
    dateStyle: 'short',
    timeStyle: 'short',
    ...(timeZone ? { timeZone } : {}),
  });
}

/** A day in the reader's time zone, such as `Wed 25`, or `Wednesday 25 November` for `long`. */
export function dayName(time: number, language: string, length: 'short' | 'long', timeZone?: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: length,
    day: 'numeric',
    ...(length === 'long' ? { month: 'long' } : {}),
    ...(timeZone ? { timeZone } : {}),
  }).format(time);
}

/** Bits per second as `4.1 Mb/s` or `640 kb/s`. */
export function bitrate(bits: number, language: string): string {
  const mega = bits >= 1_000_000;
  const value = new Intl.NumberFormat(language, { maximumFractionDigits: mega ? 1 : 0 }).format(
    bits / (mega ? 1_000_000 : 1_000),
  );
  return `${value} ${mega ? 'Mb/s' : 'kb/s'}`;
}

/** A size of a file, such as `1.8 GB`, `640 MB` or `0.2 MB`. */
export function fileSize(bytes: number, language: string): string {
  const isGiga = bytes >= 1e9;
  const size = bytes / (isGiga ? 1e9 : 1e6);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isGiga ? 'gigabyte' : 'megabyte',
    maximumFractionDigits: size < 10 ? 1 : 0,
  }).format(size);
}

/** How much of a programme is over, from 0 to 1; null for invalid times. */
export function progress(
  programme: { readonly start: string; readonly stop: string },
  now: number,
): number | null {
  const start = Date.parse(programme.start);
  const stop = Date.parse(programme.stop);
  if (Number.isNaN(start) || Number.isNaN(stop) || stop <= start) return null;
  return Math.min(1, Math.max(0, (now - start) / (stop - start)));
}

const NOISE = new Set(['hd', 'fhd', 'uhd', 'sd', '4k', 'hevc', 'h265', 'vip', 'raw']);

/** One to three characters in place of a channel's logo: `F2` for `FR| France 2 HD`. */
export function initials(name: string): string {
  const words = name
    .replace(/^[^|:]{1,6}[|:]\s*/u, '')
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word) => word && !NOISE.has(word.toLowerCase()));
  const [first] = words;
  if (first === undefined) return name.trim().slice(0, 2).toUpperCase() || '?';
  if (words.length === 1) return first.slice(0, 3).toUpperCase();
  return words
    .slice(0, 3)
    .map((word) => (/^\d+$/.test(word) ? word.slice(0, 2) : word.slice(0, 1)))
    .join('')
    .slice(0, 3)
    .toUpperCase();
}
