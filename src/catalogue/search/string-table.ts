/**
 * Numbers strings from 0 in the order of their insertion. A Map is copied while it grows, which stops the program for longer
 * than a stream may wait; this table has its final size from the start.
 */
export class StringTable {
  /** A string's number plus 1, or 0: an array of zeros takes no time to make. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #strings: string[] = [];

  /** @param capacity the greatest number of different strings. */
  constructor(capacity: number) {
    const size = 2 ** Math.ceil(Math.log2(capacity * 2 + 2));
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
  }

  get size(): number {
    return this.#strings.length;
  }

  /** Adds a string if it is new. @returns its number. */
  add(text: string): number {
    const slot = this.#slotOf(text);
    const known = this.#slots[slot] ?? 0;
    if (known > 0) return known - 1;
    this.#slots[slot] = this.#strings.push(text);
    return this.#strings.length - 1;
  }

  /** The number of a string; -1 if it was never added. */
  numberOf(text: string): number {
    return (this.#slots[this.#slotOf(text)] ?? 0) - 1;
  }

  #slotOf(text: string): number {
    let slot = hash(text) & this.#mask;
    for (;;) {
      const id = (this.#slots[slot] ?? 0) - 1;
      if (id < 0 || this.#strings[id] === text) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  /** The strings in the order of their numbers. */
  get strings(): readonly string[] {
    return this.#strings;
  }
}

/** The FNV-1a hash. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value ^ (value >>> 15);
}
