import type { Programme, Span } from '../common/contract/guide.ts';

const HALF_HOUR = 30 * 60_000;
const DAY = 48 * HALF_HOUR;
/** The start of an evening: most films begin then or soon after. */
const EVENING = { hour: 20, minute: 30 };

/** The span of the grid, from the last full half-hour before a time. */
export function spanFrom(time: number, hours: number): Span {
  const from = Math.floor(time / HALF_HOUR) * HALF_HOUR;
  return { from, to: from + hours * 2 * HALF_HOUR };
}

/** The starts of the half-hours in a span, in epoch milliseconds. */
export function halfHours({ from, to }: Span): number[] {
  return Array.from({ length: Math.ceil((to - from) / HALF_HOUR) }, (_, index) => from + index * HALF_HOUR);
}

/** A programme's place in the span, from 0 to 1; null if it is outside or its times are invalid. */
export function placeOf(
  { start, stop }: Pick<Programme, 'start' | 'stop'>,
  { from, to }: Span,
): { readonly left: number; readonly width: number } | null {
  const begin = Math.max(from, Date.parse(start));
  const end = Math.min(to, Date.parse(stop));
  if (!(end > begin)) return null;
  return { left: (begin - from) / (to - from), width: (end - begin) / (to - from) };
}

/** The last evenings in the reader's time zone, the earliest first. @param days how many days back at most */
export function pastEvenings(now: number, days: number): number[] {
  return Array.from({ length: days }, (_, index) => {
    const evening = new Date(now);
    evening.setDate(evening.getDate() - days + index);
    return evening.setHours(EVENING.hour, EVENING.minute, 0, 0);
  }).filter((evening) => evening > now - days * DAY);
}

/** Where a step leads; null for now, also if it would go past it. @param here the start of the grid at this moment */
export function stepFrom(from: number, by: number, here: number): number | null {
  const to = from + by;
  const isBeyond = from !== here && Math.sign(to - here) !== Math.sign(from - here);
  return isBeyond ? null : to;
}

/** The next evenings in the reader's time zone, from today's on unless that has begun. */
export function evenings(now: number, days: number): number[] {
  return Array.from({ length: days }, (_, day) => {
    const evening = new Date(now);
    evening.setDate(evening.getDate() + day);
    return evening.setHours(EVENING.hour, EVENING.minute, 0, 0);
  }).filter((evening) => evening > now);
}

/** A share as CSS has it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
