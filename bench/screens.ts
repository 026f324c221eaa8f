/**
 * Measures several screens of 8 Mb/s in one process: the CPU of Zapette with its FFmpegs beside as many plain FFmpegs that do
 * the same remux in the same time, and the memory of each further screen.
 *
 *   node bench/screens.ts [seconds, 40 unless given]        (Linux: reads /proc)
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { play, record } from './paced-source.ts';
import { plainRemux } from './plain-remux.ts';
import { cpuOf, cpuOfTree, memoryOfTree } from './processes.ts';
import { startPanel, startZapette, table } from './tools.ts';
import { keepViewing } from './viewer.ts';

const COUNTS = [1, 4, 8];
const MOST = Math.max(...COUNTS);
/** Milliseconds before each measurement. */
const WARM_UP = 25_000;
const seconds = Number(process.argv[2] ?? 40);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const recording = await record(ffmpegPath, {
  ...{ keyframeSeconds: 2, megabits: 8, seconds: 60, size: '1920x1080' },
  // The sound suits players, as that of most channels.
  soundChannels: 2,
});
const panel = await startPanel(
  Array.from({ length: MOST }, (_, at) => ({
    id: at + 1,
    name: `Eight megabits ${at + 1}`,
    serve: (response) => void play(recording, response, at * 3, 2),
  })),
  2 * MOST,
);
const zapette = await startZapette({ account: panel.account, env: { XTREAM_MAX_CONNECTIONS: String(MOST) } });
const folder = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const plain: ReturnType<typeof plainRemux>[] = [];
const stops: (() => void)[] = [];
const rows: string[][] = [];
let alone = 0;
for (const count of COUNTS) {
  while (plain.length < count) await add(plain.length);
  await sleep(WARM_UP);
  const before = await used();
  await sleep(seconds * 1_000);
  const after = await used();
  const memory = await memoryOfTree(zapette.pid);
  const { items } = JSON.parse(await zapette.text('/api/screens')) as { items: { state: string }[] };
  const isWhole = items.length === count && items.every(({ state }) => state === 'live');
  if (!isWhole) console.log(`not all were on air: ${items.map(({ state }) => state).join(', ')}`);
  if (count === 1) alone = memory;
  const perMinute = (of: 'ours' | 'plain') => (((after[of] - before[of]) / seconds) * 60).toFixed(1);
  rows.push([
    String(count),
    perMinute('plain'),
    perMinute('ours'),
    ((after.ours - before.ours) / (after.plain - before.plain)).toFixed(2),
    (memory / 1e6).toFixed(0),
    count === 1 ? '' : ((memory - alone) / (count - 1) / 1e6).toFixed(0),
  ]);
}
const head = ['screens', 'plain ffmpegs', 'Zapette', 'ratio', 'MB', 'MB a further screen'];
console.log(`CPU-seconds a minute; load of the machine ${loadavg()[0]?.toFixed(1)}\n${table(head, rows)}`);
for (const stop of stops) stop();
for (const each of plain) each.kill();
await Promise.all(plain);
await zapette.stop();
await panel.stop();
await rm(folder, { recursive: true, force: true });

/** Puts one more channel on air, on a screen of its own, with a viewer, and beside it a plain FFmpeg. */
async function add(at: number): Promise<void> {
  const screen = at === 0 ? 'live' : (await zapette.post('/api/screens', { name: `Screen ${at + 1}` })).id;
  await zapette.post('/set_active_stream', { channel_id: at + 1, screen });
  stops.push(keepViewing(zapette, at === 0 ? '/live' : `/s/${screen}`));
  plain.push(plainRemux(ffmpegPath, panel.liveUrl(at + 1), join(folder, `${at}.m3u8`)));
}

async function used(): Promise<{ readonly ours: number; readonly plain: number }> {
  const each = await Promise.all(plain.map(({ pid }) => cpuOf(pid as number)));
  return { ours: await cpuOfTree(zapette.pid), plain: each.reduce((all, one) => all + one, 0) };
}
