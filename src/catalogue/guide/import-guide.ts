import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../domain/errors.ts';
import type { FromGuideWorker, GuideWork, ToGuideWorker } from './guide-worker.ts';

/** The job and its input. */
export interface GuideImport extends GuideWork {
  /** The keys of the wanted channels, in portions. */
  readonly keys: Iterable<readonly string[]>;
  readonly signal: AbortSignal;
}

/** The size of a guide that was made. */
export interface GuideMade {
  readonly channels: number;
  readonly programmes: number;
}

/**
 * Converts XMLTV to a file for GuideReader as it arrives, in a worker thread. One chunk is sent at a time, so that the whole
 * text is never in memory. The worker has ended when it settles. The body itself must honour the signal.
 * @throws AppError provider_garbage if the body is not XMLTV or is truncated; the body's error; an AbortError
 */
export async function importGuide(
  body: AsyncIterable<Uint8Array>,
  { keys, signal, ...work }: GuideImport,
): Promise<GuideMade> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./guide-worker.ts', import.meta.url), {
    name: 'guide',
    workerData: work satisfies GuideWork,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 },
  });
  const parts = partsOf(keys, body);
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
  keys: Iterable<readonly string[]>,
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly string[] | Uint8Array<ArrayBuffer>, undefined> {
  yield* keys;
  // A copy, since the chunk may share its buffer with others.
  for await (const chunk of body) yield new Uint8Array(chunk);
}

function post(worker: Worker, message: ToGuideWorker): void {
  worker.postMessage(message, message instanceof Uint8Array ? [message.buffer] : []);
}
