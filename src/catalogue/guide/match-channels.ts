import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { GuideMatch, WantedChannel } from './match-channel.ts';
import type { Matches, MatchWork } from './match-worker.ts';

/**
 * Finds the guides of many channels in a worker thread, portion by portion. The worker has ended when the iteration is over.
 * @throws the signal's reason
 */
export async function* matchChannels(
  portions: Iterable<readonly WantedChannel[]>,
  work: MatchWork,
  signal: AbortSignal,
): AsyncGenerator<(GuideMatch | null)[]> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./match-worker.ts', import.meta.url), {
    name: 'guide-match',
    workerData: work satisfies MatchWork,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
  });
  try {
    const answers = on(worker, 'message', { signal, close: ['exit'] })[Symbol.asyncIterator]();
    for (const portion of portions) {
      worker.postMessage(portion);
      const { value, done } = await answers.next();
      if (done) throw new Error('the match worker ended too soon');
      const [matches] = value as [Matches];
      yield portion.map((_, place) => matchAt(matches, place));
    }
  } finally {
    await worker.terminate();
  }
}

function matchAt(matches: Matches, place: number): GuideMatch | null {
  const [guide = -1, channel = -1, confidence = 0] = matches.subarray(3 * place, 3 * place + 3);
  return guide < 0 ? null : { guide, channel, confidence };
}
