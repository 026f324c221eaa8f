import type { Programme } from './contract/guide.ts';

/** The current programme of a channel and the one after it. */
export interface NowNext {
  readonly now: Programme | null;
  readonly next: Programme | null;
}

/** Finds the programme at a time and the next one. @param programmes ordered by start. @param time epoch milliseconds. */
export function nowNext(programmes: readonly Programme[], time: number): NowNext {
  const rest = programmes.filter(({ stop }) => Date.parse(stop) > time);
  const now = rest.find(({ start }) => Date.parse(start) <= time) ?? null;
  return { now, next: rest.find(({ start }) => Date.parse(start) > time) ?? null };
}
