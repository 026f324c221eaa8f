import type { Readable } from 'node:stream';
import type { Channel } from '../domain/channel.ts';
import { leanChannels } from '../domain/lean-channel.ts';
import { readInWorker } from '../lib/read-in-worker.ts';
import { ChannelAddresses } from './channel-addresses.ts';
import { invalidList } from './failure.ts';
import type { ListOutcome, ListParserOptions } from './list-parser.ts';

/** What the worker sends at a time: some channels, and their addresses as a JSON array in the same order. */
interface ListBatch {
  readonly channels: readonly Channel[];
  readonly addresses: Uint8Array;
}

/** The channels, their addresses and the parser's outcome. */
export interface ListRead {
  readonly channels: readonly Channel[];
  readonly addresses: ChannelAddresses;
  readonly outcome: ListOutcome;
}

export interface ListReadOptions extends ListParserOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads an M3U list in a worker thread. When it settles, the body is destroyed and the worker has ended.
 * @throws the body's error, the signal's reason, or AppError provider_garbage for a body of more than `maxBytes`
 */
export async function readList(
  body: Readable,
  { account, base, maxBytes, signal }: ListReadOptions,
): Promise<ListRead> {
  const channels: Channel[] = [];
  const addresses = new ChannelAddresses();
  const lean = leanChannels();
  const { outcome } = await readInWorker<ListBatch, ListOutcome>(body, {
    script: new URL('./list-worker.ts', import.meta.url),
    workerData: { account, base } satisfies ListParserOptions,
    maxBytes,
    tooLong: () => invalidList(`the list is longer than ${maxBytes} bytes`),
    signal,
    onBatch: (batch) => {
      const own = batch.channels.map(lean);
      channels.push(...own);
      addresses.add({ ids: own.map(({ id }) => id), packed: batch.addresses });
    },
  });
  if (!outcome) throw new Error('no list is known');
  return { channels, addresses, outcome };
}
