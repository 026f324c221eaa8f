/** The system's clock with skips, for waits of minutes in tests of milliseconds. */
export class SkippingClock {
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  skip(ms: number): void {
    this.#ahead += ms;
  }
}
