import type { Clock } from './clock.ts';

export interface RateLimitOptions {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** From one, in one stretch. */
  readonly most: number;
  /** Milliseconds. */
  readonly stretch: number;
}

/** Of those who count, as many are kept in mind. */
const MOST_KEPT = 10_000;

/** Counts by whom something comes from, whatever it is that is counted; a wall clock that is put back keeps nobody out. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #counts = new Map<string, { count: number; until: number }>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  isExceeded(from: string): boolean {
    const { clock, most } = this.#options;
    const known = this.#counts.get(from);
    return known !== undefined && known.until > clock.monotonic() && known.count >= most;
  }

  count(from: string): void {
    const { clock, stretch } = this.#options;
    const now = clock.monotonic();
    const known = this.#counts.get(from);
    if (known && known.until > now) known.count += 1;
    else {
      // Last in the map, so that the first in it is the oldest.
      this.#counts.delete(from);
      this.#counts.set(from, { count: 1, until: now + stretch });
      const [oldest] = this.#counts.keys();
      if (this.#counts.size > MOST_KEPT && oldest !== undefined) this.#counts.delete(oldest);
    }
  }
}
