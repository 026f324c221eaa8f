/** Milliseconds without anything new, beyond what is usual for a source, after which something is wrong with it. */
const BEYOND = 3_000;
/** The least that is taken for usual: a segment, and what a loaded machine adds. */
const LEAST = 2_500;
/** So many of the last gaps count. */
const KEPT = 20;

/** Learns how far apart a source's segments come, and so when one is overdue. Times are milliseconds, monotonic. */
export class SegmentRhythm {
  #last: number | null = null;
  #gaps: number[] = [];

  /** Something new has come. */
  beat(now: number): void {
    if (this.#last !== null) this.#gaps = [...this.#gaps, now - this.#last].slice(-KEPT);
    this.#last = now;
  }

  /** How long to wait for the next one before something is wrong. */
  get patience(): number {
    return Math.max(LEAST, ...this.#gaps) + BEYOND;
  }
}
