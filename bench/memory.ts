/**
 * Measures the resident memory of the Node process, once a minute, while a channel of 8 Mb/s is on air with a viewer.
 *
 *   node bench/memory.ts [minutes, 60 unless given] [channels of the list, 1 unless given]        (Linux: reads /proc)
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEightMegabits } from './eight-megabits.ts';
import { keepViewing } from './viewer.ts';

/** Minutes after which the window, the segments kept behind it and the heap have reached their size. */
const WARM_UP = 5;
const minutes = Number(process.argv[2] ?? 60);
/** As the image and the service have it. */
const env = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };
const { zapette, stop } = await startEightMegabits({ env, channels: Number(process.argv[3] ?? 1) });
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
await stop();
