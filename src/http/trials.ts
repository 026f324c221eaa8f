import type { Visitor } from '../access/visitor.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { RateLimit } from '../lib/rate-limit.ts';

/** Trials a minute by one person, whether the subscription is used afterwards or not: providers block those who guess. */
const MOST_TRIALS = 10;

/** Lets one trial or change of an account run at a time, and each person try so often. */
export class Trials {
  readonly #limit: RateLimit;
  #isTaken = false;

  constructor(clock: Clock) {
    this.#limit = new RateLimit({ clock, most: MOST_TRIALS, stretch: 60_000 });
  }

  /** Runs the one trial or change. @throws AppError trial_running */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isTaken) throw new AppError('trial_running');
    this.#isTaken = true;
    try {
      return await work();
    } finally {
      this.#isTaken = false;
    }
  }

  /** Counts a trial. @throws AppError rate_limited */
  count({ id }: Pick<Visitor, 'id'>): void {
    if (this.#limit.isExceeded(id)) throw new AppError('rate_limited');
    this.#limit.count(id);
  }
}
