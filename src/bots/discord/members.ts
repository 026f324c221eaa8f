import type { Guild, GuildMember } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { type Clock, sleep } from '../../lib/clock.ts';
import { isNoMember } from './errors.ts';

/** Milliseconds to wait for Discord; the interaction is already acknowledged. */
const PATIENCE = 4_000;
/** The greatest age in milliseconds of a cached member, which autocomplete relies on. */
const RECENT = 60_000;
const MOST = 1_000;

/** Looks up server members for private messages, whose interactions carry none. */
export class Members {
  readonly #clock: Clock;
  /** A null member is not in the server. */
  readonly #known: LRUCache<string, { readonly member: GuildMember | null }>;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#known = new LRUCache({ max: MOST, ttl: RECENT, perf: { now: () => clock.monotonic() } });
  }

  /** Fetches the member with their current roles; null if they are not in the server. Rejects after four seconds. */
  async fetch(guild: Guild, userId: string): Promise<GuildMember | null> {
    const answered = new AbortController();
    const late = sleep(this.#clock, PATIENCE, answered.signal).then(() => {
      throw new Error('Discord does not say in time what somebody is in the server');
    });
    // When aborted, it rejects after the race is over.
    late.catch(() => {});
    try {
      // Without `force` discord.js answers from its cache.
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

  /** The member as fetched within the last minute; null if they are not in the server or not cached. */
  recent(userId: string): GuildMember | null {
    return this.#known.get(userId)?.member ?? null;
  }
}
