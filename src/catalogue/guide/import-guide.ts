import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { FromGuideWorker, GuideWork, LongPast, ToGuideWorker } from './guide-worker.ts';
import type { GuideSize } from './guide-writer.ts';

/** The job and its input. */
export interface GuideImport extends GuideWork {
  /** The channels whose past is kept for longer, in portions. */
  readonly longPasts: Iterable<readonly LongPast[]>;
  readonly signal: AbortSignal;
}

/**
 * Converts XMLTV to a file for GuideReader as it arrives, in a worker thread. One chunk is sent at a time, so that the whole
 * text is never in memory. The worker has ended when it settles. The body itself must honour the signal.
 * @throws AppError provider_garbage if the body is not XMLTV or is truncated; the body's error; an AbortError
 */
export async function importGuide(
  body: AsyncIterable<Uint8Array>,
  { longPasts, signal, ...work }: GuideImport,
): Promise<GuideSize> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./guide-worker.ts', import.meta.url), {
    name: 'guide',
    workerData: work satisfies GuideWork,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 },
  });
  const parts = partsOf(longPasts, body);
  try {
    const messages = on(worker, 'message', { signal, close: ['exit'] });
    for await (const [message] of messages as AsyncIterable<[FromGuideWorker]>) {
      if (message === 'next') {
        const { value } = await parts.next();
        post(worker, value ?? 'end');
      } else if (message.kind === 'made') {
        return { channels: message.channels, programmes: message.programmes };
      } else {
        throw new AppError('provider_garbage', {}, { cause: new Error(message.detail) });
      }
    }
    throw new Error('the guide worker ended too soon');
  } finally {
    await worker.terminate();
  }
}

async function* partsOf(
  longPasts: Iterable<readonly LongPast[]>,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly LongPast[] | Uint8Array<ArrayBuffer>, undefined> {
  yield* longPasts;
  // A copy, since the chunk may share its buffer with others.
  for await (const chunk of body) yield new Uint8Array(chunk);
}

function post(worker: Worker, message: ToGuideWorker): void {
  worker.postMessage(message, message instanceof Uint8Array ? [message.buffer] : []);
}
