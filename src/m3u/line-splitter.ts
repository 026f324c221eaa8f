import { decodeText } from '../lib/decode-text.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Longer lines are no entries of a list, and would fill the memory. */
const LONGEST_LINE = 256 * 1024;

/**
 * Splits bytes into lines that end with LF, CR or both, as they arrive. Each line is decoded by itself, so that bytes in
 * another encoding spoil only their own line. Empty lines are left out.
 */
export class LineSplitter {
  readonly #onLine: (line: string | null) => void;
  readonly #carried: Buffer[] = [];
  #length = 0;

  /** @param onLine receives each line without its end; null for a line of more than 256 KiB, which is skipped. */
  constructor(onLine: (line: string | null) => void) {
    this.#onLine = onLine;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte !== LF && byte !== CR) continue;
      this.#carry(chunk.subarray(start, at));
      this.#emit();
      start = at + 1;
    }
    this.#carry(chunk.subarray(start));
  }

  /** Ends the last line. */
  end(): void {
    this.#emit();
  }

  #carry(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length <= LONGEST_LINE) this.#carried.push(part);
    else this.#carried.length = 0;
  }

  #emit(): void {
    if (this.#length === 0) return;
    const isTooLong = this.#length > LONGEST_LINE;
    const [first = Buffer.alloc(0), ...rest] = this.#carried;
    const bytes = rest.length === 0 ? first : Buffer.concat(this.#carried);
    this.#carried.length = 0;
    this.#length = 0;
    const line = isTooLong ? null : decodeText(bytes).trim();
    if (line !== '') this.#onLine(line);
  }
}
