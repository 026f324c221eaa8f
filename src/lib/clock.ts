/** The source of time, which tests replace. All values are milliseconds. */
export interface Clock {
  /** The wall clock, since the epoch. */
  now(): number;
  /** A clock that never goes back, for measuring intervals only. */
  monotonic(): number;
  /** Calls back once after `delay`, unless the returned function is called first. */
  after(delay: number, callback: () => void): () => void;
}

/** The clock of the system. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, callback) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delay`, or rejects with the signal's reason if the signal aborts first. */
export function sleep(clock: Clock, delay: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delay, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}
