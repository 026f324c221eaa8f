/**
 * Measures the cost of a channel of 8 Mb/s on air: the CPU of Zapette with its FFmpeg, beside plain FFmpeg doing the same
 * remux (video copied, sound to AAC) into HLS, in one run on the same source.
 *
 *   node bench/cost.ts [seconds, 60 unless given] [stereo]        (Linux: reads /proc)
 *
 * With `stereo` the source's sound suits players, and Zapette copies it; without, Zapette converts it too.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { startEightMegabits } from './eight-megabits.ts';
import { table } from './tools.ts';
import { keepViewing } from './viewer.ts';

/** The kernel's clock ticks per second, the same on all common Linux systems. */
const TICKS_PER_SECOND = 100;
/** Milliseconds before the measurement. */
const WARM_UP = 45_000;
const seconds = Number(process.argv[2] ?? 60);
const { ffmpegPath, panel, zapette, stop } = await startEightMegabits(process.argv[3] === 'stereo' ? 2 : 1);
const folder = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const plain = execa(
  ffmpegPath,
  [
    '-loglevel',
    'error',
    '-i',
    panel.liveUrl(1),
    '-map',
    '0:v:0',
    '-map',
    '0:a:0',
    '-c:v',
    'copy',
    '-c:a',
    'aac',
    '-ac',
    '2',
    '-ar',
    '48000',
    '-b:a',
    '160k',
    '-f',
    'hls',
    '-hls_time',
    '2',
    '-hls_flags',
    'delete_segments',
    join(folder, 'live.m3u8'),
  ],
  { reject: false },
);
await zapette.post('/set_active_stream', { channel_id: 1 });
const stopViewing = keepViewing(zapette);
// Compiles and warms up the code, as for a channel that has been on air.
await sleep(WARM_UP);
const before = {
  node: await cpu(zapette.pid),
  tree: await cpuOfTree(zapette.pid),
  plain: await cpu(plain.pid as number),
};
await sleep(seconds * 1_000);
const after = {
  node: await cpu(zapette.pid),
  tree: await cpuOfTree(zapette.pid),
  plain: await cpu(plain.pid as number),
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

async function cpuOfTree(pid: number): Promise<number> {
  let sum = await cpu(pid);
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (Number(fields(stat)[1]) === pid) sum += await cpu(Number(entry));
  }
  return sum;
}

async function cpu(pid: number): Promise<number> {
  const stat = fields(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
  return (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) / TICKS_PER_SECOND;
}

/** Reads the fields after the process's name, which may hold any text; user and system time are 11 and 12. */
function fields(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
