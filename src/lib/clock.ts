/** Time as the program sees it, so that tests can hold it in their hands. All values are milliseconds. */
export interface Clock {
  /** Wall clock, since the epoch. */
  now(): number;
  /** Never goes back; for measuring only. */
  monotonic(): number;
  /** Calls back once after `delay`; the returned function calls it off. */
  after(delay: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, callback) {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** Waits; rejects with the signal's reason if that comes first. */
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
