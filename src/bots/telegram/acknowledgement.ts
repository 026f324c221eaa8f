import { type Clock, sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { describeError } from './errors.ts';
import type { Outbox, Toast } from './outbox.ts';

/** Milliseconds that other calls wait for the acknowledgement to be sent. */
const PATIENCE = 1_000;

/** Acknowledges one press, once. */
export class Acknowledgement {
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #query: string;
  readonly #logger: Logger;
  #sending: Promise<void> | null = null;

  constructor(outbox: Outbox, clock: Clock, query: string, logger: Logger) {
    this.#outbox = outbox;
    this.#clock = clock;
    this.#query = query;
    this.#logger = logger;
  }

  get isGiven(): boolean {
    return this.#sending !== null;
  }

  /** Acknowledges the press; further calls do nothing. Never rejects, as a late acknowledgement is useless anyway. */
  async send(toast: Toast = {}): Promise<void> {
    this.#sending ??= this.#outbox.toast(this.#query, toast).catch((error: unknown) => {
      this.#logger.debug({ reason: describeError(error) }, 'a press could not be acknowledged');
    });
    await this.settled();
  }

  /** Resolves once the acknowledgement is sent, or after a second. */
  async settled(): Promise<void> {
    if (!this.#sending) return;
    const over = new AbortController();
    const late = sleep(this.#clock, PATIENCE, over.signal).catch(() => {});
    await Promise.race([this.#sending, late]);
    over.abort();
  }
}
