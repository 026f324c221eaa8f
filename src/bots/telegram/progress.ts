import type { Reply } from '../../commands/reply.ts';
import { type Clock, sleep } from '../../lib/clock.ts';

/** Sends, edits and removes a progress message. */
export interface ProgressPort {
  /** @returns the message's id. */
  send(reply: Reply, signal: AbortSignal): Promise<number>;
  edit(message: number, reply: Reply, signal: AbortSignal): Promise<void>;
  remove(message: number): Promise<void>;
}

/** Milliseconds that the answer waits for a progress message on its way. */
const PATIENCE = 3_000;
/** Milliseconds before the first progress is shown. */
const SOON = 250;

/** A message that shows progress until the answer replaces it. Progress that comes too late is dropped. */
export class Progress {
  readonly #port: ProgressPort;
  readonly #clock: Clock;
  readonly #over = new AbortController();
  #message: number | null;
  #isShown = false;
  #running: Promise<void> = Promise.resolve();
  /** The next progress to show. */
  #next: Reply | null = null;
  #cancel = () => {};

  /** @param message an existing message; null if the first progress sends one. */
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

  /** Ends the progress because the answer is ready. @returns the message that shows the progress, or null. */
  async end(): Promise<number | null> {
    const isNew = this.#message === null;
    this.#over.abort();
    this.#cancel();
    const late = sleep(this.#clock, PATIENCE).then(() => 'late' as const);
    if ((await Promise.race([this.#running, late])) === 'late') {
      // The answer gets a message of its own, and the late progress message is removed once it is sent.
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

  /** Shows a progress after the one before; errors are ignored, since the answer still comes. */
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
