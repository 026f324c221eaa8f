/**
 * Measures how long after POST /set_active_stream a first segment can be fetched, against the moment the keyframe that
 * ends the first group of pictures is sent, and against a plain FFmpeg doing the same.
 *
 *   node bench/zap.ts [joins per case, 9 unless given]
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { type Join, play, type Recording, record } from './paced-source.ts';
import { median, startPanel, startZapette, table } from './tools.ts';

const joins = Number(process.argv[2] ?? 9);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const cases = [1, 2, 4].flatMap((keyframeSeconds) => [0, 3].map((burst) => ({ keyframeSeconds, burst })));
const recordings = new Map<number, Recording>();
for (const keyframeSeconds of [1, 2, 4]) {
  recordings.set(keyframeSeconds, await record(ffmpegPath, { keyframeSeconds, megabits: 4, seconds: 45 }));
}

let offset = 0;
let lastJoin: Join = { firstKeyframe: null, bound: null };
const panel = await startPanel(
  cases.map(({ keyframeSeconds, burst }, index) => ({
    id: index + 1,
    name: `Keyframes every ${keyframeSeconds} s, burst ${burst} s`,
    serve: (response) => {
      lastJoin = play(recordings.get(keyframeSeconds) as Recording, response, offset, burst);
    },
  })),
);
const zapette = await startZapette({ account: panel.account });
const rows: string[][] = [];
for (const [index, { keyframeSeconds, burst }] of cases.entries()) {
  const ours: number[] = [];
  const theirs: number[] = [];
  const bounds: number[] = [];
  for (let n = 0; n < joins; n++) {
    offset = Math.random() * 20;
    const wished = performance.now();
    const got = await zapFirstSegment(index + 1);
    const bound = await boundOf(lastJoin);
    bounds.push(bound - wished);
    ours.push(got - bound);
    await zapette.post('/stop_stream');
    const plain = await plainFirstSegment(index + 1);
    theirs.push(plain - (await boundOf(lastJoin)));
  }
  const seconds = (values: number[]) =>
    `${(median(values) / 1000).toFixed(2)} (${(Math.max(...values) / 1000).toFixed(2)})`;
  rows.push([`${keyframeSeconds} s`, `${burst} s`, seconds(bounds), seconds(ours), seconds(theirs)]);
  console.log(rows.at(-1)?.join('  '));
}
console.log(
  table(
    ['keyframes', 'burst', 'bound, s', 'Zapette - bound, median (max)', 'ffmpeg -c copy -f hls - bound'],
    rows,
  ),
);
await zapette.stop();
await panel.stop();

/** Requests a channel and returns the time at which its first segment was fetched. */
async function zapFirstSegment(channelId: number): Promise<number> {
  const status = await zapette.post('/set_active_stream', { channel_id: channelId });
  const playlist = await zapette.text('/live/index.m3u8');
  const segment = `seg/${status.first_segment}.ts`;
  if (!playlist.includes(segment)) throw new Error('the first segment is not in the playlist');
  await zapette.text(`/live/${segment}`);
  return performance.now();
}

/** The same by FFmpeg alone, with the options of its manual. */
async function plainFirstSegment(channelId: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
  const url = panel.liveUrl(channelId);
  const run = execa(
    ffmpegPath,
    ['-loglevel', 'error', '-i', url, '-c', 'copy', '-f', 'hls', join(folder, 'live.m3u8')],
    { reject: false },
  );
  while (!(await readdir(folder)).includes('live.m3u8')) await sleep(5);
  const got = performance.now();
  run.kill();
  await run;
  await rm(folder, { recursive: true, force: true });
  return got;
}

async function boundOf(join: Join): Promise<number> {
  while (join.bound === null) await sleep(10);
  return join.bound;
}
