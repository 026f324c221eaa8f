import { highestOf, type Purpose } from '../../accounts/purpose.ts';

/** One user of a connection. */
export interface Share {
  /** For people who ask what holds the slot. */
  readonly name: string;
  readonly purpose: Purpose;
}

/** All users of one connection. A channel may be there twice, since a successor joins before the one it follows leaves. */
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

  /** Who has used the connection longest of those who still do; the last one, where nobody does. */
  get holder(): string {
    return this.#holder;
  }

  /**
   * The most important one. A connection without users is being closed and counts as a client's: a screen waits for its
   * slot, but a client is told at once that there is none, since the next channel of the screen is likely to need it.
   */
  get purpose(): Purpose {
    return highestOf([...this.#shares].map(({ purpose }) => purpose)) ?? 'client';
  }

  #nameHolder(): void {
    const [first] = this.#shares;
    if (first) this.#holder = first.name;
  }
}
