import type { Channel } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';

/** Finds channels of a list, and their places in it, by their ids. It is a hash table in one array, which never has to grow. */
export class IdTable {
  readonly #channels: readonly Channel[];
  /** A place plus 1, or 0: an array of zeros takes no time to make. */
  readonly #places: Int32Array;
  readonly #mask: number;

  constructor(channels: readonly Channel[]) {
    this.#channels = channels;
    const size = 2 ** Math.ceil(Math.log2(channels.length * 2 + 2));
    this.#places = new Int32Array(size);
    this.#mask = size - 1;
  }

  /** Adds the channel at a place. If two channels have the same id, the first one stays. */
  add(place: number): void {
    const id = this.#channels[place]?.id;
    if (id === undefined) return;
    const slot = this.#slotOf(id);
    if (this.#places[slot] === 0) this.#places[slot] = place + 1;
  }

  /** The place of an id; -1 for an unknown id. */
  placeOf(id: ChannelId): number {
    return (this.#places[this.#slotOf(id)] ?? 0) - 1;
  }

  get(id: ChannelId): Channel | undefined {
    return this.#channels[this.placeOf(id)];
  }

  has(id: ChannelId): boolean {
    return this.placeOf(id) >= 0;
  }

  #slotOf(id: ChannelId): number {
    let slot = hashOf(id) & this.#mask;
    for (;;) {
      const place = (this.#places[slot] ?? 0) - 1;
      if (place < 0 || this.#channels[place]?.id === id) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}

/** FNV-1a, mixed once more: most ids differ in their last digits only. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1) >>> 7;
}
