import type { Guild, GuildMember } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { type Clock, sleep } from '../../lib/clock.ts';
import { isNoMember } from './errors.ts';

/** Somebody waits, and their interaction is acknowledged already. */
const PATIENCE = 4_000;
/** So old may be what stands in for an answer; a keystroke has nothing else. */
const RECENT = 60_000;
const MOST = 1_000;

/** Who somebody is in the server, where the interaction does not say: in private messages. */
export class Members {
  readonly #clock: Clock;
  /** A member of null is in no server. */
  readonly #known: LRUCache<string, { readonly member: GuildMember | null }>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#known = new LRUCache({ max: MOST, ttl: RECENT, perf: { now: () => clock.monotonic() } });
  }

  /** As Discord has it now: a role that was taken away does not count. Rejects where Discord does not say in time. */
  async fetch(guild: Guild, userId: string): Promise<GuildMember | null> {
    const answered = new AbortController();
    const late = sleep(this.#clock, PATIENCE, answered.signal).then(() => {
      throw new Error('Discord does not say in time what somebody is in the server');
    });
    // Called off, it rejects once nobody listens.
    late.catch(() => {});
    try {
      // Without `force` it would be whatever they were when they were last seen.
      const asked = guild.members.fetch({ user: userId, force: true }).catch((error: unknown) => {
        if (isNoMember(error)) return null;
        throw error;
      });
      const member = await Promise.race([asked, late]);
      this.#known.set(userId, { member });
      return member;
    } finally {
      answered.abort();
    }
  }

  /** What they were at most a minute ago; null: they are in no server, or that is not known. */
  recent(userId: string): GuildMember | null {
    return this.#known.get(userId)?.member ?? null;
  }
}
