import type { Card, Posted } from '../domain/card.ts';
import type { Logger } from '../lib/logger.ts';

/** Stores the card of each place. */
export interface CardStore {
  find(place: string): Card | null;
  all(): Card[];
  put(card: Card): void;
  setShown(message: Posted, shown: string): void;
  forget(message: Posted): void;
}

/** A card store that never throws: while the disk or the database fails, places have no card. */
export class SafeCards implements CardStore {
  readonly #cards: CardStore;
  readonly #logger: Logger;
  #isFailing = false;

  constructor(cards: CardStore, logger: Logger) {
    this.#cards = cards;
    this.#logger = logger;
  }

  find(place: string): Card | null {
    return this.#try(() => this.#cards.find(place), null);
  }

  all(): Card[] {
    return this.#try(() => this.#cards.all(), []);
  }

  put(card: Card): void {
    this.#try(() => this.#cards.put(card), undefined);
  }

  setShown(message: Posted, shown: string): void {
    this.#try(() => this.#cards.setShown(message, shown), undefined);
  }

  forget(message: Posted): void {
    this.#try(() => this.#cards.forget(message), undefined);
  }

  /** Logs only the first of several failures in a row, since every event would add one. */
  #try<T>(job: () => T, otherwise: T): T {
    try {
      const result = job();
      this.#isFailing = false;
      return result;
    } catch (error) {
      if (!this.#isFailing) this.#logger.error({ err: error }, 'the cards cannot be read or kept');
      this.#isFailing = true;
      return otherwise;
    }
  }
}
