import { createHash } from 'node:crypto';
import { parentPort, type Transferable } from 'node:worker_threads';

/** A chunk of the body, its end, or the permission to send one more batch. */
export type ToParser = Uint8Array | 'end' | 'next';
/** Bytes that were taken, a batch of what was found, or the outcome after the last batch; null: the body is the known one. */
export type FromParser<Batch, Outcome> =
  | { readonly kind: 'taken'; readonly bytes: number }
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'outcome'; readonly outcome: Outcome | null; readonly version: string };

/** Parses bytes as they arrive, and hands over each item that it finds. */
export interface PushParser<Outcome> {
  push(chunk: Buffer): void;
  end(): Outcome;
}

/** How a worker parses. */
export interface ParserOptions<Item, Batch, Outcome> {
  /** The digest of a body that need not be parsed again: any body is then held until it is whole. By default none is. */
  readonly known?: string | null;
  readonly parser: (onItem: (item: Item) => void) => PushParser<Outcome>;
  readonly pack: (items: readonly Item[]) => { readonly batch: Batch; readonly transfer: Transferable[] };
}

// The receiver is blocked while it deserialises a batch, so batches are small and each waits for the previous one.
const BATCH = 500;
/** Items beyond which no more bytes are asked for, so that a busy reader holds back the body. */
const MOST_WAITING = 4 * BATCH;

/** The worker's side of readInWorker: parses what is posted to this thread, and posts the items in batches. */
export function parseForReader<Item, Batch, Outcome>({
  known = null,
  parser: create,
  pack,
}: ParserOptions<Item, Batch, Outcome>): void {
  const port = parentPort;
  if (!port) throw new Error('a parser runs in a worker thread only');
  let waiting: Item[] = [];
  /** Bytes that were parsed, while too many items wait. */
  let taken = 0;
  let maySend = true;
  let end: { readonly outcome: Outcome | null } | null = null;
  const digest = createHash('sha256');
  let version = '';
  /** What has not been parsed of a body that may be the known one, oldest first; null: everything is parsed as it comes. */
  const held: Buffer[] | null = known === null ? null : [];
  const parser = create((item) => waiting.push(item));
  const post = (message: FromParser<Batch, Outcome>, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer);
  const send = () => {
    if (taken > 0 && waiting.length < MOST_WAITING) {
      post({ kind: 'taken', bytes: taken });
      taken = 0;
    }
    if (!maySend) return;
    if (waiting.length >= BATCH || (end && waiting.length > 0)) {
      const { batch, transfer } = pack(waiting.slice(0, BATCH));
      waiting = waiting.slice(BATCH);
      maySend = false;
      post({ kind: 'batch', batch }, transfer);
    } else if (end) {
      post({ kind: 'outcome', outcome: end.outcome, version });
    }
  };
  /** Parses a held body, which is another one, no faster than its items are asked for. */
  const parseHeld = () => {
    while (held && version !== '' && !end && waiting.length < MOST_WAITING) {
      const chunk = held.shift();
      if (chunk) parser.push(chunk);
      else end = { outcome: parser.end() };
    }
  };
  port.on('message', (message: ToParser) => {
    if (message === 'next') maySend = true;
    else if (message === 'end') {
      version = digest.digest('base64url');
      if (!held) end = { outcome: parser.end() };
      else if (version === known) end = { outcome: null };
    } else {
      const chunk = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
      digest.update(chunk);
      if (held) held.push(chunk);
      else parser.push(chunk);
      taken += message.byteLength;
    }
    parseHeld();
    send();
  });
}
