/** The number of letters that fit into the bits of one number. */
const WORD = 32;

/**
 * Counts the typing errors between one short text and others: letters added, left out, changed, or swapped with their
 * neighbour (optimal string alignment). The errors of one column are bits of one number, so that a name takes one step per
 * letter: Hyyrö, "Explaining and Extending the Bit-parallel Approximate String Matching Algorithm of Myers" (2001), with
 * transpositions (2003). A text of more than 32 letters is compared with the usual table. Texts are ASCII.
 */
export class TypoDistance {
  readonly text: string;
  readonly #masks = new Int32Array(128);
  readonly #rows: readonly [Uint16Array, Uint16Array, Uint16Array] | null;
  /** The errors between the whole texts, as of the last `measure`. */
  whole = 0;
  /** The errors between the text and the most similar beginning of the other text, as of the last `measure`. */
  start = 0;

  constructor(text: string) {
    this.text = text;
    const { length } = text;
    this.#rows =
      length > WORD
        ? [new Uint16Array(length + 1), new Uint16Array(length + 1), new Uint16Array(length + 1)]
        : null;
    for (let at = 0; at < Math.min(length, WORD); at++) {
      const code = text.charCodeAt(at) & 127;
      this.#masks[code] = (this.#masks[code] ?? 0) | (1 << at);
    }
  }

  /** Compares with another text, and sets `whole` and `start`. */
  measure(other: string): void {
    if (this.text === '') {
      this.whole = other.length;
      this.start = 0;
    } else if (this.#rows) {
      this.#measureInTable(other, this.#rows);
    } else {
      this.#measureInBits(other);
    }
  }

  #measureInBits(other: string): void {
    const { length } = this.text;
    const last = 1 << (length - 1);
    let errors = length;
    let fewest = length;
    let [up, down, same, before] = [-1, 0, 0, 0];
    for (let at = 0; at < other.length; at++) {
      const mask = this.#masks[other.charCodeAt(at) & 127] ?? 0;
      const swapped = ((~same & mask) << 1) & before;
      same = ((((mask & up) + up) | 0) ^ up) | mask | down | swapped;
      let right = down | ~(same | up);
      const left = same & up;
      if ((right & last) !== 0) errors++;
      else if ((left & last) !== 0) errors--;
      if (errors < fewest) fewest = errors;
      right = (right << 1) | 1;
      up = (left << 1) | ~(same | right);
      down = right & same;
      before = mask;
    }
    this.whole = errors;
    this.start = fewest;
  }

  #measureInTable(other: string, rows: readonly [Uint16Array, Uint16Array, Uint16Array]): void {
    const { text } = this;
    let [earlier, previous, current] = rows;
    for (let at = 0; at <= text.length; at++) previous[at] = at;
    let fewest = text.length;
    for (let row = 1; row <= other.length; row++) {
      current[0] = row;
      const code = other.charCodeAt(row - 1);
      for (let at = 1; at <= text.length; at++) {
        const differs = text.charCodeAt(at - 1) === code ? 0 : 1;
        let errors = Math.min(
          (previous[at] ?? 0) + 1,
          (current[at - 1] ?? 0) + 1,
          (previous[at - 1] ?? 0) + differs,
        );
        if (
          row > 1 &&
          at > 1 &&
          text.charCodeAt(at - 2) === code &&
          text.charCodeAt(at - 1) === other.charCodeAt(row - 2)
        ) {
          errors = Math.min(errors, (earlier[at - 2] ?? 0) + 1);
        }
        current[at] = errors;
      }
      fewest = Math.min(fewest, current[text.length] ?? fewest);
      [earlier, previous, current] = [previous, current, earlier];
    }
    this.whole = previous[text.length] ?? 0;
    this.start = fewest;
  }
}
