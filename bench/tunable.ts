/**
 * Measures how long a television waits for the first picture of a channel of its own, from the request for
 * /t/<token>/ch/<number>.ts until the tables and the whole first keyframe are there, beside the same channel at the
 * provider's own address, in turns and at the same moment of the channel.
 *
 *   node bench/tunable.ts [joins per case and side, 10 unless given]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { type FirstPicture, firstPicture } from './first-picture.ts';
import { play, type Recording, record } from './paced-source.ts';
import { median, startPanel, startZapette, table } from './tools.ts';

/** Milliseconds that Zapette may take more than the provider, at the median. */
const GOAL = 300;
const joins = Number(process.argv[2] ?? 10);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const cases = [1, 2, 4].flatMap((keyframeSeconds) => [0, 3].map((burst) => ({ keyframeSeconds, burst })));
const recordings = new Map<number, Recording>();
for (const keyframeSeconds of [1, 2, 4])
  recordings.set(keyframeSeconds, await record(ffmpegPath, { keyframeSeconds, megabits: 4, seconds: 30 }));

let offset = 0;
let opened = 0;
const panel = await startPanel(
  cases.map(({ keyframeSeconds, burst }, index) => ({
    id: index + 1,
    name: `Keyframes ${keyframeSeconds} s burst ${burst} s`,
    serve: (response) => {
      opened++;
      play(recordings.get(keyframeSeconds) as Recording, response, offset, burst);
    },
  })),
);
const zapette = await startZapette({ account: panel.account, env: { OUTPUT_CHANNELS: 'all' } });
const addresses = await addressesByName();
const rows: string[][] = [];
for (const [index, { keyframeSeconds, burst }] of cases.entries()) {
  const ours: FirstPicture[] = [];
  const theirs: FirstPicture[] = [];
  const address = addresses[index];
  if (!address) throw new Error(`channel ${index + 1} is not in the list`);
  for (let n = 0; n < joins; n++) {
    offset = Math.random() * 20;
    const turns = [
      () => join(panel.liveUrl(index + 1)).then((picture) => theirs.push(picture)),
      () => join(address).then((picture) => ours.push(picture)),
    ];
    // Whoever comes second may find something warm.
    for (const turn of n % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  for (const side of [ours, theirs]) await decode(side.at(-1)?.bytes);
  const differences = ours.map(({ shown }, n) => shown - (theirs[n]?.shown ?? Number.NaN));
  rows.push([
    `${keyframeSeconds} s`,
    `${burst} s`,
    milliseconds(theirs.map(({ shown }) => shown)),
    milliseconds(ours.map(({ shown }) => shown)),
    milliseconds(ours.map(({ answered }) => answered)),
    milliseconds(differences),
    median(differences) <= GOAL ? 'yes' : 'NO',
  ]);
  console.log(rows.at(-1)?.join('  '));
}
const head = [
  'keyframes',
  'burst',
  'provider, ms',
  'Zapette, ms',
  'its answer',
  'difference',
  `≤ ${GOAL} ms`,
];
console.log(`medians (longest) of ${joins} joins\n${table(head, rows)}`);
await zapette.stop();
await panel.stop();

/** Opens an address that opens the provider's channel once, and waits until that is closed again. */
async function join(url: string): Promise<FirstPicture> {
  const before = opened;
  const picture = await firstPicture(url);
  if (opened !== before + 1) throw new Error('the channel was open already');
  while (panel.taken() > 0) await sleep(10);
  return picture;
}

/** @throws Error where FFmpeg finds no picture in it */
async function decode(bytes: Buffer | undefined): Promise<void> {
  const args = ['-loglevel', 'error', '-i', 'pipe:0', '-frames:v', '1', '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await execa(ffmpegPath, args, { input: bytes ?? Buffer.alloc(0), encoding: 'buffer' });
  if (stdout.length === 0) throw new Error('FFmpeg finds no picture in what was taken for one');
}

/** The addresses of the channels, as the list of a television has them, in the panel's order. */
async function addressesByName(): Promise<(string | undefined)[]> {
  const { playlist_url } = await zapette.makeClient('Bench', 'other');
  const lines = (await (await fetch(playlist_url)).text()).split('\n');
  return cases.map(({ keyframeSeconds, burst }) => {
    const at = lines.findIndex((line) => line.endsWith(`Keyframes ${keyframeSeconds} s burst ${burst} s`));
    return lines.slice(at + 1).find((line) => line.startsWith('http'));
  });
}

function milliseconds(values: readonly number[]): string {
  return `${median(values).toFixed(0)} (${Math.max(...values).toFixed(0)})`;
}
