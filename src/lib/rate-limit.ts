import type { Clock } from './clock.ts';

/** The limit: `most` events in `stretch` milliseconds. */
export interface RateLimitOptions {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** The number of events that one source may cause in one stretch. */
  readonly most: number;
  /** Milliseconds. */
  readonly stretch: number;
}

/** The number of sources that are remembered. */
const MOST_KEPT = 10_000;

/** Counts events by their source. It uses the monotonic clock, so that a wall clock that is set back locks nobody out. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #counts = new Map<string, { count: number; until: number }>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Whether a source has used up its limit. */
  isExceeded(from: string): boolean {
    const { clock, most } = this.#options;
    const known = this.#counts.get(from);
    return known !== undefined && known.until > clock.monotonic() && known.count >= most;
  }

  /** Counts one event of a source. */
  count(from: string): void {
    const { clock, stretch } = this.#options;
    const now = clock.monotonic();
    const known = this.#counts.get(from);
    if (known && known.until > now) known.count += 1;
    else {
      // The entry moves to the end of the map, so that the first entry is the oldest.
      this.#counts.delete(from);
      this.#counts.set(from, { count: 1, until: now + stretch });
      const [oldest] = this.#counts.keys();
      if (this.#counts.size > MOST_KEPT && oldest !== undefined) this.#counts.delete(oldest);
    }
  }
}
