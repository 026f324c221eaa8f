import type { Clock } from './clock.ts';

/** A time limit for one piece of work. */
export interface Deadline {
  readonly clock: Clock;
  /** Milliseconds; null for no limit. */
  readonly after: number | null;
  /** Makes the abort reason of the work's signal. */
  readonly reason: () => Error;
}

/** Runs work with a signal that aborts when `signal` aborts or when the deadline passes. */
export async function untilDeadline<T>(
  { clock, after, reason }: Deadline,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (after === null) return work(signal);
  const limit = new AbortController();
  const cancel = clock.after(after, () => limit.abort(reason()));
  return work(AbortSignal.any([signal, limit.signal])).finally(cancel);
}
