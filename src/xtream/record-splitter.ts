const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Cuts a JSON array, or an object's values, into the texts of its elements while the bytes arrive. So a list of
 * any length needs the memory of one record, and a record that is not JSON spoils only itself.
 *
 * It works on bytes: in UTF-8, as in every single-byte encoding, none of the signs it looks for is part of another.
 */
export class RecordSplitter {
  readonly #onRecord: (json: string) => void;
  readonly #carried: Buffer[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #closed = false;
  #alien = false;

  constructor(onRecord: (json: string) => void) {
    this.#onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        continue;
      }
      switch (byte) {
        case QUOTE:
          this.#inString = true;
          break;
        case 0x5b: // [
        case 0x7b: // {
          this.#depth++;
          if (this.#depth === 1) {
            if (this.#closed) this.#alien = true;
            start = this.#restart(at);
          }
          break;
        case 0x5d: // ]
        case 0x7d: // }
          if (this.#depth === 1) {
            this.#emit(chunk.subarray(start, at));
            this.#closed = true;
          }
          this.#depth--;
          break;
        case 0x2c: // ,
          if (this.#depth === 1) {
            this.#emit(chunk.subarray(start, at));
            start = at + 1;
          }
          break;
        case 0x3a: // : what came before it was a key
          if (this.#depth === 1) start = this.#restart(at);
          break;
        default:
          break;
      }
      if (this.#depth === 0) start = at + 1;
    }
    if (this.#depth > 0 && start < chunk.length) this.#carried.push(chunk.subarray(start));
  }

  /** Whether exactly one list came, with its closing bracket: a broken download has none. */
  get complete(): boolean {
    return this.#closed && this.#depth === 0 && !this.#inString && !this.#alien;
  }

  #restart(at: number): number {
    this.#carried.length = 0;
    return at + 1;
  }

  #emit(last: Buffer): void {
    const bytes = this.#carried.length === 0 ? last : Buffer.concat([...this.#carried, last]);
    this.#carried.length = 0;
    const text = bytes.toString('utf8').trim();
    if (text !== '') this.#onRecord(text);
  }
}
