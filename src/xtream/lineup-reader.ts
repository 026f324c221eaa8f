import type { Readable } from 'node:stream';
import type { Channel } from '../domain/channel.ts';
import type { AccountId } from '../domain/ids.ts';
import { leanChannels } from '../domain/lean-channel.ts';
import { readInWorker } from '../lib/read-in-worker.ts';
import { invalidAnswer } from './failure.ts';
import type { LineupOutcome } from './lineup-parser.ts';
import type { LineupWork } from './lineup-worker.ts';

/** The channels and the parser's outcome; null: the list is the known one. */
export interface LineupRead {
  readonly channels: readonly Channel[];
  readonly outcome: LineupOutcome | null;
  /** The same for the same list. */
  readonly version: string;
}

/** The limits of one reading. */
export interface LineupReadOptions {
  /** The account that the channels belong to. */
  readonly account: AccountId;
  /** The version of the list that need not be read again; null for none. */
  readonly known: string | null;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads get_live_streams in a worker thread. When it settles, the body is destroyed and the worker has ended.
 * @throws the body's error, the signal's reason, or AppError provider_garbage for a body of more than `maxBytes`
 */
export async function readLineup(
  body: Readable,
  { account, known, maxBytes, signal }: LineupReadOptions,
): Promise<LineupRead> {
  const channels: Channel[] = [];
  const lean = leanChannels();
  const { outcome, version } = await readInWorker<readonly Channel[], LineupOutcome>(body, {
    script: new URL('./lineup-worker.ts', import.meta.url),
    workerData: { account, known } satisfies LineupWork,
    maxBytes,
    tooLong: () => invalidAnswer(`the list is longer than ${maxBytes} bytes`),
    signal,
    onBatch: (batch) => {
      for (const channel of batch) channels.push(lean(channel));
    },
  });
  return { channels, outcome, version };
}
