import type { Clock } from './clock.ts';

/** A time limit for one piece of work. */
export interface Deadline {
  readonly clock: Clock;
  /** Milliseconds; null for no limit. */
  readonly after: number | null;
  /** Makes the abort reason of the work's signal. */
  readonly reason: () => Error;
}

/**
 * Settles as the promise does, or rejects with the signal's reason as soon as that is aborted. The promise's own outcome is
 * ignored from then on, so whatever it stands for must end by itself.
 */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([aborted.promise, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
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
