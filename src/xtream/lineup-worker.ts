import { parentPort, workerData } from 'node:worker_threads';
import type { Channel } from '../domain/channel.ts';
import { accountId } from '../domain/ids.ts';
import { type LineupOutcome, LineupParser } from './lineup-parser.ts';

/** A chunk of the body, its end, or the permission to send one more batch. */
export type ToLineupWorker = Uint8Array | 'end' | 'next';
/** A batch of channels, or the outcome after the last batch. */
export type FromLineupWorker =
  | { readonly kind: 'channels'; readonly channels: readonly Channel[] }
  | { readonly kind: 'outcome'; readonly outcome: LineupOutcome };

const port = parentPort;
if (!port) throw new Error('lineup-worker runs in a worker thread only');

// The receiver is blocked while it deserialises a batch, so batches are small and each waits for the previous one.
const BATCH = 500;
let waiting: Channel[] = [];
let maySend = true;
let outcome: LineupOutcome | null = null;
const parser = new LineupParser(accountId(String(workerData)), (channel) => waiting.push(channel));

function send(): void {
  if (!maySend) return;
  if (waiting.length >= BATCH || (outcome && waiting.length > 0)) {
    const channels = waiting.slice(0, BATCH);
    waiting = waiting.slice(BATCH);
    maySend = false;
    post({ kind: 'channels', channels });
  } else if (outcome) {
    post({ kind: 'outcome', outcome });
  }
}

function post(message: FromLineupWorker): void {
  port?.postMessage(message);
}

port.on('message', (message: ToLineupWorker) => {
  if (message === 'next') maySend = true;
  else if (message === 'end') outcome = parser.end();
  else parser.push(Buffer.from(message.buffer, message.byteOffset, message.byteLength));
  send();
});
