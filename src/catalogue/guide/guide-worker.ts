import { on } from 'node:events';
import { setPriority } from 'node:os';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { XmlDecoder } from '../../lib/decode-text.ts';
import { decompress } from '../../lib/provider-http/decompress.ts';
import { type FileVersion, type GuideSize, GuideWriter } from './guide-writer.ts';
import { XmltvParser } from './xmltv-parser.ts';

/** The job: write the programmes of a span into a new file. Times are epoch milliseconds. */
export interface GuideWork {
  readonly path: string;
  /** The guide whose past is kept; null if there is none. */
  readonly former: string | null;
  readonly from: number;
  readonly to: number;
  readonly madeAt: number;
  readonly version: FileVersion;
}
/** The key of a channel whose past is kept for longer, and since when. */
export type LongPast = readonly [key: string, since: number];
/** First the channels with a long past, then a chunk of the body after each 'next', and its end. */
export type ToGuideWorker = readonly LongPast[] | Uint8Array<ArrayBuffer> | 'end';
/** A request for more input, or the outcome. */
export type FromGuideWorker =
  | 'next'
  | ({ readonly kind: 'made' } & GuideSize)
  | { readonly kind: 'garbage'; readonly detail: string };

const MOST_BYTES = 4 * 1024 ** 3;

const port = parentPort;
if (!port) throw new Error('guide-worker runs in a worker thread only');
// Streams have priority. On Linux this lowers the priority of this thread alone.
if (process.platform === 'linux') setPriority(19);
await work(port, workerData as GuideWork);

async function work(main: MessagePort, options: GuideWork): Promise<void> {
  const { path, former, from: since, to, madeAt, version } = options;
  const sinceOf = new Map<string, number>();
  const writer = new GuideWriter(path, former);
  const parser = new XmltvParser({
    isWanted: (channel, start, stop) => (stop ?? start) > (sinceOf.get(channel) ?? since) && start < to,
    onProgramme: (programme) => writer.add(programme),
    onChannel: (channel) => writer.addChannel(channel),
  });
  const fault = await parse(parser, received(main, sinceOf));
  if (fault === null && former !== null) writer.keepPast({ since, sinceOf });
  const made = fault === null && writer.finish(madeAt, version);
  main.postMessage(
    (made ? { kind: 'made', ...made } : { kind: 'garbage', detail: fault ?? '' }) satisfies FromGuideWorker,
  );
}

/** @returns the reason why the file is invalid; null if it is valid. */
async function parse(parser: XmltvParser, body: AsyncIterable<Buffer>): Promise<string | null> {
  let size = 0;
  const decoder = new XmlDecoder();
  try {
    // A file may be compressed, whatever the headers of the answer say.
    for await (const chunk of decompress(body) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_BYTES) return `longer than ${MOST_BYTES} bytes`;
      parser.push(decoder.push(chunk));
    }
    parser.push(decoder.end());
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      return error.message;
    throw error;
  }
  return parser.end() ? null : `no XMLTV, or cut off, after ${size} bytes`;
}

async function* received(main: MessagePort, sinceOf: Map<string, number>): AsyncGenerator<Buffer> {
  const next = () => main.postMessage('next' satisfies FromGuideWorker);
  const messages = on(main, 'message');
  next();
  for await (const [message] of messages as AsyncIterable<[ToGuideWorker]>) {
    if (message === 'end') return;
    if (message instanceof Uint8Array)
      yield Buffer.from(message.buffer, message.byteOffset, message.byteLength);
    else for (const [key, since] of message) sinceOf.set(key, since);
    next();
  }
}
