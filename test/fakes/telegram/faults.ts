import type { Clock } from '../../../src/lib/clock.ts';
import { Refusal, tooManyRequests } from './refusal.ts';

/**
 * A failure of a call: `drop` cuts the connection before the call is done, `drop-answer` after it, `hang` never answers,
 * `bad-gateway` is a proxy's 502 page, `flood` is a 429 with seconds to wait (and refuses until they have passed),
 * `refuse` is any other refusal.
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

// A retry that is early by less than these milliseconds is due to imprecise timers.
const timerSlack = 50;

/** The failures that a test has ordered, and the waits that they impose on the bot. */
export class Faults {
  readonly #clock: Clock;
  #planned: Planned[] = [];
  /** The earliest next call of a method for a chat. */
  readonly #waits = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Orders a failure. `method` is in the Bot API's spelling, or '*' for any except getUpdates. */
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

  /** @throws {Refusal} the fault's error, or 429 for a call before an earlier 429 allows it */
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
