/** Seconds of extra reserve that each stall adds. */
const DISTRUST = 1;
/** Seconds of extra reserve at most. */
const MOST_DISTRUST = 3;

/** Measures how much of the buffer was not needed during a sliding window. */
export class Reserve {
  private readonly length: number;
  private readings: { readonly at: number; readonly ahead: number }[] = [];
  private since: number | null = null;
  private isKnown = false;
  private distrust = 0;

  /** @param length milliseconds: longer than any segment, so that the lowest reserve is that just before one arrives */
  constructor(length: number) {
    this.length = length;
  }

  /** @returns the lowest reserve less what stalls have added, in seconds; null until a whole window has passed */
  add(at: number, ahead: number): number | null {
    this.since ??= at;
    this.readings = [...this.readings.filter((reading) => at - reading.at < this.length), { at, ahead }];
    this.isKnown = at - this.since >= this.length;
    if (!this.isKnown) return null;
    return Math.min(...this.readings.map((reading) => reading.ahead)) - this.distrust;
  }

  /** Begins a new window, because the playhead has jumped. */
  reset(): void {
    this.readings = [];
    this.since = null;
    this.isKnown = false;
  }

  /** Notes a stall; it does not count within the first window after a jump, where stalls are usual. */
  ranDry(): void {
    if (this.isKnown) this.distrust = Math.min(MOST_DISTRUST, this.distrust + DISTRUST);
    this.reset();
  }
}
