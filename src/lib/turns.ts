import { setImmediate } from 'node:timers/promises';

/** Lets one of several long jobs run in each turn of the event loop, so that many of them hold up a stream no longer than one. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves in a turn of the event loop that no other job has. */
  next(): Promise<void> {
    this.#last = this.#last.then(() => setImmediate());
    return this.#last;
  }
}

/** The turns of this thread's event loop, which all its long jobs share. */
export const threadTurns = new Turns();
