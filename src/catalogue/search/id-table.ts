import type { Channel } from '../../domain/channel.ts';

/** Where the channel of an id is in the list: a hash table in one array, which nothing has to copy as it grows. */
export class IdTable {
  readonly #channels: readonly Channel[];
  readonly #places: Int32Array;
  readonly #mask: number;

  constructor(channels: readonly Channel[]) {
    this.#channels = channels;
    const size = 2 ** Math.ceil(Math.log2(channels.length * 2 + 2));
    this.#places = new Int32Array(size).fill(-1);
    this.#mask = size - 1;
  }

  /** Of two with one id the first counts. */
  add(place: number): void {
    const id = this.#channels[place]?.id;
    if (id === undefined) return;
    const slot = this.#slotOf(id);
    if (this.#places[slot] === -1) this.#places[slot] = place;
  }

  /** -1 for an id that is not there. */
  placeOf(id: number): number {
    return this.#places[this.#slotOf(id)] ?? -1;
  }

  #slotOf(id: number): number {
    let slot = (Math.imul(id, 0x9e3779b1) >>> 7) & this.#mask;
    for (;;) {
      const place = this.#places[slot] ?? -1;
      if (place === -1 || this.#channels[place]?.id === id) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}
