import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../lib/clock.ts';

/** Addresses that are kept in mind. */
const MOST_KEPT = 5_000;

interface Count {
  current: number;
  readonly until: number;
}

/** Counts requests for @fastify/rate-limit, whose own store goes by the wall clock: one that is put back would keep people out. */
export function monotonicStore(clock: Pick<Clock, 'monotonic'>): FastifyRateLimitStoreCtor {
  return class MonotonicStore implements FastifyRateLimitStore {
    /** Made with the first request: it takes memory at once, and each route has its own. */
    #counts: LRUCache<string, Count> | null = null;

    incr: FastifyRateLimitStore['incr'] = (key, callback, timeWindow) => {
      const now = clock.monotonic();
      this.#counts ??= new LRUCache({ max: MOST_KEPT });
      const known = this.#counts.get(key);
      const count = known && known.until > now ? known : { current: 0, until: now + timeWindow };
      count.current += 1;
      this.#counts.set(key, count);
      callback(null, { current: count.current, ttl: count.until - now });
    };

    child(): FastifyRateLimitStore {
      return new MonotonicStore();
    }
  };
}
