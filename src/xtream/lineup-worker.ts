import { workerData } from 'node:worker_threads';
import type { Channel } from '../domain/channel.ts';
import { accountId } from '../domain/ids.ts';
import { parseForReader } from '../lib/parse-for-reader.ts';
import { LineupParser } from './lineup-parser.ts';

/** What the worker is started with. */
export interface LineupWork {
  readonly account: string;
  /** The version of the list that need not be read again; null for none. */
  readonly known: string | null;
}

const { account, known } = workerData as LineupWork;
parseForReader({
  known,
  parser: (onChannel: (channel: Channel) => void) => new LineupParser(accountId(account), onChannel),
  pack: (batch) => ({ batch, transfer: [] }),
});
