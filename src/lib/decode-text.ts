import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/*
 * Decodes the text of providers, which declare UTF-8 and send Latin-1, or the other way round, or mix both in one text.
 */

const windows1252 = new TextDecoder('windows-1252');
/** Matches, in text decoded as Latin-1, a multi-byte UTF-8 sequence or a single byte that belongs to none. */
const SEQUENCE =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf4][\x80-\xbf]{3}|[\x80-\xff]/g;
const ENOUGH_FOR_DECLARATION = 256;

/**
 * Decodes UTF-8, with Windows-1252 (a superset of Latin-1) for the bytes that are not valid UTF-8, or UTF-16 if a byte order
 * mark or the first character shows it. The result has no byte order mark.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = wideEncoding(buffer);
  if (wide) return new TextDecoder(wide).decode(buffer);
  return decodeMixed(buffer).replace(/^\ufeff/, '');
}

/** Converts a UTF-16 body to UTF-8, and passes any other body through. */
export async function* utf16ToUtf8(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: TextDecoder | null = null;
  for await (const chunk of body) {
    const bytes: Buffer = head ? Buffer.concat([head, chunk]) : chunk;
    if (head && bytes.length < 2) {
      head = bytes;
      continue;
    }
    const wide = head && wideEncoding(bytes);
    head = null;
    if (wide) decoder = new TextDecoder(wide);
    yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes;
  }
  if (head?.length) yield head;
}

/** The number of bytes at the end that begin a UTF-8 character without completing it. */
export function incompleteTailLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Decodes XML chunk by chunk in the declared encoding, unless the bytes show another encoding. */
export class XmlDecoder {
  #held: Buffer = Buffer.alloc(0);
  /** Null for UTF-8 with bytes of Windows-1252 in it. */
  #decoder: TextDecoder | null = null;
  #isKnown = false;
  /** Whether text in a declared encoding may still turn out to be UTF-8. */
  #isInDoubt = false;

  /** @returns the text that can be decoded by now. */
  push(chunk: Uint8Array): string {
    const more = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#held = this.#held.length === 0 ? more : Buffer.concat([this.#held, more]);
    if (!this.#isKnown && this.#held.length < ENOUGH_FOR_DECLARATION && !this.#held.includes('>')) return '';
    return this.#decode(false);
  }

  /** @returns the rest of the text. */
  end(): string {
    return this.#decode(true);
  }

  #decode(isEnd: boolean): string {
    if (!this.#isKnown) this.#detectEncoding();
    if (this.#isInDoubt) this.#settleEncoding();
    const isWhole = isEnd || (this.#decoder && !this.#isInDoubt);
    const left = isWhole ? 0 : incompleteTailLength(this.#held);
    const bytes = this.#held.subarray(0, this.#held.length - left);
    this.#held = this.#held.subarray(bytes.length);
    return this.#decoder ? this.#decoder.decode(bytes, { stream: !isEnd }) : decodeMixed(bytes);
  }

  #detectEncoding(): void {
    this.#isKnown = true;
    const wide = wideEncoding(this.#held);
    if (wide) {
      this.#decoder = new TextDecoder(wide);
      return;
    }
    const declaration = this.#held.toString('latin1', 0, ENOUGH_FOR_DECLARATION);
    const label = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']\s*([\w.:-]+)/i.exec(declaration)?.[1] ?? 'utf-8';
    // A declaration that can be read as single bytes is not UTF-16, even if it says so.
    if (/^(?:utf-?8|utf-?16|ucs-?2|iso-10646)/i.test(label)) return;
    try {
      this.#decoder = new TextDecoder(label);
      this.#isInDoubt = true;
    } catch {
      // TextDecoder does not know the encoding.
    }
  }

  /** Decides at the first non-ASCII bytes whether the text is UTF-8 after all. */
  #settleEncoding(): void {
    const bytes = this.#held.subarray(0, this.#held.length - incompleteTailLength(this.#held));
    if (bytes.every((byte) => byte < 0x80)) return;
    this.#isInDoubt = false;
    if (isUtf8(bytes)) this.#decoder = null;
  }
}

function decodeMixed(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return bytes.toString('latin1').replace(SEQUENCE, (sequence) => {
    const one = Buffer.from(sequence, 'latin1');
    return one.length > 1 && isUtf8(one) ? one.toString('utf8') : windows1252.decode(one);
  });
}

function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (isOpening(first) && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && isOpening(second)) ? 'utf-16be' : null;
}

/** The first character of XML, or of an M3U list. */
function isOpening(byte: number | undefined): boolean {
  return byte === 0x3c || byte === 0x23;
}
