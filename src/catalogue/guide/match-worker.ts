import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { GuideReader } from './guide-reader.ts';
import { matchChannel, type WantedChannel } from './match-channel.ts';

/** The guides' files, the preferred first, and the time in epoch milliseconds. */
export interface MatchWork {
  readonly files: readonly string[];
  readonly now: number;
}

/** For each channel of a portion three numbers: the guide (-1 for none), the channel in its file, and the confidence. */
export type Matches = Int32Array<ArrayBuffer>;

const NUMBERS = 3;

const port = parentPort;
if (!port) throw new Error('match-worker runs in a worker thread only');
if (process.platform === 'linux') setPriority(19);
const { files, now } = workerData as MatchWork;
const guides = files.map((file) => new GuideReader(file));
port.on('message', (wanted: readonly WantedChannel[]) => {
  const matches: Matches = new Int32Array(wanted.length * NUMBERS).fill(-1);
  for (const [place, channel] of wanted.entries()) {
    const match = matchChannel(guides, channel, now);
    if (match) matches.set([match.guide, match.channel, match.confidence], place * NUMBERS);
  }
  port.postMessage(matches, [matches.buffer]);
});
