import type { Clock } from '../../../src/lib/clock.ts';
import { Refusal, tooManyRequests } from './refusal.ts';

/**
 * How a call fails: `drop` cuts the connection before the call is done, `drop-answer` after, `hang` never
 * answers, `bad-gateway` is the 502 page of a proxy, `flood` is 429 with seconds to wait (then it refuses until
 * they have passed), `refuse` any other refusal.
 */
export type Fault =
  | 'drop'
  | 'drop-answer'
  | 'hang'
  | 'bad-gateway'
  | { readonly kind: 'flood'; readonly retryAfter: number }
  | { readonly kind: 'refuse'; readonly code: number; readonly description: string };

interface Planned {
  readonly method: string;
  readonly fault: Fault;
  times: number;
}

// An early retry by less than this is the imprecision of timers, not impatience. Milliseconds.
const timerSlack = 50;

/** The failures that a test has ordered, and the waits that they lay upon the bot. */
export class Faults {
  readonly #clock: Clock;
  #planned: Planned[] = [];
  /** When the method may be called again for a chat. */
  readonly #waits = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `method` in the Bot API's spelling, or '*' for any but getUpdates. */
  plan(method: string, fault: Fault, times: number): void {
    this.#planned.push({ method, fault, times });
  }

  clear(): void {
    this.#planned = [];
    this.#waits.clear();
  }

  take(method: string): Fault | undefined {
    const next = this.#planned.find(
      (planned) => planned.method === method || (planned.method === '*' && method !== 'getUpdates'),
    );
    if (!next) return undefined;
    next.times -= 1;
    if (next.times <= 0) this.#planned = this.#planned.filter((planned) => planned !== next);
    return next.fault;
  }

  /** @throws {Refusal} what the fault says, or 429 for a call that comes before an earlier 429 lets it */
  check(fault: Fault | undefined, method: string, chatId: unknown): void {
    const key = `${method}:${String(chatId)}`;
    const left = (this.#waits.get(key) ?? 0) - this.#clock.now();
    if (left > timerSlack) throw tooManyRequests(Math.ceil(left / 1000), 'bot');
    if (typeof fault !== 'object') return;
    if (fault.kind === 'refuse') throw new Refusal(fault.code, fault.description, 'nobody');
    this.#waits.set(key, this.#clock.now() + fault.retryAfter * 1000);
    throw tooManyRequests(fault.retryAfter, 'nobody');
  }
}
