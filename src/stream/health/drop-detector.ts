import { medianOf } from './segment-signs.ts';

/** Smallest number of values for a median, and largest number of values to keep. */
const LEAST = 10;
const KEPT = 150;

/** Detects when a value is much lower than usual for this source, by the median of its earlier values. */
export class DropDetector {
  #floor: number;
  readonly #fraction: number;
  #history: number[] = [];
  #lowSince: number | null = null;
  #last = 0;

  /** @param floor values up to here are always low. @param fraction of the median up to which a value is low. */
  constructor({ floor, fraction }: { readonly floor: number; readonly fraction: number }) {
    this.#floor = floor;
    this.#fraction = fraction;
  }

  /** Start of the current drop in milliseconds, monotonic; null if the value is normal. */
  get lowSince(): number | null {
    return this.#lowSince;
  }

  /** Takes the next value. @param from when its measurement began. */
  take(value: number, from: number): void {
    this.#last = value;
    const usual = this.#history.length < LEAST ? 0 : medianOf(this.#history);
    if (value <= Math.max(this.#floor, usual * this.#fraction)) {
      this.#lowSince ??= from;
      return;
    }
    this.#lowSince = null;
    this.#history = [...this.#history, value].slice(-KEPT);
  }

  /** Accepts the current low value as normal for this source and learns its median anew. */
  learn(): void {
    if (this.#lowSince === null) return;
    this.#floor = Math.min(this.#floor, this.#last / 2);
    this.#history = [];
    this.#lowSince = null;
  }
}
