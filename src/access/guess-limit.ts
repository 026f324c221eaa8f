import type { Clock } from '../lib/clock.ts';

/** Wrong ones from one address, in one stretch. */
const MOST_WRONG = 30;
const STRETCH = 60_000;
/** Addresses to keep in mind. */
const MOST_ADDRESSES = 10_000;

/** Counts wrong guesses by where they come from. Right ones are never counted, however many. */
export class GuessLimit {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #wrong = new Map<string, { count: number; until: number }>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  isExceeded(from: string): boolean {
    const known = this.#wrong.get(from);
    return known !== undefined && known.until > this.#clock.now() && known.count >= MOST_WRONG;
  }

  count(from: string): void {
    const now = this.#clock.now();
    const known = this.#wrong.get(from);
    if (known && known.until > now) known.count += 1;
    else {
      // Last in the map, so that the first in it is the oldest.
      this.#wrong.delete(from);
      this.#wrong.set(from, { count: 1, until: now + STRETCH });
      const [oldest] = this.#wrong.keys();
      if (this.#wrong.size > MOST_ADDRESSES && oldest !== undefined) this.#wrong.delete(oldest);
    }
  }
}
