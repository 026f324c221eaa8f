import { highestOf, type Purpose } from '../../accounts/purpose.ts';

/** One user of a connection. */
export interface Share {
  /** Name for people who ask who holds the slot. */
  readonly name: string;
  readonly purpose: Purpose;
}

/** All users of one connection. A channel may be listed twice, since a successor joins before its predecessor leaves. */
export class TunerShares {
  readonly #shares = new Set<Share>();
  #holder = '';

  add(share: Share): void {
    this.#shares.add(share);
    this.#nameHolder();
  }

  delete(share: Share): void {
    this.#shares.delete(share);
    this.#nameHolder();
  }

  get isEmpty(): boolean {
    return this.#shares.size === 0;
  }

  /** The current user who joined first; the last user if there is none any more. */
  get holder(): string {
    return this.#holder;
  }

  /**
   * The most important purpose. A connection without users is being closed and counts as a client's: a screen waits for its
   * slot, but a client gets an error at once, since the screen's next channel is likely to need the slot.
   */
  get purpose(): Purpose {
    return highestOf([...this.#shares].map(({ purpose }) => purpose)) ?? 'client';
  }

  /** The most important purpose once a user with one has left; null if nobody stays. */
  without(purpose: Purpose): Purpose | null {
    const all = [...this.#shares].map((share) => share.purpose);
    const leaving = all.indexOf(purpose);
    return highestOf(all.filter((_, at) => at !== leaving));
  }

  #nameHolder(): void {
    const [first] = this.#shares;
    if (first) this.#holder = first.name;
  }
}
