import type { Programme } from './contract.ts';

/** What is on at a moment, and what follows it. */
export interface NowNext {
  readonly now: Programme | null;
  readonly next: Programme | null;
}

/** @param programmes ordered by start. @param time epoch milliseconds. */
export function nowNext(programmes: readonly Programme[], time: number): NowNext {
  const rest = programmes.filter(({ stop }) => Date.parse(stop) > time);
  const now = rest.find(({ start }) => Date.parse(start) <= time) ?? null;
  return { now, next: rest.find(({ start }) => Date.parse(start) > time) ?? null };
}
