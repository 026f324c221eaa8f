import { threadTurns } from '../lib/turns.ts';

/** Milliseconds that a long job may run before it yields. */
const SLICE = 4;
/** The clock is read only after this many steps, since reading it costs more than most steps. */
const STEPS_PER_LOOK = 32;

/**
 * Cuts a long job into slices, so that segments and playlists are served meanwhile:
 * `if (slices.due()) await slices.rest();` in every step of its loop. Several jobs take turns, one slice in each turn of the
 * event loop, so that five of them hold up nobody longer than one.
 */
export class TimeSlices {
  readonly #signal: AbortSignal | undefined;
  #steps = 0;
  #started = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  /** Counts a step, and tells whether the slice is over. */
  due(): boolean {
    return ++this.#steps % STEPS_PER_LOOK === 0 && performance.now() - this.#started >= SLICE;
  }

  /** Yields to the event loop and to other jobs. @throws the signal's reason */
  async rest(): Promise<void> {
    await threadTurns.next();
    this.#signal?.throwIfAborted();
    this.#started = performance.now();
  }
}
