import type { Reply } from '../../commands/reply.ts';
import { type Clock, sleep } from '../../lib/clock.ts';

/** How a message shows how far something is. */
export interface ProgressPort {
  /** @returns the message's id. */
  send(reply: Reply, signal: AbortSignal): Promise<number>;
  edit(message: number, reply: Reply, signal: AbortSignal): Promise<void>;
  remove(message: number): Promise<void>;
}

/** So long the answer waits for a message that is on its way, in milliseconds. */
const PATIENCE = 3_000;
/** What is over sooner than this, in milliseconds, needs no message that shows how far it is. */
const SOON = 250;

/** The message that shows how far something is until the answer takes its place. What comes too late is dropped. */
export class Progress {
  readonly #port: ProgressPort;
  readonly #clock: Clock;
  readonly #over = new AbortController();
  #message: number | null;
  #isShown = false;
  #running: Promise<void> = Promise.resolve();
  /** What is to be shown soon. */
  #next: Reply | null = null;
  #cancel = () => {};

  /** @param message one that is there already; null: the first progress makes one. */
  constructor(port: ProgressPort, clock: Clock, message: number | null = null) {
    this.#port = port;
    this.#clock = clock;
    this.#message = message;
  }

  show(reply: Reply): void {
    if (this.#over.signal.aborted) return;
    const isWaiting = this.#next !== null;
    this.#next = reply;
    if (!isWaiting) this.#cancel = this.#clock.after(this.#isShown ? 0 : SOON, () => this.#showNext());
  }

  /** The answer is there. @returns the message that shows the progress; null if none does. */
  async end(): Promise<number | null> {
    const isNew = this.#message === null;
    this.#over.abort();
    this.#cancel();
    const late = sleep(this.#clock, PATIENCE).then(() => 'late' as const);
    if ((await Promise.race([this.#running, late])) === 'late') {
      // The answer becomes a message of its own, and this one goes as soon as it has come.
      if (isNew) void this.#running.then(() => this.#forget());
      return null;
    }
    return this.#isShown ? this.#message : null;
  }

  #showNext(): void {
    const reply = this.#next;
    this.#next = null;
    if (reply) this.#running = this.#after(this.#running, reply);
  }

  /** A progress that cannot be shown is no loss: the answer comes all the same. */
  async #after(before: Promise<void>, reply: Reply): Promise<void> {
    await before;
    await this.#put(reply).catch(() => {});
  }

  async #put(reply: Reply): Promise<void> {
    const { signal } = this.#over;
    if (signal.aborted) return;
    if (this.#message === null) this.#message = await this.#port.send(reply, signal);
    else await this.#port.edit(this.#message, reply, signal);
    this.#isShown = true;
  }

  async #forget(): Promise<void> {
    if (this.#message !== null) await this.#port.remove(this.#message).catch(() => {});
  }
}
