import { decodeText } from '../lib/decode-text.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** How a list begins, and an object with keys; anything else in brackets is a word of what is printed around it. */
const inArray: ReadonlySet<number> = new Set([...Buffer.from('[]{"-0123456789ntfN,')]);
const inObject: ReadonlySet<number> = new Set([...Buffer.from('"}')]);
const blanks: ReadonlySet<number> = new Set([...Buffer.from(' \t\r\n')]);

/**
 * Cuts a JSON array, or an object's values, into the texts of its elements while the bytes arrive. So a list of
 * any length needs the memory of one record, and a record that is not JSON spoils only itself. What is printed around
 * the list, such as PHP's warnings, is passed over.
 *
 * It works on bytes: in UTF-8, as in every single-byte encoding, none of the signs it looks for is part of another.
 */
export class RecordSplitter {
  readonly #onRecord: (json: string) => boolean;
  readonly #carried: Buffer[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** A bracket that may begin a list, as what follows will tell. */
  #opening: number | null = null;
  /** The list has begun, and has given something of use. */
  #isList = false;
  #closed = false;
  #alien = false;

  /** @param onRecord returns whether a record is of use: what has none is no list, but a word in brackets. */
  constructor(onRecord: (json: string) => boolean) {
    this.#onRecord = onRecord;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#depth === 0) {
        if (!this.#begins(byte)) continue;
        this.#carried.length = 0;
        start = at;
        this.#depth = 1;
      }
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
          if (this.#depth === 1) {
            this.#carried.length = 0;
            start = at + 1;
          }
          break;
        default:
          break;
      }
    }
    if (this.#depth > 0 && start < chunk.length) this.#carried.push(chunk.subarray(start));
  }

  /** Whether exactly one list came, with its closing bracket: a broken download has none. */
  get complete(): boolean {
    if (this.#alien || !this.#closed) return false;
    return this.#isList || (this.#depth === 0 && this.#opening === null);
  }

  /** Whether a list has begun with the bracket before this byte. */
  #begins(byte: number): boolean {
    const opening = this.#opening;
    if (opening !== null && blanks.has(byte)) return false;
    this.#opening = byte === 0x5b || byte === 0x7b ? byte : null;
    const isBegin = opening !== null && (opening === 0x5b ? inArray : inObject).has(byte);
    if (!isBegin) return false;
    this.#opening = null;
    if (!this.#isList) this.#closed = false;
    return true;
  }

  #emit(last: Buffer): void {
    const bytes = this.#carried.length === 0 ? last : Buffer.concat([...this.#carried, last]);
    this.#carried.length = 0;
    const text = decodeText(bytes).trim();
    if (text === '') return;
    const wasClosed = this.#closed;
    if (!this.#onRecord(text)) return;
    this.#isList = true;
    if (wasClosed) this.#alien = true;
  }
}
