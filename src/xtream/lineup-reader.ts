import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Channel } from '../domain/channel.ts';
import { narrowed } from '../lib/decode-text.ts';
import { garbage } from './failure.ts';
import type { LineupOutcome } from './lineup-parser.ts';
import type { FromLineupWorker, ToLineupWorker } from './lineup-worker.ts';

/** As an outcome of the parser, with the channels. */
export interface LineupRead {
  readonly channels: readonly Channel[];
  readonly outcome: LineupOutcome;
}

export interface LineupReadOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads get_live_streams, with all its parsing in a worker thread: 60 MB would block this one for a second.
 * Throws what the body throws, the signal's reason, or provider_garbage for a body of more than `maxBytes`. The
 * body is destroyed and the worker gone when it settles.
 */
export async function readLineup(
  body: Readable,
  { maxBytes, signal }: LineupReadOptions,
): Promise<LineupRead> {
  const worker = new Worker(new URL('./lineup-worker.ts', import.meta.url), { name: 'lineup' });
  const channels: Channel[] = [];
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  try {
    signal.addEventListener('abort', abort, { once: true });
    signal.throwIfAborted();
    const [outcome] = await Promise.race([
      Promise.all([outcomeOf(worker, channels), feed(worker, body, maxBytes)]),
      aborted.promise,
    ]);
    return { channels, outcome };
  } finally {
    signal.removeEventListener('abort', abort);
    // It may fail a second time, when nobody listens any more.
    body.on('error', () => {}).destroy();
    await worker.terminate();
  }
}

function outcomeOf(worker: Worker, channels: Channel[]): Promise<LineupOutcome> {
  const categoryIds = new Map<string, string>();
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromLineupWorker) => {
      if (message.kind === 'outcome') {
        resolve(message.outcome);
        return;
      }
      for (const channel of message.channels) channels.push(lean(channel, categoryIds));
      // In a turn of its own: Node drains a port in one go, and would unpack batch after batch without a pause.
      setImmediate(() => post(worker, 'next'));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the lineup worker ended with ${code}`)));
  });
}

/**
 * The same channel in half the objects: what comes out of a message is spread over two, with a category id of its
 * own. That halves the pauses of the garbage collector, which moves all of them.
 */
function lean(
  { id, number, name, categoryId, logo, epgId }: Channel,
  categoryIds: Map<string, string>,
): Channel {
  let shared = categoryId;
  if (categoryId !== null) {
    shared = categoryIds.get(categoryId) ?? categoryId;
    if (shared === categoryId) categoryIds.set(categoryId, categoryId);
  }
  return { id, number, name, categoryId: shared, logo, epgId };
}

async function feed(worker: Worker, body: Readable, maxBytes: number): Promise<void> {
  let size = 0;
  for await (const chunk of narrowed(body)) {
    size += chunk.length;
    if (size > maxBytes) throw garbage(`the list is longer than ${maxBytes} bytes`);
    // A copy, since the chunk may be a window on a buffer that others use.
    const copy = new Uint8Array(chunk);
    worker.postMessage(copy satisfies ToLineupWorker, [copy.buffer]);
  }
  post(worker, 'end');
}

function post(worker: Worker, message: ToLineupWorker): void {
  worker.postMessage(message);
}
