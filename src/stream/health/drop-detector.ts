import { medianOf } from './segment-signs.ts';

/** Values in a row that make a history; so many are kept. */
const LEAST = 10;
const KEPT = 150;

/** Tells from a source's own history when there is much less of something than usual, and since when. */
export class DropDetector {
  #floor: number;
  readonly #fraction: number;
  #history: number[] = [];
  #lowSince: number | null = null;
  #last = 0;

  /** @param floor always little, whatever is usual. @param fraction of the usual that is little. */
  constructor({ floor, fraction }: { readonly floor: number; readonly fraction: number }) {
    this.#floor = floor;
    this.#fraction = fraction;
  }

  /** Since when there is little; milliseconds, monotonic; null: there is as much as ever. */
  get lowSince(): number | null {
    return this.#lowSince;
  }

  /** @param from when what was measured began. */
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

  /** So little is nothing out of the ordinary with this source: it is learned anew what is. */
  learn(): void {
    if (this.#lowSince === null) return;
    this.#floor = Math.min(this.#floor, this.#last / 2);
    this.#history = [];
    this.#lowSince = null;
  }
}
