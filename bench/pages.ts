/**
 * Measures the pages in Chromium: the time from a click in the console to the new picture on /watch, against the moment
 * the new source sends its first keyframe and beside a reload of the page; and the first load of /watch in bytes and time.
 *
 *   node bench/pages.ts [switches per case, 9 unless given]
 */
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../scripts/browser.ts';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { type Join, play, record } from './paced-source.ts';
import { median, startPanel, startZapette, table } from './tools.ts';

const TOKEN = 'bench-admin-token';
const switches = Number(process.argv[2] ?? 9);
/** Two channels that differ in the picture's width. */
const sizes = ['1024x576', '960x540'] as const;
const bursts = [0, 3] as const;
const PAUSE = 4_000;

const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const spec = { keyframeSeconds: 2, megabits: 4, seconds: 45 };
const recordings = await Promise.all(sizes.map((size) => record(ffmpegPath, { ...spec, size })));
let lastJoin: Join = { firstKeyframe: null, bound: null };
const panel = await startPanel(
  bursts.flatMap((burst, group) =>
    recordings.map((recording, index) => ({
      id: group * 2 + index + 1,
      name: `Channel ${group * 2 + index + 1}`,
      serve: (response) => {
        lastJoin = play(recording, response, Math.random() * 20, burst);
      },
    })),
  ),
);
const zapette = await startZapette({ account: panel.account });
const browser = await launchBrowser();
await measureLoads(browser);
await measureSwitches(browser);
await browser.close();
await zapette.stop();
await panel.stop();

async function measureSwitches(browser: Browser): Promise<void> {
  const watch = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await watch.goto(`${zapette.url}/watch`);
  await playing(watch);
  await watch.evaluate(watchWidths);
  const remote = await browser.newPage({ viewport: { width: 1280, height: 720 }, locale: 'en' });
  await remote.goto(`${zapette.url}/#token=${TOKEN}`);
  const rows: string[][] = [];
  for (const [group, burst] of bursts.entries()) {
    const all: number[] = [];
    const above: number[] = [];
    const reloads: number[] = [];
    for (let n = -1; n < switches; n++) {
      const index = Math.abs(n) % 2;
      const width = Number(sizes[index]?.split('x')[0]);
      const button = remote.getByRole('button', {
        name: `Broadcast Channel ${group * 2 + index + 1}`,
        exact: true,
      });
      lastJoin = { firstKeyframe: null, bound: null };
      const clicked = await button.evaluate((element: HTMLElement) => {
        element.click();
        return Date.now();
      });
      const shown = await watch.waitForFunction((wanted) => window.widths.get(wanted), width);
      const at = await shown.jsonValue();
      await watch.evaluate(() => window.widths.clear());
      // The first switch only puts a channel on air.
      if (n >= 0 && at !== undefined && lastJoin.firstKeyframe !== null) {
        all.push(at - clicked);
        above.push(at - (performance.timeOrigin + lastJoin.firstKeyframe));
        const reloaded = Date.now();
        const other = await browser.newPage();
        await other.goto(`${zapette.url}/watch`);
        await playing(other);
        reloads.push(Date.now() - reloaded);
        await other.close();
      }
      await remote.waitForTimeout(PAUSE);
      await watch.evaluate(() => window.widths.clear());
    }
    rows.push([`${burst} s`, medianAndMost(all), medianAndMost(above), medianAndMost(reloads)]);
  }
  console.log(
    table(
      [
        'burst of the source',
        'click to picture, ms (max)',
        'above its first keyframe',
        'opening /watch instead',
      ],
      rows,
    ),
  );
}

/** Measures the first load with an empty cache. */
async function measureLoads(browser: Browser): Promise<void> {
  await zapette.post('/set_active_stream', { channel_id: 1 });
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  const rows: string[][] = [];
  for (const [name, options] of [
    ['computer', { viewport: { width: 1280, height: 720 } }],
    ['phone', { viewport: { width: 390, height: 844 } }],
  ] as const) {
    const page = await browser.newPage(options);
    const bytes = await countBytes(page);
    await page.addInitScript(watchLoading);
    await page.goto(`${zapette.url}/watch`);
    await playing(page);
    await page.waitForTimeout(2_000);
    const { paint, frame, shift } = await page.evaluate(() => window.loading);
    const { hls, rest } = bytes();
    rows.push([
      name,
      (rest / 1024).toFixed(0),
      (hls / 1024).toFixed(0),
      paint.toFixed(0),
      frame.toFixed(0),
      shift.toFixed(4),
    ]);
    await page.close();
  }
  console.log(
    table(
      ['first load', 'KB besides hls.js', 'hls.js KB', 'first paint, ms', 'first frame, ms', 'layout shift'],
      rows,
    ),
  );
}

/** Counts the compressed bytes of the page itself. */
async function countBytes(page: Page): Promise<() => { hls: number; rest: number }> {
  const session = await page.context().newCDPSession(page);
  const addresses = new Map<string, string>();
  let [hls, rest] = [0, 0];
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, response }) => addresses.set(requestId, response.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const { pathname } = new URL(addresses.get(requestId) ?? 'about:blank');
    if (/\.m3u8$|\.ts$/.test(pathname)) return;
    if (/\/hls/.test(pathname)) hls += encodedDataLength;
    else rest += encodedDataLength;
  });
  return () => ({ hls, rest });
}

async function playing(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 0;
  });
}

function medianAndMost(values: readonly number[]): string {
  return `${median(values).toFixed(0)} (${Math.max(...values).toFixed(0)})`;
}

declare global {
  interface Window {
    /** When a picture of each width was first shown, in epoch milliseconds. */
    widths: Map<number, number>;
    loading: { paint: number; frame: number; shift: number };
  }
}

/** Runs in the page. */
function watchWidths(): void {
  window.widths = new Map();
  const video = document.querySelector('video') as HTMLVideoElement;
  const onFrame = (_now: number, { width }: VideoFrameCallbackMetadata): void => {
    if (!window.widths.has(width)) window.widths.set(width, Date.now());
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
}

/** Runs in the page before its own scripts. */
function watchLoading(): void {
  window.loading = { paint: 0, frame: 0, shift: 0 };
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      if (name === 'first-contentful-paint') window.loading.paint = startTime;
    }
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && typeof entry.value === 'number') window.loading.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const wait = setInterval(() => {
    const video = document.querySelector('video');
    if (!video) return;
    clearInterval(wait);
    video.requestVideoFrameCallback((now) => {
      window.loading.frame = now;
    });
  }, 5);
}
