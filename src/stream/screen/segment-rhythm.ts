/** Milliseconds beyond the source's usual gap after which a segment is overdue. */
const BEYOND = 3_000;
/** Least usual gap in milliseconds: one segment, and the delay of a loaded machine. */
const LEAST = 2_500;
/** Number of latest gaps that count. */
const KEPT = 20;

/** Learns the usual gap between a source's segments to tell when one is overdue. Times are milliseconds, monotonic. */
export class SegmentRhythm {
  #last: number | null = null;
  #gaps: number[] = [];

  /** Notes that a segment has come. */
  beat(now: number): void {
    if (this.#last !== null) this.#gaps = [...this.#gaps, now - this.#last].slice(-KEPT);
    this.#last = now;
  }

  /** Milliseconds after which the next segment is overdue. */
  get patience(): number {
    return Math.max(LEAST, ...this.#gaps) + BEYOND;
  }
}
