/**
 * Measures the resident memory of the Node process that is shipped, while a channel of 8 Mb/s is on air with a viewer.
 *
 *   npm run build && node bench/memory.ts [minutes, 60 unless given] [channels of the list, 1 unless given]        (Linux: reads /proc)
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEightMegabits } from './eight-megabits.ts';
import { keepViewing } from './viewer.ts';

/** Minutes after which the window, the segments kept behind it and the heap have reached their size. */
const WARM_UP = 5;
/** Of a minute. */
const SAMPLES = 12;
const minutes = Number(process.argv[2] ?? 60);
/** As the image and the service have it. */
const env = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };
const { zapette, stop } = await startEightMegabits({
  shipped: true,
  env,
  channels: Number(process.argv[3] ?? 1),
});
await zapette.post('/set_active_stream', { channel_id: 1 });
const stopViewing = keepViewing(zapette);
const means: number[] = [];
let most = 0;
for (let minute = 1; minute <= minutes; minute++) {
  const sizes: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    await sleep(60_000 / SAMPLES);
    const resident = /VmRSS:\s*(\d+)/.exec(await readFile(`/proc/${zapette.pid}/status`, 'utf8'))?.[1];
    sizes.push(Number(resident) / 1024);
  }
  means.push(mean(sizes));
  most = Math.max(most, ...sizes);
  console.log(
    `minute ${minute}: ${means.at(-1)?.toFixed(1)} MB on average, ${Math.max(...sizes).toFixed(1)} at most`,
  );
}
const warm = means.slice(WARM_UP);
const third = Math.ceil(warm.length / 3);
console.log(
  `at most ${most.toFixed(1)} MB; after ${WARM_UP} minutes on average ${mean(warm.slice(0, third)).toFixed(1)} in the first third, ` +
    `${mean(warm.slice(-third)).toFixed(1)} in the last`,
);
stopViewing();
await stop();

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
