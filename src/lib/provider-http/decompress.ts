import { pipeline, Readable } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

/** Panels compress data that is compressed already. */
const MOST_LAYERS = 4;
/** Decompresses truncated data as far as it goes. */
const lenient = { finishFlush: constants.Z_SYNC_FLUSH } as const;
const GZIP = 0x1f8b;
const ZSTD = 0xfd2fb528;
/** The first two bytes of zlib data, one value for each compression level. */
const zlibHeads: ReadonlySet<number> = new Set([0x7801, 0x785e, 0x789c, 0x78da]);
/** The beginnings of JSON, XML, web pages and transport streams. */
const PLAIN = /^(?:$|[ \t\r\n<[{"G#]|\xef\xbb\xbf|\xff\xfe|\xfe\xff)/;

/**
 * Decompresses a body by its first bytes, since providers declare compression that is not there, and leave out some that is.
 * @param coding the value of Content-Encoding, for formats without a magic number (br, raw deflate).
 */
export function decompress(body: AsyncIterable<Buffer>, coding = ''): Readable {
  return Readable.from(unpack(body, coding.toLowerCase(), MOST_LAYERS), { objectMode: false });
}

async function* unpack(body: AsyncIterable<Buffer>, coding: string, layers: number): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 4) {
    const { value, done } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const whole = (async function* () {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  const decoder = layers > 0 ? decoderFor(head, coding) : null;
  // An error of either stream ends both and reaches the reader.
  if (decoder)
    yield* unpack(
      pipeline(Readable.from(whole), decoder, () => {}),
      '',
      layers - 1,
    );
  else yield* whole;
}

function decoderFor(head: Buffer, coding: string) {
  const first = head.length < 2 ? 0 : head.readUInt16BE(0);
  if (first === GZIP) return createGunzip(lenient);
  if (head.length >= 4 && head.readUInt32LE(0) === ZSTD) return createZstdDecompress();
  if (zlibHeads.has(first)) return createInflate(lenient);
  if (PLAIN.test(head.toString('latin1'))) return null;
  if (/\bbr\b/.test(coding)) return createBrotliDecompress();
  return /deflate/.test(coding) ? createInflateRaw(lenient) : null;
}
