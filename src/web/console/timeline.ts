import type { Programme } from '../common/contract.ts';

const HALF_HOUR = 30 * 60_000;

/** A span of the guide, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What the grid shows: from the half-hour before now on. */
export function spanFrom(now: number, hours: number): Span {
  const from = Math.floor(now / HALF_HOUR) * HALF_HOUR;
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
