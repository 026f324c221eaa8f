import type { Clock } from '../lib/clock.ts';

interface Bar {
  readonly pause: number;
  /** The end of the pause, in monotonic milliseconds. */
  readonly until: number;
  readonly cancel: () => void;
}

const FIRST_PAUSE = 5 * 60_000;
const LONGEST_PAUSE = 3_600_000;

/** Places where a bot may not edit for now. No event says when it may again, so each is retried with growing pauses. */
export class EditBarriers {
  readonly #clock: Clock;
  readonly #bars = new Map<string, Bar>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it is too early to try again. */
  has(place: string): boolean {
    const bar = this.#bars.get(place);
    return bar !== undefined && this.#clock.monotonic() < bar.until;
  }

  /** Records a refused edit. @param again is called when the next try is due. @returns whether the bar is new. */
  add(place: string, again: () => void): boolean {
    const before = this.#bars.get(place);
    before?.cancel();
    const pause = before ? Math.min(before.pause * 2, LONGEST_PAUSE) : FIRST_PAUSE;
    const until = this.#clock.monotonic() + pause;
    this.#bars.set(place, { pause, until, cancel: this.#clock.after(pause, again) });
    return before === undefined;
  }

  /** Records a successful edit. @returns whether the place was barred. */
  delete(place: string): boolean {
    this.#bars.get(place)?.cancel();
    return this.#bars.delete(place);
  }

  stop(): void {
    for (const { cancel } of this.#bars.values()) cancel();
    this.#bars.clear();
  }
}
