import { workerData } from 'node:worker_threads';
import { parseForReader } from '../lib/parse-for-reader.ts';
import { type ListedChannel, ListParser, type ListParserOptions } from './list-parser.ts';

const options: ListParserOptions = workerData;

parseForReader({
  parser: (onChannel: (channel: ListedChannel) => void) => new ListParser(options, onChannel),
  pack: (items) => {
    // As bytes, the addresses cost the garbage collector of the main thread nothing.
    const addresses = new Uint8Array(Buffer.from(JSON.stringify(items.map((item) => item.addresses))));
    const batch = { channels: items.map(({ channel }) => channel), addresses };
    return { batch, transfer: [addresses.buffer] };
  },
});
