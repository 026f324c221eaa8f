/**
 * Memory of the Node process while a channel of 8 Mb/s is on air with a viewer: resident set, once a minute.
 *
 *   node bench/memory.ts [minutes, 60 unless given]        (Linux: reads /proc)
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFfmpeg } from '../src/stream/ffmpeg-binary.ts';
import { play, record } from './paced-source.ts';
import { startPanel, startZapette } from './tools.ts';
import { keepViewing } from './viewer.ts';

/** The window, what is kept behind it, and the heap have their size by then. */
const WARM_UP = 5;
const minutes = Number(process.argv[2] ?? 60);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const recording = await record(ffmpegPath, {
  keyframeSeconds: 2,
  megabits: 8,
  seconds: 60,
  size: '1920x1080',
});
const panel = await startPanel([
  { id: 1, name: 'Eight megabits', serve: (response) => void play(recording, response, 0, 2) },
]);
const zapette = await startZapette({ account: panel.account });
await zapette.post('/set_active_stream', { channel_id: 1 });
const stopViewing = keepViewing(zapette);
const sizes: number[] = [];
for (let minute = 1; minute <= minutes; minute++) {
  await sleep(60_000);
  const resident = /VmRSS:\s*(\d+)/.exec(await readFile(`/proc/${zapette.pid}/status`, 'utf8'))?.[1];
  sizes.push(Number(resident) / 1024);
  console.log(`minute ${minute}: ${sizes.at(-1)?.toFixed(1)} MB`);
}
const warm = sizes.slice(WARM_UP);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const third = Math.ceil(warm.length / 3);
console.log(
  `after ${WARM_UP} minutes: ${Math.min(...warm).toFixed(1)} to ${Math.max(...warm).toFixed(1)} MB; ` +
    `mean of the first third ${mean(warm.slice(0, third)).toFixed(1)}, of the last ${mean(warm.slice(-third)).toFixed(1)}`,
);
stopViewing();
await zapette.stop();
await panel.stop();
