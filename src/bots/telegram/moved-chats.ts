import type { IdsByRole } from '../../access/people.ts';
import { roles } from '../../domain/actor.ts';
import type { Logger } from '../../lib/logger.ts';

/** Stores the moves of groups across restarts. */
export interface MoveStore {
  all(): { readonly from: string; readonly to: string }[];
  put(move: { readonly from: string; readonly to: string }, now: number): void;
}

export interface MovedChatsOptions {
  readonly store: MoveStore;
  /** The ids to which the settings give roles now. */
  readonly listed: () => IdsByRole;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Maps supergroups to their former ids, so that roles given to a former id still count. */
export class MovedChats {
  readonly #options: MovedChatsOptions;
  readonly #formerIds: Map<string, string>;

  constructor(options: MovedChatsOptions) {
    this.#options = options;
    this.#formerIds = new Map(options.store.all().map(({ from, to }) => [to, from]));
  }

  /** The chat's id, and its former id if it has one. */
  idsOf(chat: string): readonly string[] {
    const former = this.#formerIds.get(chat);
    return former === undefined ? [chat] : [chat, former];
  }

  /** Records a move. @returns false if it was already known. */
  note(from: string, to: string): boolean {
    if (this.#formerIds.get(to) === from) return false;
    const { store, now } = this.#options;
    this.#formerIds.set(to, from);
    store.put({ from, to }, now());
    this.#remind(from, to);
    return true;
  }

  /** Logs the settings that still hold a former id. */
  remind(): void {
    for (const [to, from] of this.#formerIds) this.#remind(from, to);
  }

  #remind(from: string, to: string): void {
    const { logger } = this.#options;
    const listed = this.#options.listed();
    for (const role of roles) {
      if (!listed[role].has(from) || listed[role].has(to)) continue;
      const setting = `TELEGRAM_${role.toUpperCase()}_IDS`;
      logger.warn(
        { from, to },
        `the group ${from} is a supergroup now: replace it with ${to} in ${setting} (/setup, All settings)`,
      );
    }
  }
}
