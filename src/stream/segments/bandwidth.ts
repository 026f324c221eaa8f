/** Bits per second, as a multivariant playlist tells them (RFC 8216, 4.3.4.2). */
export interface MeasuredBandwidth {
  /** Of the fattest stretch of the last minutes. */
  readonly peak: number;
  readonly average: number;
}

/** Seconds of a stretch: half a target duration, over which the RFC measures. */
const STRETCH = 3;
/** Seconds that are looked back on. */
const MEMORY = 600;

interface Stretch {
  readonly seconds: number;
  readonly bits: number;
}

/** Measures what the channel needs, from its segments. */
export class Bandwidth {
  #stretches: readonly Stretch[] = [];
  #open: Stretch = { seconds: 0, bits: 0 };

  /** @param bytes the segment's length. @param seconds its duration */
  add(bytes: number, seconds: number): void {
    const open = { seconds: this.#open.seconds + seconds, bits: this.#open.bits + bytes * 8 };
    if (open.seconds < STRETCH) {
      this.#open = open;
      return;
    }
    this.#open = { seconds: 0, bits: 0 };
    const most = Math.ceil(MEMORY / STRETCH);
    this.#stretches = [...this.#stretches, open].slice(-most);
  }

  /** Null until a stretch has been measured. */
  get measured(): MeasuredBandwidth | null {
    if (this.#stretches.length === 0) return null;
    const seconds = this.#stretches.reduce((sum, stretch) => sum + stretch.seconds, 0);
    const bits = this.#stretches.reduce((sum, stretch) => sum + stretch.bits, 0);
    const peak = Math.max(...this.#stretches.map((stretch) => stretch.bits / stretch.seconds));
    return { peak: Math.ceil(peak), average: Math.ceil(bits / seconds) };
  }
}
