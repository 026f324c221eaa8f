import { tooManyRequests } from './refusal.ts';

const minute = 60_000;
const second = 1_000;

/** A retry that is early by less than these milliseconds is due to imprecise timers. */
const timerSlack = 50;

/**
 * The limits of core.telegram.org/bots/faq, in milliseconds. `strict`: one new message per second and chat, and twenty
 * new or edited ones per minute and group, without the bursts that the service allows. `groups`: only the latter, which a bot
 * that answers people cannot always keep, so that only calls before the end of the wait are violations.
 */
export class RateLimits {
  readonly #mode: 'strict' | 'groups';
  /** By kind of call and chat. */
  readonly #waits = new Map<string, number>();
  readonly #sent = new Map<number, number[]>();
  readonly #written = new Map<number, number[]>();

  constructor(mode: 'strict' | 'groups') {
    this.#mode = mode;
  }

  /** Counts a call. @throws {Refusal} 429 with the seconds to wait */
  check(chatId: number, what: 'send' | 'edit', now: number): void {
    const sent = recent(this.#sent, chatId, now - second);
    const written = recent(this.#written, chatId, now - minute);
    const oldest = written[0];
    const isStrict = this.#mode === 'strict';
    if (isStrict && what === 'send' && sent.length > 0) throw tooManyRequests(1, 'bot');
    if (chatId < 0 && written.length >= 20 && oldest !== undefined) {
      const isImpatient = now < (this.#waits.get(`${what} ${chatId}`) ?? 0) - timerSlack;
      this.#waits.set(`${what} ${chatId}`, oldest + minute);
      const seconds = Math.max(1, Math.ceil((oldest + minute - now) / second));
      throw tooManyRequests(seconds, isStrict || isImpatient ? 'bot' : 'nobody');
    }
    if (what === 'send') sent.push(now);
    written.push(now);
  }
}

function recent(times: Map<number, number[]>, chatId: number, since: number): number[] {
  const kept = (times.get(chatId) ?? []).filter((time) => time > since);
  times.set(chatId, kept);
  return kept;
}
