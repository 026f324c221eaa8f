import type { Span } from '../../domain/span.ts';

export const MINUTE = 60_000;
/** Panels refuse longer stretches. */
const LONGEST = 480 * MINUTE;
/** Milliseconds by which an archive is behind the live picture. */
const LAG = 2 * MINUTE;
/** Milliseconds after which an archive does not grow any more at that place. */
const SETTLED = 10 * MINUTE;

/** The first stretch of the past to ask for, from a whole minute on. @param now epoch milliseconds, as all times here. */
export function firstRequest({ from, to }: Span, now: number): Span {
  return requestFrom(Math.floor(from / MINUTE) * MINUTE, to, now);
}

/**
 * The stretch to ask for after another one: from where that one stopped, to the nearest minute.
 * @param reached the wall time of the last picture.
 * @returns null where all has been read; 'stuck' where it would be the same stretch again.
 */
export function nextRequest(last: Span, reached: number, to: number, now: number): Span | 'stuck' | null {
  if (to - reached < MINUTE) return null;
  const from = Math.round(reached / MINUTE) * MINUTE;
  return from > last.from ? requestFrom(from, to, now) : 'stuck';
}

/** Where an answer has stopped: a whole one leaves nothing out but what was never recorded. */
export function stoppedAt(request: Span, reached: number, isWhole: boolean, askedAt: number): number {
  return isWhole && request.to < askedAt - SETTLED ? Math.max(reached, request.to) : reached;
}

/** Milliseconds until the archive has the first minute of a stretch. */
export function waitFor(request: Span, now: number): number {
  return Math.max(0, request.from + MINUTE + LAG - now);
}

function requestFrom(from: number, to: number, now: number): Span {
  const there = Math.floor((now - LAG) / MINUTE) * MINUTE;
  const end = Math.min(to, there, from + LONGEST);
  return { from, to: Math.max(end, from + MINUTE) };
}
