import { LRUCache } from 'lru-cache';
import type { CommandContext } from '../commands/context.ts';
import type { Platform } from '../domain/actor.ts';

const DAY = 24 * 3_600_000;
const MOST = 1_000;

type NoticesContext = Pick<CommandContext, 'clock' | 'listed' | 'people'>;

/** Chooses the admins whom a bot notifies in private, for example when a stranger asks for access. */
export class AdminNotices {
  readonly #context: NoticesContext;
  readonly #platform: Platform;
  readonly #told: LRUCache<string, true>;

  constructor(platform: Platform, context: NoticesContext) {
    this.#platform = platform;
    this.#context = context;
    const { clock } = context;
    this.#told = new LRUCache({ max: MOST, ttl: DAY, perf: { now: () => clock.monotonic() } });
  }

  /**
   * Returns the platform's ids of the admins, or none if they were notified about the same person within 24 hours.
   * The list may hold ids of roles and groups, to which the service refuses to send messages.
   * @param about the actor id of the person whom the notice is about.
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
