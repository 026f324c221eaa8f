import { TICKS_PER_SECOND, ticksBetween } from './packets.ts';

/** Sources of time, best first: 0 is the programme clock (PCR), 1 video timestamps, 2 audio timestamps. */
export type ClockKind = 0 | 1 | 2;
const kinds: readonly ClockKind[] = [0, 1, 2];

/** Longest step of the leading clock, seconds. A longer or backward step is a jump and takes no time, as in FFmpeg. */
const LONGEST_STEP = 3;
/** Longest step of any other clock, seconds. */
const LONGEST_OTHER_STEP = 1;
/** Seconds that another clock must run ahead before it replaces the leading clock as stalled. */
const STALL = 0.5;
/** Seconds of a step that count as playable content; the rest is a gap. */
const GAP = 0.5;

/**
 * Measures a source's stream time in seconds from its own timestamps. They may wrap, jump, or stop on the PID that carried
 * them; the measured time never goes back.
 */
export class StreamClock {
  #seconds = 0;
  #heard = 0;
  /** The leading clock. */
  #kind: ClockKind | null = null;
  readonly #last: (number | null)[] = kinds.map(() => null);
  /** Stream time in seconds by each clock. */
  readonly #estimates: number[] = kinds.map(() => 0);

  get seconds(): number {
    return this.#seconds;
  }

  /** Stream time in seconds without gaps. */
  get heard(): number {
    return this.#heard;
  }

  /** Takes a timestamp. @param ticks at 90 kHz. */
  tick(kind: ClockKind, ticks: number): void {
    const last = this.#last[kind] ?? null;
    this.#last[kind] = ticks;
    if (last === null) {
      this.#estimates[kind] = this.#seconds;
      return;
    }
    const isLeading = this.#kind === null || kind <= this.#kind;
    const distance = ticksBetween(last, ticks) / TICKS_PER_SECOND;
    const step = distance > 0 && distance <= (isLeading ? LONGEST_STEP : LONGEST_OTHER_STEP) ? distance : 0;
    const estimate = Math.max((this.#estimates[kind] ?? 0) + step, this.#seconds - STALL);
    this.#estimates[kind] = estimate;
    if (!isLeading && estimate - this.#seconds < STALL) return;
    this.#kind = kind;
    const elapsed = Math.max(0, estimate - this.#seconds);
    this.#seconds += elapsed;
    this.#heard += Math.min(elapsed, GAP);
  }
}
