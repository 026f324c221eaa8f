import { on } from 'node:events';
import { setPriority } from 'node:os';
import { pipeline, Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';
import { GuideWriter } from '../../store/guide-writer.ts';
import { foldWords } from '../names/fold.ts';
import { type ListedProgramme, XmltvParser } from './xmltv-parser.ts';

/** What to do: the programmes of a span go into a new file. Times are epoch milliseconds. */
export interface GuideWork {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly madeAt: number;
}
/** Keys of channels that are wanted; then a chunk of the body after each 'next', and its end. */
export type ToGuideWorker = readonly string[] | Uint8Array<ArrayBuffer> | 'end';
export type FromGuideWorker =
  | 'next'
  | { readonly kind: 'made'; readonly channels: number; readonly programmes: number }
  | { readonly kind: 'garbage'; readonly detail: string };

const MOST_BYTES = 4 * 1024 ** 3;
const GZIP = 0x1f;

const port = parentPort;
if (!port) throw new Error('guide-worker runs in a worker thread only');
// Streams come first. In Linux it is the priority of this thread alone.
if (process.platform === 'linux') setPriority(19);
await work(port, workerData as GuideWork);

async function work(main: MessagePort, { path, from, to, madeAt }: GuideWork): Promise<void> {
  const wanted = new Set<string>();
  const writer = new GuideWriter(path);
  const parser = new XmltvParser((programme) => {
    if (wanted.has(programme.channel) && isWithin(programme, from, to))
      writer.add({ ...programme, words: foldWords(programme.title) });
  });
  const fault = await parse(parser, received(main, wanted));
  const made = fault === null && writer.finish(madeAt);
  main.postMessage(
    (made ? { kind: 'made', ...made } : { kind: 'garbage', detail: fault ?? '' }) satisfies FromGuideWorker,
  );
}

/** @returns what is wrong with it; null: nothing. */
async function parse(parser: XmltvParser, body: AsyncIterable<Uint8Array>): Promise<string | null> {
  let size = 0;
  let decoder: TextDecoder | null = null;
  try {
    for await (const chunk of unpacked(body)) {
      size += chunk.length;
      if (size > MOST_BYTES) return `longer than ${MOST_BYTES} bytes`;
      decoder ??= decoderFor(chunk);
      parser.push(decoder.decode(chunk, { stream: true }));
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      return error.message;
    throw error;
  }
  return parser.end() ? null : `no XMLTV, or cut off, after ${size} bytes`;
}

/** A file of gzip is unpacked, whatever the answer's headers called it. */
async function* unpacked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const whole = (async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => chunks };
  })();
  // Either stream's error ends both, and is thrown to whoever reads.
  yield* first.value[0] === GZIP ? pipeline(Readable.from(whole), createGunzip(), () => {}) : whole;
}

/** As the XML declaration says; UTF-8 where it says nothing, or nothing known. */
function decoderFor(head: Uint8Array): TextDecoder {
  const declaration = Buffer.from(head.subarray(0, 200)).toString('latin1');
  const encoding = /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/.exec(declaration)?.[1];
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder();
  }
}

async function* received(main: MessagePort, wanted: Set<string>): AsyncGenerator<Uint8Array> {
  const next = () => main.postMessage('next' satisfies FromGuideWorker);
  const messages = on(main, 'message');
  next();
  for await (const [message] of messages as AsyncIterable<[ToGuideWorker]>) {
    if (message === 'end') return;
    if (message instanceof Uint8Array) yield message;
    else for (const key of message) wanted.add(key);
    next();
  }
}

function isWithin({ start, stop }: ListedProgramme, from: number, to: number): boolean {
  return (stop ?? start) > from && start < to;
}
