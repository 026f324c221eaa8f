/** Milliseconds without a segment, beyond the source's usual gap, after which something is wrong with it. */
const BEYOND = 3_000;
/** Milliseconds; the shortest usual gap that is assumed: a segment, and what a loaded machine adds. */
const LEAST = 2_500;
/** The number of gaps that count, from the last. */
const KEPT = 20;

/** Learns how far apart a source's segments come, and so when one is overdue. Times are milliseconds, monotonic. */
export class SegmentRhythm {
  #last: number | null = null;
  #gaps: number[] = [];

  /** A segment has come. */
  beat(now: number): void {
    if (this.#last !== null) this.#gaps = [...this.#gaps, now - this.#last].slice(-KEPT);
    this.#last = now;
  }

  /** Milliseconds to wait for the next segment before something is wrong. */
  get patience(): number {
    return Math.max(LEAST, ...this.#gaps) + BEYOND;
  }
}
