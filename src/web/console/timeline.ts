import type { Programme, Span } from '../common/contract.ts';

const HALF_HOUR = 30 * 60_000;
/** When evenings begin, since that is when most films do, or soon after. */
const EVENING = { hour: 20, minute: 30 };

/** What the grid shows: from the half-hour before a time on. */
export function spanFrom(time: number, hours: number): Span {
  const from = Math.floor(time / HALF_HOUR) * HALF_HOUR;
  return { from, to: from + hours * 2 * HALF_HOUR };
}

/** The half-hours of a span. */
export function halfHours({ from, to }: Span): number[] {
  return Array.from({ length: Math.ceil((to - from) / HALF_HOUR) }, (_, index) => from + index * HALF_HOUR);
}

/** A programme's place in the span, 0 to 1; null where it is outside, or its times make no sense. */
export function placeOf(
  { start, stop }: Pick<Programme, 'start' | 'stop'>,
  { from, to }: Span,
): { readonly left: number; readonly width: number } | null {
  const begin = Math.max(from, Date.parse(start));
  const end = Math.min(to, Date.parse(stop));
  if (!(end > begin)) return null;
  return { left: (begin - from) / (to - from), width: (end - begin) / (to - from) };
}

/** The evenings that are ahead, in the reader's time zone: today's while it is, and those of the days that follow. */
export function evenings(now: number, days: number): number[] {
  return Array.from({ length: days }, (_, day) => {
    const evening = new Date(now);
    evening.setDate(evening.getDate() + day);
    return evening.setHours(EVENING.hour, EVENING.minute, 0, 0);
  }).filter((evening) => evening > now);
}
