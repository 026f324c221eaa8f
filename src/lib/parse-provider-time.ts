const ZONE = String.raw`\s*(?:(?<utc>z|utc|gmt)?\s*(?:(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d)?)?)?`;
const CLOCK = String.raw`(?:[ t]+(?<hour>\d\d?):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d+)?)?)?`;
/** `2026-11-28 20:45:00` (ISO 8601), `28/11/2026 20:45`, and `20261128204500` (XMLTV, where everything after the year is optional). */
const forms: readonly RegExp[] = [
  new RegExp(String.raw`^(?<year>\d{4})[-/.](?<month>\d\d?)[-/.](?<day>\d\d?)${CLOCK}${ZONE}`, 'i'),
  new RegExp(String.raw`^(?<day>\d\d?)[-/.](?<month>\d\d?)[-/.](?<year>\d{4})${CLOCK}${ZONE}`, 'i'),
  new RegExp(
    String.raw`^(?<year>\d{4})(?:(?<month>\d\d)(?:(?<day>\d\d)(?:(?<hour>\d\d)(?:(?<minute>\d\d)(?<second>\d\d)?)?)?)?)?(?!\d)(?:\.\d+)?${ZONE}`,
    'i',
  ),
];
/** Outside these years, digits that look like a date are a number: seconds since the epoch begin with 1 until 2033. */
const FIRST_YEAR = 1969;
const LAST_YEAR = 2200;
const SECONDS = /^1\d{9}(?:\.\d*)?$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Parses a provider's time to epoch milliseconds: a date with or without a zone, or seconds, milliseconds or microseconds
 * since the epoch. Null for anything else.
 * @param offset milliseconds by which a date without a zone is ahead of UTC.
 */
export function parseProviderTime(value: string | number, offset = 0): number | null {
  if (typeof value === 'number') return sinceEpoch(value);
  const usual = usualTime(value);
  if (usual !== null) return usual;
  const text = value.trim();
  if (SECONDS.test(text)) return sinceEpoch(Number(text));
  for (const form of forms) {
    const time = dateOf(form.exec(text)?.groups, offset);
    if (time !== null) return time;
  }
  return /^\d{1,17}(?:\.\d*)?$/.test(text) ? sinceEpoch(Number(text)) : null;
}

/** Reads `20261128204500 +0100`, as almost all of XMLTV is written: a guide has a million of them. Null for any other form. */
function usualTime(text: string): number | null {
  if (text.length !== 20 || text[14] !== ' ' || (text[15] !== '+' && text[15] !== '-')) return null;
  const year = numberAt(text, 0, 4);
  const [month, day] = [numberAt(text, 4, 6), numberAt(text, 6, 8)];
  const [hour, minute, second] = [numberAt(text, 8, 10), numberAt(text, 10, 12), numberAt(text, 12, 14)];
  const ahead = (numberAt(text, 16, 18) * 60 + numberAt(text, 18, 20)) * 60_000;
  const isTime = day >= 1 && day <= (DAYS[month - 1] ?? 0) && hour < 24 && minute < 60 && second < 60;
  if (!isTime || !(year >= FIRST_YEAR && year <= LAST_YEAR) || Number.isNaN(ahead)) return null;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  return text[15] === '+' ? time - ahead : time + ahead;
}

/** The digits of a part of a text as a number; NaN if there is anything else. */
function numberAt(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  return number;
}

function dateOf(parts: Record<string, string | undefined> | undefined, offset: number): number | null {
  if (!parts) return null;
  const { year = '', month = '1', day = '1', hour = '0', minute = '0', second = '0', utc, sign } = parts;
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return null;
  const [mm, dd, hh, min, ss] = [month, day, hour, minute, second].map((part) => part.padStart(2, '0'));
  const time = Date.parse(`${year}-${mm}-${dd}T${hh}:${min}:${ss}Z`);
  if (Number.isNaN(time)) return null;
  if (sign === undefined) return utc === undefined ? time - offset : time;
  const ahead = (Number(parts.hours) * 60 + Number(parts.minutes ?? 0)) * 60_000;
  return sign === '+' ? time - ahead : time + ahead;
}

/** Epoch milliseconds of a number whose unit is chosen such that the date lies in these centuries. */
function sinceEpoch(amount: number): number | null {
  const last = Date.UTC(LAST_YEAR);
  const unit = [1000, 1, 0.001].find(
    (scale) => amount * scale < last && (scale === 1000 || amount * scale > 1e11),
  );
  return unit === undefined || amount <= 0 ? null : Math.floor(amount * unit);
}
