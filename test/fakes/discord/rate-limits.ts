import type { Violations } from './violations.ts';

/** The most calls in a time, counted for each value of the path part named by `per`. */
interface Limit {
  readonly calls: number;
  readonly windowMs: number;
  readonly per: string;
}

/** Limits by route as observed of the service, which publishes no numbers. */
const limits: Readonly<Record<string, Limit>> = {
  'POST /channels/:channel/messages': { calls: 5, windowMs: 5_000, per: 'channel' },
  'PATCH /channels/:channel/messages/:message': { calls: 5, windowMs: 5_000, per: 'channel' },
  'DELETE /channels/:channel/messages/:message': { calls: 5, windowMs: 1_000, per: 'channel' },
  'GET /channels/:channel/messages': { calls: 5, windowMs: 5_000, per: 'channel' },
  'POST /channels/:channel/typing': { calls: 5, windowMs: 5_000, per: 'channel' },
  'POST /webhooks/:application/:token': { calls: 5, windowMs: 2_000, per: 'token' },
  'PATCH /webhooks/:application/:token/messages/:message': { calls: 5, windowMs: 2_000, per: 'token' },
  'PUT /applications/:application/commands': { calls: 5, windowMs: 20_000, per: 'application' },
  'PUT /applications/:application/guilds/:guild/commands': { calls: 5, windowMs: 20_000, per: 'guild' },
};

/** A 429 that a test requested; it lasts in real time, as the client's wait does. */
export interface AskedLimit {
  readonly retryAfterSeconds: number;
  readonly global: boolean;
}

/** The verdict of the rate limit on a call: headers for the answer, and the wait if it is refused. */
export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  readonly retryAfterSeconds: number | null;
  readonly global: boolean;
}

const free: Verdict = { headers: {}, retryAfterSeconds: null, global: false };
/** Timers may fire a little early. */
const toleranceMs = 20;

/** Counts calls per bucket on the fake's clock, and remembers imposed waits. */
export class RateLimits {
  readonly #now: () => number;
  readonly #violations: Violations;
  readonly #windows = new Map<string, { count: number; endsAt: number }>();
  readonly #asked = new Map<string, AskedLimit[]>();
  /** The end of the wait (performance.now) of each bucket, or `*` for all. */
  readonly #blocked = new Map<string, number>();

  constructor(now: () => number, violations: Violations) {
    this.#now = now;
    this.#violations = violations;
  }

  /** Answers the next call of the route with a 429. */
  ask(route: string, limit: AskedLimit): void {
    this.#asked.set(route, [...(this.#asked.get(route) ?? []), limit]);
  }

  judge(route: string, params: ReadonlyMap<string, string>): Verdict {
    const limit = limits[route];
    const bucket = `${route} ${params.get(limit?.per ?? '') ?? ''}`;
    const waitMs = Math.max(this.#blocked.get(bucket) ?? 0, this.#blocked.get('*') ?? 0) - performance.now();
    if (waitMs > toleranceMs) {
      this.#violations.note('rate-limit', `${route} came ${Math.round(waitMs)} ms before it was allowed`);
      return this.#refuse(bucket, route, { retryAfterSeconds: waitMs / 1000, global: false });
    }
    const asked = this.#asked.get(route)?.shift();
    if (asked) {
      const until = performance.now() + asked.retryAfterSeconds * 1000;
      this.#blocked.set(asked.global ? '*' : bucket, until);
      return this.#refuse(bucket, route, asked);
    }
    return limit ? this.#count(bucket, route, limit) : free;
  }

  #count(bucket: string, route: string, { calls, windowMs }: Limit): Verdict {
    const now = this.#now();
    const open = this.#windows.get(bucket);
    const window = open && open.endsAt > now ? open : { count: 0, endsAt: now + windowMs };
    window.count += 1;
    this.#windows.set(bucket, window);
    const left = (window.endsAt - now) / 1000;
    if (window.count > calls) {
      this.#violations.note('rate-limit', `${route}: more than ${calls} calls in ${windowMs} ms`);
      return this.#refuse(bucket, route, { retryAfterSeconds: left, global: false });
    }
    return {
      retryAfterSeconds: null,
      global: false,
      headers: {
        'x-ratelimit-limit': String(calls),
        'x-ratelimit-remaining': String(calls - window.count),
        'x-ratelimit-reset': (window.endsAt / 1000).toFixed(3),
        'x-ratelimit-reset-after': left.toFixed(3),
        'x-ratelimit-bucket': hash(route),
      },
    };
  }

  #refuse(bucket: string, route: string, { retryAfterSeconds, global }: AskedLimit): Verdict {
    const headers = {
      'retry-after': String(Math.ceil(retryAfterSeconds)),
      'x-ratelimit-limit': String(limits[route]?.calls ?? 1),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': ((this.#now() + retryAfterSeconds * 1000) / 1000).toFixed(3),
      'x-ratelimit-reset-after': retryAfterSeconds.toFixed(3),
      'x-ratelimit-bucket': hash(bucket.slice(0, route.length)),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global && { 'x-ratelimit-global': 'true' }),
    };
    return { headers, retryAfterSeconds, global };
  }
}

function hash(text: string): string {
  return Buffer.from(text).toString('hex').padEnd(32, '0').slice(-32);
}
