import { workerData } from 'node:worker_threads';
import type { Channel } from '../domain/channel.ts';
import { accountId } from '../domain/ids.ts';
import { parseForReader } from '../lib/parse-for-reader.ts';
import { LineupParser } from './lineup-parser.ts';

parseForReader({
  parser: (onChannel: (channel: Channel) => void) =>
    new LineupParser(accountId(String(workerData)), onChannel),
  pack: (batch) => ({ batch, transfer: [] }),
});
