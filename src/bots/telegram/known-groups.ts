import { LRUCache } from 'lru-cache';

/** Stores the groups that a bot is in. */
export interface GroupStore {
  put(bot: string, group: { readonly id: string; readonly title: string }, now: number): void;
  forget(bot: string, id: string): void;
  move(bot: string, from: string, to: string): void;
}

const MOST_REMEMBERED = 1_000;

/** Notes the groups that the bot is in, for the set-up page. Only news is written to the store. */
export class KnownGroups {
  readonly #store: GroupStore;
  readonly #bot: string;
  readonly #now: () => number;
  /** The titles that this process has written, by id. */
  readonly #titles = new LRUCache<string, string>({ max: MOST_REMEMBERED });

  /** @param bot the bot's id. */
  constructor(store: GroupStore, bot: string, now: () => number) {
    this.#store = store;
    this.#bot = bot;
    this.#now = now;
  }

  note(id: string, title: string): void {
    if (this.#titles.get(id) === title) return;
    this.#titles.set(id, title);
    this.#store.put(this.#bot, { id, title }, this.#now());
  }

  forget(id: string): void {
    this.#titles.delete(id);
    this.#store.forget(this.#bot, id);
  }

  /** A group became a supergroup with another id. */
  move(from: string, to: string): void {
    this.#titles.delete(from);
    this.#store.move(this.#bot, from, to);
  }
}
