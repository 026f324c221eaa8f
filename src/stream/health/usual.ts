import { medianOf } from './segment-signs.ts';

/** Values in a row that make a history; so many are kept. */
const LEAST = 10;
const KEPT = 150;

/** Tells from a source's own history when there is much less of something than usual, and since when. */
export class Usual {
  #floor: number;
  readonly #fraction: number;
  #history: number[] = [];
  #littleSince: number | null = null;
  #last = 0;

  /** @param floor always little, whatever is usual. @param fraction of the usual that is little. */
  constructor({ floor, fraction }: { readonly floor: number; readonly fraction: number }) {
    this.#floor = floor;
    this.#fraction = fraction;
  }

  /** Since when there is little; milliseconds, monotonic; null: there is as much as ever. */
  get littleSince(): number | null {
    return this.#littleSince;
  }

  /** @param from when what was measured began. */
  take(value: number, from: number): void {
    this.#last = value;
    const usual = this.#history.length < LEAST ? 0 : medianOf(this.#history);
    if (value <= Math.max(this.#floor, usual * this.#fraction)) {
      this.#littleSince ??= from;
      return;
    }
    this.#littleSince = null;
    this.#history = [...this.#history, value].slice(-KEPT);
  }

  /** So little is nothing out of the ordinary with this source: it is learned anew what is. */
  learn(): void {
    if (this.#littleSince === null) return;
    this.#floor = Math.min(this.#floor, this.#last / 2);
    this.#history = [];
    this.#littleSince = null;
  }
}
