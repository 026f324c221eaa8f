import { LRUCache } from 'lru-cache';
import type { CommandContext } from '../commands/context.ts';
import type { Platform } from '../domain/actor.ts';

const DAY = 24 * 3_600_000;
const MOST = 1_000;

/** Whom a bot tells in private what admins are to know, such as that a stranger asks to be let in. */
export class AdminNotices {
  readonly #context: CommandContext;
  readonly #platform: Platform;
  readonly #told: LRUCache<string, true>;

  constructor(platform: Platform, context: CommandContext) {
    this.#platform = platform;
    this.#context = context;
    const { clock } = context;
    this.#told = new LRUCache({ max: MOST, ttl: DAY, perf: { now: () => clock.monotonic() } });
  }

  /**
   * The platform's own ids of the admins, as far as they are known by name; of roles and groups among them no message
   * can be sent, which the service says. Nobody where the same person has been told of today.
   * @param about whose doing it is, as an actor's id.
   */
  recipients(about: string): string[] {
    if (this.#told.has(about)) return [];
    this.#told.set(about, true);
    const { listed, people } = this.#context;
    const prefix = `${this.#platform}:`;
    const named = people
      .all()
      .filter(({ id, standing }) => standing === 'admin' && id.startsWith(prefix))
      .map(({ id }) => id.slice(prefix.length));
    return [...new Set([...listed[this.#platform].admin, ...named])].filter((id) => prefix + id !== about);
  }
}
