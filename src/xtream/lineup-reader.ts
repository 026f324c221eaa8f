import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Channel } from '../domain/channel.ts';
import type { AccountId } from '../domain/ids.ts';
import { orAborted } from '../lib/abort.ts';
import { utf16ToUtf8 } from '../lib/decode-text.ts';
import { invalidAnswer } from './failure.ts';
import type { LineupOutcome } from './lineup-parser.ts';
import type { FromLineupWorker, ToLineupWorker } from './lineup-worker.ts';

/** The channels and the parser's outcome. */
export interface LineupRead {
  readonly channels: readonly Channel[];
  readonly outcome: LineupOutcome;
}

/** The limits of one reading. */
export interface LineupReadOptions {
  /** The account that the channels belong to. */
  readonly account: AccountId;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads get_live_streams and parses it in a worker thread, since 60 MB would block the main thread for a second. When it
 * settles, the body is destroyed and the worker has ended.
 * @throws the body's error, the signal's reason, or AppError provider_garbage for a body of more than `maxBytes`
 */
export async function readLineup(
  body: Readable,
  { account, maxBytes, signal }: LineupReadOptions,
): Promise<LineupRead> {
  const worker = new Worker(new URL('./lineup-worker.ts', import.meta.url), {
    name: 'lineup',
    workerData: account,
  });
  const channels: Channel[] = [];
  try {
    signal.throwIfAborted();
    const reading = Promise.all([outcomeOf(worker, channels), feed(worker, body, maxBytes)]);
    const [outcome] = await orAborted(reading, signal);
    return { channels, outcome };
  } finally {
    // The body may emit a second error when no listener is left.
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
      // Posted in a later turn, since Node drains a port in one go and would deserialise batch after batch without a pause.
      setImmediate(() => post(worker, 'next'));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the lineup worker ended with ${code}`)));
  });
}

/**
 * Copies a channel into half as many objects: a deserialised one takes two, with its own copy of the category id. That halves
 * the pauses of the garbage collector, which moves all of them.
 */
function lean(
  { id, number, name, categoryId, logo, epgId, archiveDays }: Channel,
  categoryIds: Map<string, string>,
): Channel {
  let shared = categoryId;
  if (categoryId !== null) {
    shared = categoryIds.get(categoryId) ?? categoryId;
    if (shared === categoryId) categoryIds.set(categoryId, categoryId);
  }
  return { id, number, name, categoryId: shared, logo, epgId, archiveDays };
}

async function feed(worker: Worker, body: Readable, maxBytes: number): Promise<void> {
  let size = 0;
  for await (const chunk of utf16ToUtf8(body)) {
    size += chunk.length;
    if (size > maxBytes) throw invalidAnswer(`the list is longer than ${maxBytes} bytes`);
    // A copy, since the chunk may share its buffer with others.
    const copy = new Uint8Array(chunk);
    worker.postMessage(copy satisfies ToLineupWorker, [copy.buffer]);
  }
  post(worker, 'end');
}

function post(worker: Worker, message: ToLineupWorker): void {
  worker.postMessage(message);
}
