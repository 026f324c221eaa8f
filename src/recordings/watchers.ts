import type { Clock } from '../lib/clock.ts';

/** Milliseconds for which somebody counts as watching after their last request: players have so much in stock. */
const PATIENCE = 60_000;

/** Who watches a recording that is not one file yet: a player that asks for its parts again and again. */
export class Watchers {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #askedAt = new Map<number, number>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Notes a request of a player. @param id the recording's. */
  note(id: number): void {
    this.#askedAt.set(id, this.#clock.monotonic());
  }

  /** Whether a player has asked lately. */
  isWatched(id: number): boolean {
    const at = this.#askedAt.get(id);
    if (at === undefined) return false;
    if (this.#clock.monotonic() - at < PATIENCE) return true;
    this.#askedAt.delete(id);
    return false;
  }
}
