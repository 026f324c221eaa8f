import { decodeText } from '../lib/decode-text.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The bytes that can follow the opening bracket of a list or an object; otherwise the bracket belongs to the text around it. */
const inArray: ReadonlySet<number> = new Set([...Buffer.from('[]{"-0123456789ntfN,')]);
const inObject: ReadonlySet<number> = new Set([...Buffer.from('"}')]);
const blanks: ReadonlySet<number> = new Set([...Buffer.from(' \t\r\n')]);

/**
 * Splits a JSON array, or the values of an object, into the texts of its elements as the bytes arrive. A list of any length
 * needs the memory of one record, and an invalid record spoils only itself. Text around the list, such as PHP's warnings, is
 * skipped.
 *
 * It works on bytes: in UTF-8 and in single-byte encodings, the bytes of JSON's punctuation are never part of another character.
 */
export class RecordSplitter {
  readonly #onRecord: (json: string) => boolean;
  readonly #carried: Buffer[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** A bracket that may begin a list, which the next byte shows. */
  #opening: number | null = null;
  /** The list has begun and a record of it was usable. */
  #isList = false;
  #closed = false;
  #hasSecondList = false;

  /** @param onRecord returns whether the record is usable: brackets without a usable record are text around the list. */
  constructor(onRecord: (json: string) => boolean) {
    this.#onRecord = onRecord;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#depth === 0) {
        if (!this.#beginsList(byte)) continue;
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
        case 0x3a: // : the text before it was a key
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

  /** Whether exactly one list has come with its closing bracket; a download that broke off has no closing bracket. */
  get complete(): boolean {
    if (this.#hasSecondList || !this.#closed) return false;
    return this.#isList || (this.#depth === 0 && this.#opening === null);
  }

  /** Whether a list has begun with the bracket before this byte. */
  #beginsList(byte: number): boolean {
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
    if (wasClosed) this.#hasSecondList = true;
  }
}
