import type { Clock } from './clock.ts';

export interface Deadline {
  readonly clock: Clock;
  /** Milliseconds; null for as long as it takes. */
  readonly after: number | null;
  /** What the work's signal is aborted with then. */
  readonly reason: () => Error;
}

/** Does work whose signal is aborted with `signal`, or at the deadline. */
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
