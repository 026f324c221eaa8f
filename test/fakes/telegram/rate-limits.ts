import { tooManyRequests } from './refusal.ts';

const minute = 60_000;
const second = 1_000;

/**
 * The limits of core.telegram.org/bots/faq, without the bursts that the service lets pass: one new message a
 * second per chat, twenty new or edited ones a minute per group. Milliseconds.
 */
export class RateLimits {
  readonly #sent = new Map<number, number[]>();
  readonly #written = new Map<number, number[]>();

  /** @throws {Refusal} 429 with the seconds to wait */
  check(chatId: number, what: 'send' | 'edit', now: number): void {
    const sent = recent(this.#sent, chatId, now - second);
    const written = recent(this.#written, chatId, now - minute);
    const oldest = written[0];
    if (what === 'send' && sent.length > 0) throw tooManyRequests(1, 'bot');
    if (chatId < 0 && written.length >= 20 && oldest !== undefined)
      throw tooManyRequests(Math.max(1, Math.ceil((oldest + minute - now) / second)), 'bot');
    if (what === 'send') sent.push(now);
    written.push(now);
  }
}

function recent(times: Map<number, number[]>, chatId: number, since: number): number[] {
  const kept = (times.get(chatId) ?? []).filter((time) => time > since);
  times.set(chatId, kept);
  return kept;
}
