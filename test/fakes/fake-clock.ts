import type { Clock } from '../../src/lib/clock.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Runs everything that waits only for promises. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A clock that advances only on demand. Times are in milliseconds. */
export class FakeClock implements Clock {
  #time: number;
  readonly #epoch: number;
  readonly #timers = new Set<Timer>();

  constructor({ monotonic = 1_000_000, epoch = Date.UTC(2026, 0, 1) } = {}) {
    this.#time = monotonic;
    this.#epoch = epoch - monotonic;
  }

  now(): number {
    return this.#epoch + this.#time;
  }

  monotonic(): number {
    return this.#time;
  }

  after(delay: number, callback: () => void): () => void {
    const timer = { at: this.#time + delay, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** The number of scheduled callbacks. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Advances by `delay` and runs due callbacks in order, each with the promises that follow from it. */
  async advance(delay: number): Promise<void> {
    const end = this.#time + delay;
    await settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#time = Math.max(this.#time, next.at);
      next.callback();
      await settle();
    }
    this.#time = end;
  }

  /** Advances without running callbacks, for code that only measures time. */
  skip(delay: number): void {
    this.#time += delay;
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
    return next;
  }
}
