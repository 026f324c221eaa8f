/** Pseudo-random numbers from a seed (Marsaglia's xorshift). */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Mixes the seed, so that small seeds differ from the first number on.
    this.#state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0 || 1;
    for (let round = 0; round < 8; round++) this.next();
  }

  /** The next number, from 0 to less than 1. */
  next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state / 2 ** 32;
  }

  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** Returns the items in random order. */
  shuffled<T>(things: readonly T[]): T[] {
    return things
      .map((thing) => ({ thing, order: this.next() }))
      .sort((one, other) => one.order - other.order)
      .map(({ thing }) => thing);
  }
}
