/** A link that has run dry once needs this much more in reserve, seconds; no more than so often. */
const DISTRUST = 1;
const MOST_DISTRUST = 3;

/** How much of the buffered media was not needed over the last while. */
export class Reserve {
  private readonly length: number;
  private readings: { readonly at: number; readonly ahead: number }[] = [];
  private since: number | null = null;
  private isKnown = false;
  private distrust = 0;

  /** @param length milliseconds: longer than any segment, so that the least is that just before one comes. */
  constructor(length: number) {
    this.length = length;
  }

  /** @returns the least reserve, less what the link has shown to need; null until a whole while has been seen. */
  add(at: number, ahead: number): number | null {
    this.since ??= at;
    this.readings = [...this.readings.filter((reading) => at - reading.at < this.length), { at, ahead }];
    this.isKnown = at - this.since >= this.length;
    if (!this.isKnown) return null;
    return Math.min(...this.readings.map((reading) => reading.ahead)) - this.distrust;
  }

  /** What was before says nothing any more: the playhead was moved. */
  reset(): void {
    this.readings = [];
    this.since = null;
    this.isKnown = false;
  }

  /** The picture stood still; just after a move that is nothing unusual. */
  ranDry(): void {
    if (this.isKnown) this.distrust = Math.min(MOST_DISTRUST, this.distrust + DISTRUST);
    this.reset();
  }
}
