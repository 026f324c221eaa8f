/**
 * Measures how many screens of 8 Mb/s play side by side on /wall in Chromium: how much of the time each picture moved, and how
 * many of its frames were dropped, beside /watch with one of them.
 *
 *   node bench/wall.ts [seconds, 30 unless given]
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../scripts/browser.ts';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { play, record } from './paced-source.ts';
import { startPanel, startZapette, table } from './tools.ts';

const COUNTS = [1, 2, 4];
const MOST = Math.max(...COUNTS);
/** Milliseconds before each measurement. */
const WARM_UP = 15_000;
const seconds = Number(process.argv[2] ?? 30);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const recording = await record(ffmpegPath, {
  ...{ keyframeSeconds: 2, megabits: 8, seconds: 60, size: '1920x1080' },
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
const browser = await launchBrowser();
const rows: string[][] = [];
let screens = 0;
for (const count of COUNTS) {
  for (; screens < count; screens += 1) await add(screens);
  if (count === 1) rows.push(['/watch', ...(await measure('/watch'))]);
  rows.push([`/wall of ${count}`, ...(await measure('/wall'))]);
}
const head = ['page', 'moved, worst picture', 'frames a second, worst picture', 'dropped'];
console.log(`Load of the machine ${loadavg()[0]?.toFixed(1)}\n${table(head, rows)}`);
await browser.close();
await zapette.stop();
await panel.stop();

async function add(at: number): Promise<void> {
  const screen = at === 0 ? 'live' : (await zapette.post('/api/screens', { name: `Screen ${at + 1}` })).id;
  await zapette.post('/set_active_stream', { channel_id: at + 1, screen });
}

async function measure(path: string): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(zapette.url + path);
  await sleep(WARM_UP);
  const before = await videos(page);
  await sleep(seconds * 1_000);
  const after = await videos(page);
  await page.close();
  const each = after.flatMap((video, place) => {
    const first = before[place];
    if (!first) return [];
    const passed = (video.at - first.at) / 1_000;
    const frames = video.frames - first.frames;
    const dropped = video.dropped - first.dropped;
    return {
      moved: (video.time - first.time) / passed,
      rate: (frames - dropped) / passed,
      dropped: dropped / Math.max(1, frames),
    };
  });
  return [
    `${(100 * Math.min(...each.map(({ moved }) => moved))).toFixed(0)} %`,
    Math.min(...each.map(({ rate }) => rate)).toFixed(1),
    `${(100 * Math.max(...each.map((one) => one.dropped))).toFixed(0)} %`,
  ];
}

function videos(page: Page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('video')].map((video) => {
      const { totalVideoFrames: frames, droppedVideoFrames: dropped } = video.getVideoPlaybackQuality();
      return { at: performance.now(), time: video.currentTime, frames, dropped };
    }),
  );
}
