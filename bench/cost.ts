/**
 * Measures the cost of a channel of 8 Mb/s on air: the CPU of Zapette with its FFmpeg, beside plain FFmpeg doing the same
 * remux (video copied, sound to AAC) into HLS, in one run on the same source.
 *
 *   node bench/cost.ts [seconds, 60 unless given] [stereo]        (Linux: reads /proc)
 *
 * With `stereo` the source's sound suits players, and Zapette copies it; without, Zapette converts it too.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEightMegabits } from './eight-megabits.ts';
import { plainRemux } from './plain-remux.ts';
import { cpuOf, cpuOfTree } from './processes.ts';
import { table } from './tools.ts';
import { keepViewing } from './viewer.ts';

/** Milliseconds before the measurement. */
const WARM_UP = 45_000;
const seconds = Number(process.argv[2] ?? 60);
const { ffmpegPath, panel, zapette, stop } = await startEightMegabits({
  soundChannels: process.argv[3] === 'stereo' ? 2 : 1,
});
const folder = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const plain = plainRemux(ffmpegPath, panel.liveUrl(1), join(folder, 'live.m3u8'));
await zapette.post('/set_active_stream', { channel_id: 1 });
const stopViewing = keepViewing(zapette);
// Compiles and warms up the code, as for a channel that has been on air.
await sleep(WARM_UP);
const before = {
  node: await cpuOf(zapette.pid),
  tree: await cpuOfTree(zapette.pid),
  plain: await cpuOf(plain.pid as number),
};
await sleep(seconds * 1_000);
const after = {
  node: await cpuOf(zapette.pid),
  tree: await cpuOfTree(zapette.pid),
  plain: await cpuOf(plain.pid as number),
};
stopViewing();
const perMinute = (from: number, to: number) => (((to - from) / seconds) * 60).toFixed(2);
const ratio = (after.tree - before.tree) / (after.plain - before.plain);
console.log(
  table(
    ['', 'CPU-seconds a minute'],
    [
      ['plain ffmpeg', perMinute(before.plain, after.plain)],
      ['Zapette, with its ffmpeg', perMinute(before.tree, after.tree)],
      ['  of which Node', perMinute(before.node, after.node)],
      ['ratio', ratio.toFixed(2)],
    ],
  ),
);
plain.kill();
await plain;
await stop();
await rm(folder, { recursive: true, force: true });
