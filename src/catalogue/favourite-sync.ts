import { setImmediate } from 'node:timers/promises';
import type { Logger } from '../lib/logger.ts';
import type { Favourite, Favourites } from '../store/favourites.ts';
import type { Catalogue } from './catalogue.ts';
import { findAgain } from './find-again.ts';

/** Updates everybody's favourites when the provider gives their channels new ids. */
export class FavouriteSync {
  readonly #catalogue: Catalogue;
  readonly #favourites: Favourites;
  readonly #logger: Logger;
  #life = new AbortController();
  #unsubscribe: () => void = () => {};
  #underWay: Promise<void> = Promise.resolve();

  constructor(catalogue: Catalogue, favourites: Favourites, logger: Logger) {
    this.#catalogue = catalogue;
    this.#favourites = favourites;
    this.#logger = logger;
  }

  start(): void {
    this.#life = new AbortController();
    this.#unsubscribe = this.#catalogue.onChange(() => this.#followSoon());
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#life.abort();
    await this.#underWay;
  }

  #followSoon(): void {
    const { signal } = this.#life;
    this.#underWay = this.#underWay
      .then(() => this.#follow(signal))
      .catch((error: unknown) => {
        if (!signal.aborted) this.#logger.error({ err: error }, 'favourites could not follow their channels');
      });
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const moves: { from: Favourite; to: Favourite }[] = [];
    for (const from of this.#favourites.all()) {
      const now = findAgain(this.#catalogue, from);
      if (now?.id === from.channelId) continue;
      if (now) moves.push({ from, to: { channelId: now.id, channelName: now.name } });
      // The search takes time, so the event loop gets a turn.
      await setImmediate();
      signal.throwIfAborted();
    }
    this.#favourites.move(moves);
  }
}
