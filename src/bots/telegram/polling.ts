import { GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { sleep } from '../../lib/clock.ts';
import { apiSignal } from './api-signal.ts';
import { describeError, isTokenRefused } from './errors.ts';
import { allowedUpdates, type Receiver, type ReceiverOptions } from './receiver.ts';

/** Seconds that the service holds a getUpdates request open. */
const HELD = 15;
/** Milliseconds after which an open request counts as lost. */
const LOST_AFTER = 22_000;
/** Milliseconds between tries while the service cannot be reached. */
const PAUSES = [1_000, 2_000, 4_000, 8_000];
/** Failures in a row before the service counts as unreachable. */
const FAILURES = 2;
/** Milliseconds to leave another program alone that polls with the same token. */
const FIRST_TRUCE = 5_000;
const LONGEST_TRUCE = 5 * 60_000;
/** Milliseconds of undisturbed polling after which truces start short again. */
const STEADY = 60_000;
const GOODBYE = 1_500;

/** Polls for updates, which needs no address that Telegram can reach. */
export class Polling implements Receiver {
  readonly #ending = new AbortController();
  #running: Promise<void> = Promise.resolve();

  async start(options: ReceiverOptions): Promise<void> {
    // A webhook from an earlier configuration would take all updates.
    await options.api.deleteWebhook();
    this.#running = new Poll(options, this.#ending.signal).run();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }
}

/** One polling run. */
class Poll {
  readonly #options: ReceiverOptions;
  readonly #signal: AbortSignal;
  #offset = 0;
  #confirmed = 0;
  #failures = 0;
  #truce = FIRST_TRUCE;
  #worksSince: number | null = null;
  #isFirst = true;
  #wasLost = false;

  constructor(options: ReceiverOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    const { listener } = this.#options;
    while (!this.#signal.aborted) {
      try {
        this.#take(await this.#ask());
      } catch (error) {
        if (this.#signal.aborted) break;
        if (isTokenRefused(error)) return listener.onRefused(error);
        await sleep(this.#options.clock, this.#pauseAfter(error), this.#signal).catch(() => {});
      }
    }
    await this.#confirm();
  }

  /** Requests updates. The first request returns at once, so that the bot is known to be on. */
  async #ask(): Promise<Update[]> {
    const offset = this.#offset;
    const lost = AbortSignal.timeout(LOST_AFTER);
    const question = { offset, timeout: this.#isFirst ? 0 : HELD, allowed_updates: allowedUpdates };
    const confirmed = this.#confirmed;
    // The offset of a request confirms all earlier updates.
    this.#confirmed = offset;
    try {
      return await this.#options.api.getUpdates(question, apiSignal(this.#signal, lost));
    } catch (error) {
      if (!this.#signal.aborted) this.#confirmed = confirmed;
      throw error;
    } finally {
      this.#wasLost = lost.aborted;
    }
  }

  #take(updates: readonly Update[]): void {
    const { clock, listener } = this.#options;
    this.#isFirst = false;
    this.#failures = 0;
    this.#worksSince ??= clock.monotonic();
    listener.onState('on');
    for (const update of updates) {
      this.#offset = update.update_id + 1;
      listener.onUpdate(update);
    }
  }

  /** The pause after an error, in milliseconds. */
  #pauseAfter(error: unknown): number {
    const { clock, listener } = this.#options;
    const wasSteady = this.#worksSince !== null && clock.monotonic() - this.#worksSince >= STEADY;
    const code = error instanceof GrammyError ? error.error_code : null;
    // Another request without waiting would throw out the other program each time.
    this.#isFirst = false;
    if (code === 409) {
      this.#worksSince = null;
      listener.onState('conflict', describeError(error));
      const truce = wasSteady ? FIRST_TRUCE : this.#truce;
      this.#truce = Math.min(truce * 2, LONGEST_TRUCE);
      return truce;
    }
    if (error instanceof GrammyError && code === 429) return (error.parameters.retry_after ?? 1) * 1_000;
    this.#failures++;
    if (this.#wasLost || this.#failures >= FAILURES) listener.onState('unreachable', describeError(error));
    return PAUSES[Math.min(this.#failures, PAUSES.length) - 1] ?? 0;
  }

  /** Confirms the last updates, which would otherwise be handled again after a restart. */
  async #confirm(): Promise<void> {
    if (this.#confirmed === this.#offset) return;
    const last = { offset: this.#offset, limit: 1, timeout: 0 };
    await this.#options.api.getUpdates(last, apiSignal(AbortSignal.timeout(GOODBYE))).catch(() => {});
  }
}
