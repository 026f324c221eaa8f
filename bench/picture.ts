/**
 * Measures the time from the first segment to the picture with hls.js on /watch in Chromium, for every case of
 * bench/zap.ts. Prints the time from the answer of POST /set_active_stream (the first segment is listed) to the first
 * frame of the new channel, and how often and how long the player stalled in the 20 s after.
 *
 *   node bench/picture.ts [joins per case, 3 unless given]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser } from '../scripts/browser.ts';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { play, type Recording, record } from './paced-source.ts';
import { median, startPanel, startZapette, table } from './tools.ts';

const WATCHED_MS = 20_000;
const joins = Number(process.argv[2] ?? 3);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const cases = [1, 2, 4].flatMap((keyframeSeconds) => [0, 3].map((burst) => ({ keyframeSeconds, burst })));
const recordings = new Map<number, Recording>();
for (const keyframeSeconds of [1, 2, 4]) {
  recordings.set(
    keyframeSeconds,
    await record(ffmpegPath, { keyframeSeconds, megabits: 4, seconds: 60, size: '1024x576' }),
  );
}
const panel = await startPanel(
  cases.map(({ keyframeSeconds, burst }, index) => ({
    id: index + 1,
    name: `Keyframes every ${keyframeSeconds} s, burst ${burst} s`,
    serve: (response) => {
      play(recordings.get(keyframeSeconds) as Recording, response, Math.random() * 20, burst);
    },
  })),
);
const zapette = await startZapette({ account: panel.account });
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
await page.goto(`${zapette.url}/watch`);
await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 2);
await page.evaluate(watchFrames);

const rows: string[][] = [];
for (const [index, { keyframeSeconds, burst }] of cases.entries()) {
  const firstFrames: number[] = [];
  const stalls: number[] = [];
  for (let n = 0; n < joins; n++) {
    await page.evaluate(() => window.bench.reset());
    await zapette.post('/set_active_stream', { channel_id: index + 1 });
    const listed = Date.now();
    await sleep(WATCHED_MS);
    const seen = await page.evaluate(() => window.bench.report());
    firstFrames.push(seen.jumpedAt === null ? Number.NaN : seen.jumpedAt - listed);
    stalls.push(...seen.stalls);
    await zapette.post('/stop_stream');
    await sleep(3_000);
  }
  const longest = stalls.length > 0 ? `${stalls.length} (longest ${Math.max(...stalls).toFixed(0)} ms)` : '0';
  rows.push([
    `${keyframeSeconds} s`,
    `${burst} s`,
    median(firstFrames).toFixed(0),
    Math.max(...firstFrames).toFixed(0),
    longest,
  ]);
  console.log(rows.at(-1)?.join('  '));
}
console.log(
  table(
    ['keyframes', 'burst', 'first frame, ms after the playlist', 'max', `stalls in ${joins} x 20 s`],
    rows,
  ),
);
await browser.close();
await zapette.stop();
await panel.stop();

declare global {
  interface Window {
    bench: { reset(): void; report(): { jumpedAt: number | null; stalls: number[] } };
  }
}

/** Runs in the page: records when the media time jumps to the new channel, and each later gap over 250 ms between frames. */
function watchFrames(): void {
  const video = document.querySelector('video') as HTMLVideoElement;
  let last: { at: number; width: number } | null = null;
  let jumpedAt: number | null = null;
  let stalls: number[] = [];
  const onFrame = (_now: number, { width }: VideoFrameCallbackMetadata): void => {
    const at = Date.now();
    if (last && jumpedAt !== null && at - last.at > 250) stalls.push(at - last.at);
    // The slate is wider than the channel.
    if (last && width < last.width) jumpedAt ??= at;
    last = { at, width };
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
  window.bench = {
    reset: () => {
      jumpedAt = null;
      stalls = [];
    },
    report: () => ({ jumpedAt, stalls }),
  };
}
