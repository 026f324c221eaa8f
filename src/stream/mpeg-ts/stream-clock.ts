import { TICKS_PER_SECOND, ticksBetween } from './packets.ts';

/** What a source's clock is read from, best first: its programme clock, its pictures, its sound. */
export type ClockKind = 0 | 1 | 2;
const kinds: readonly ClockKind[] = [0, 1, 2];

/** A longer way from one timestamp to the next, or one back, is a jump, and takes no time: FFmpeg closes such holes too. */
const LONGEST_STEP = 3;
/** … of a clock that does not count. */
const LONGEST_OTHER_STEP = 1;
/** Seconds that another clock must be ahead before the one that counts is taken to stand still. */
const PATIENCE = 0.5;
/** Seconds beyond which a step has a hole in it. */
const HOLE = 0.5;

/**
 * How far a source has come, in seconds, by its own timestamps. They may wrap, jump, or stop on the PID that carried
 * them; the time never goes back.
 */
export class StreamClock {
  #seconds = 0;
  #heard = 0;
  /** The one that counts. */
  #kind: ClockKind | null = null;
  readonly #last: (number | null)[] = kinds.map(() => null);
  /** Where each clock takes the source to be. */
  readonly #reckoned: number[] = kinds.map(() => 0);

  get seconds(): number {
    return this.#seconds;
  }

  /** The same without the holes in it: how much there was to hear and see. */
  get heard(): number {
    return this.#heard;
  }

  /** @param ticks a timestamp, at 90 kHz. */
  tick(kind: ClockKind, ticks: number): void {
    const last = this.#last[kind] ?? null;
    this.#last[kind] = ticks;
    if (last === null) {
      this.#reckoned[kind] = this.#seconds;
      return;
    }
    const counts = this.#kind === null || kind <= this.#kind;
    const way = ticksBetween(last, ticks) / TICKS_PER_SECOND;
    const step = way > 0 && way <= (counts ? LONGEST_STEP : LONGEST_OTHER_STEP) ? way : 0;
    const reckoned = Math.max((this.#reckoned[kind] ?? 0) + step, this.#seconds - PATIENCE);
    this.#reckoned[kind] = reckoned;
    if (!counts && reckoned - this.#seconds < PATIENCE) return;
    this.#kind = kind;
    const gone = Math.max(0, reckoned - this.#seconds);
    this.#seconds += gone;
    this.#heard += Math.min(gone, HOLE);
  }
}
