import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { orAborted } from './abort.ts';
import { utf16ToUtf8 } from './decode-text.ts';
import type { FromParser, ToParser } from './parse-for-reader.ts';
import { threadTurns } from './turns.ts';

/** One reading of a long body in a worker thread. */
export interface WorkerReading<Batch> {
  /** A module that calls parseForReader. */
  readonly script: URL;
  readonly workerData: unknown;
  readonly maxBytes: number;
  /** Makes the error for a longer body. */
  readonly tooLong: () => Error;
  readonly signal: AbortSignal;
  readonly onBatch: (batch: Batch) => void;
}

/** What came of a reading. */
export interface WorkerOutcome<Outcome> {
  readonly outcome: Outcome | null;
  /** The same for the same bytes. */
  readonly version: string;
}

/** Megabytes for young objects: the default lets dead ones pile up, which doubles the memory of the worker. */
const YOUNG_OBJECTS = 6;
/** The bytes that may wait for the worker; the body is held back beyond. */
const MOST_WAITING = 1024 * 1024;

/**
 * Parses a body in a worker thread, since 60 MB would block the main thread for a second. UTF-16 reaches the parser as UTF-8.
 * When it settles, the body is destroyed and the worker has ended.
 * @returns the parser's outcome, null for a body that the worker knew; and the body's digest. @throws the body's error, the signal's reason, or `tooLong`
 */
export async function readInWorker<Batch, Outcome>(
  body: Readable,
  reading: WorkerReading<Batch>,
): Promise<WorkerOutcome<Outcome>> {
  const { script, workerData, signal } = reading;
  const worker = new Worker(script, {
    name: 'list',
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_OBJECTS },
  });
  const flow = new Flow();
  try {
    signal.throwIfAborted();
    const outcome = outcomeOf<Batch, Outcome>(worker, reading.onBatch, flow);
    const [known] = await orAborted(Promise.all([outcome, feed(worker, body, reading, flow)]), signal);
    return known;
  } finally {
    // The body may emit a second error when no listener is left.
    body.on('error', () => {}).destroy();
    await worker.terminate();
  }
}

/** Counts the bytes that the worker has not taken yet. */
class Flow {
  #waiting = 0;
  #room = Promise.withResolvers<void>();

  sent(bytes: number): Promise<void> | null {
    this.#waiting += bytes;
    if (this.#waiting <= MOST_WAITING) return null;
    this.#room = Promise.withResolvers();
    return this.#room.promise;
  }

  taken(bytes: number): void {
    this.#waiting -= bytes;
    if (this.#waiting <= MOST_WAITING) this.#room.resolve();
  }
}

function outcomeOf<Batch, Outcome>(
  worker: Worker,
  onBatch: (batch: Batch) => void,
  flow: Flow,
): Promise<WorkerOutcome<Outcome>> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromParser<Batch, Outcome>) => {
      switch (message.kind) {
        case 'taken':
          flow.taken(message.bytes);
          return;
        case 'outcome':
          resolve(message);
          return;
        case 'batch':
          onBatch(message.batch);
          // Posted in a later turn, since Node drains a port in one go and would deserialise batch after batch without a pause.
          void threadTurns.next().then(() => post(worker, 'next'));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}

async function feed<Batch>(
  worker: Worker,
  body: Readable,
  { maxBytes, tooLong }: WorkerReading<Batch>,
  flow: Flow,
): Promise<void> {
  let size = 0;
  for await (const chunk of utf16ToUtf8(body)) {
    size += chunk.length;
    if (size > maxBytes) throw tooLong();
    // A copy, since the chunk may share its buffer with others.
    const copy = new Uint8Array(chunk);
    worker.postMessage(copy satisfies ToParser, [copy.buffer]);
    await flow.sent(chunk.length);
  }
  post(worker, 'end');
}

function post(worker: Worker, message: ToParser): void {
  worker.postMessage(message);
}
