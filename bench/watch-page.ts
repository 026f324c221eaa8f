/**
 * Measures the watch page in Chromium, with its playlists from home and from an edge (nginx with the configuration of
 * deploy/edge), and beside it that of another checkout: from opening the page to its first picture, from the answer to a
 * switch to the first picture of the new channel, stalls, and how many requests a minute go home and to the edge.
 *
 *   node bench/watch-page.ts [rounds, 5 unless given] [another checkout, whose pages are built] [milliseconds of each way] [seconds of the past that the provider begins with, 3 unless given]
 *
 * About 45 s for each round and kind.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../scripts/browser.ts';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { play, record } from './paced-source.ts';
import { freePort, median, startPanel, startZapette, table } from './tools.ts';

const rounds = Number(process.argv[2] ?? 5);
const other = process.argv[3] || undefined;
const latency = Number(process.argv[4] || 0);
const past = Number(process.argv[5] ?? 3);
const ZAPS = 3;
const AFTER_ZAP = 8_000;

/** A server, and what its page has shown. */
interface Measured {
  readonly name: string;
  readonly zapette: Awaited<ReturnType<typeof startZapette>>;
  /** Milliseconds. */
  readonly seen: { readonly starts: number[]; readonly zaps: number[]; readonly stalls: number[] };
  minutes: number;
  home: number;
  edge: number;
}

const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const sizes = ['640x360', '512x288'];
const recordings = await Promise.all(
  sizes.map((size) => record(ffmpegPath, { keyframeSeconds: 2, megabits: 1, seconds: 60, size })),
);
const panel = await startPanel(
  recordings.map((recording, at) => ({
    id: at + 1,
    name: `Channel ${at + 1}`,
    serve: (response) => void play(recording, response, 0, past),
  })),
);
const folder = await mkdtemp(join(tmpdir(), 'zapette-watch-page-'));
const edgePort = await freePort();
const edge = `http://127.0.0.1:${edgePort}`;
const kinds = [
  ...(other === undefined ? [] : [{ name: 'other checkout', checkout: other }]),
  { name: 'home' },
  {
    name: 'edge',
    env: { SEGMENTS_URL: edge, PLAYLIST_CACHE_SECONDS: '1', EDGE_SECRET: 'the-secret-of-this-bench' },
  },
];
const servers: Measured[] = [];
for (const { name, ...options } of kinds) {
  const zapette = await startZapette({ account: panel.account, ...options });
  const seen = { starts: [] as number[], zaps: [] as number[], stalls: [] as number[] };
  servers.push({ name, zapette, seen, minutes: 0, home: 0, edge: 0 });
}
const nginx = await startNginx(new URL(servers.at(-1)?.zapette.url ?? '').host);
await sleep(6_000);
const browser = await launchBrowser();
for (let round = 0; round < rounds; round++) {
  for (const server of servers) {
    await measure(server);
    console.log(server.name, JSON.stringify(server.seen));
  }
}
console.log(
  table(
    [
      'playlists from',
      'first picture, ms',
      'max',
      'switch, ms',
      'max',
      'stalls',
      'home a minute',
      'edge a minute',
    ],
    servers.map(({ name, seen, minutes, home, edge: there }) => [
      name,
      median(seen.starts).toFixed(0),
      Math.max(...seen.starts).toFixed(0),
      median(seen.zaps).toFixed(0),
      Math.max(...seen.zaps).toFixed(0),
      `${seen.stalls.length} (longest ${Math.max(0, ...seen.stalls).toFixed(0)} ms)`,
      (home / minutes).toFixed(0),
      (there / minutes).toFixed(0),
    ]),
  ),
);
await browser.close();
await nginx.stop();
for (const { zapette } of servers) await zapette.stop();
await panel.stop();
await rm(folder, { recursive: true, force: true });

async function measure(server: Measured): Promise<void> {
  const { zapette, seen } = server;
  await zapette.post('/set_active_stream', { channel_id: 1 });
  await sleep(8_000);
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
  if (latency > 0) {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const line = { latency, offline: false, downloadThroughput: -1, uploadThroughput: -1 };
    await session.send('Network.emulateNetworkConditions', line);
  }
  await page.addInitScript(watchFrames);
  await page.goto(`${zapette.url}/watch`);
  await page.waitForFunction(() => window.watchPage?.report().first !== null, undefined, { timeout: 20_000 });
  seen.starts.push((await page.evaluate(() => window.watchPage.report().first)) ?? Number.NaN);
  await sleep(5_000);
  const others = server.name === 'edge' ? followEdge(zapette) : null;
  const counted = countRequests(page, new URL(zapette.url).host);
  const began = performance.now();
  for (let zap = 0; zap < ZAPS; zap++) {
    await page.evaluate(() => window.watchPage.reset());
    await zapette.post('/set_active_stream', { channel_id: zap % 2 === 0 ? 2 : 1 });
    const listed = Date.now();
    await sleep(AFTER_ZAP);
    const { jumpedAt, stalls } = await page.evaluate(() => window.watchPage.report());
    seen.zaps.push(jumpedAt === null ? AFTER_ZAP : jumpedAt - listed);
    seen.stalls.push(...stalls);
  }
  server.minutes += (performance.now() - began) / 60_000;
  server.home += counted.home;
  server.edge += counted.edge;
  await others?.stop();
  await page.close();
  await zapette.post('/stop_stream');
}

/** Others watch through the edge as well: it asks home for them, and the page waits with them. */
function followEdge(zapette: Measured['zapette']) {
  const leave = new AbortController();
  const following = (async () => {
    while (!leave.signal.aborted) {
      const [, folder = '', last] =
        /(http:.+\/)(\d+)\.ts\s*$/.exec(await zapette.text('/live/index.m3u8')) ?? [];
      const next = `${folder}page-${Number(last) + 1}.m3u8`;
      await fetch(next, { signal: leave.signal }).catch(() => {});
    }
  })();
  return {
    stop: async () => {
      leave.abort();
      await following;
    },
  };
}

/** Counts what the page asks for, at home and elsewhere. */
function countRequests(page: Page, host: string): { home: number; edge: number } {
  const counted = { home: 0, edge: 0 };
  page.on('request', (request) => {
    const { protocol, host: asked } = new URL(request.url());
    if (!protocol.startsWith('http')) return;
    if (asked === host) counted.home++;
    else counted.edge++;
  });
  return counted;
}

async function startNginx(origin: string) {
  const template = await readFile(new URL('../deploy/edge/nginx.conf.template', import.meta.url), 'utf8');
  const site = template
    .replaceAll(/\$\{ORIGIN_HOST\}/g, origin)
    .replaceAll(/\$\{EDGE_SECRET\}/g, 'the-secret-of-this-bench')
    .replace('listen 80;', `listen 127.0.0.1:${edgePort};`)
    .replace('/var/cache/nginx/zapette', join(folder, 'cache'))
    .replace('/var/log/zapette/viewers.log', join(folder, 'viewers.log'));
  const path = join(folder, 'nginx.conf');
  await writeFile(
    path,
    `worker_processes 1; daemon off; pid ${path}.pid; error_log ${path}.log; user root; events {} http { ${site} }`,
  );
  const run = execa('nginx', ['-c', path], { reject: false, stdin: 'ignore' });
  return {
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

declare global {
  interface Window {
    watchPage: {
      reset(): void;
      report(): { first: number | null; jumpedAt: number | null; stalls: number[] };
    };
  }
}

/** Runs in the page: notes the first frame, the first of another size after a reset, and each picture that stood for over 300 ms since. */
function watchFrames(): void {
  let first: number | null = null;
  let last: { at: number; width: number; shown: number } | null = null;
  let from: number | null = null;
  let jumpedAt: number | null = null;
  let stalls: number[] = [];
  const onFrame = (
    video: HTMLVideoElement,
    { width, presentedFrames: shown }: VideoFrameCallbackMetadata,
  ): void => {
    const at = Date.now();
    first ??= performance.now();
    // A busy page is not told of each frame.
    if (last && shown === last.shown + 1 && at - last.at > 300) stalls.push(at - last.at);
    if (from !== null && width !== from) jumpedAt ??= at;
    last = { at, width, shown };
    video.requestVideoFrameCallback((_now, frame) => onFrame(video, frame));
  };
  const find = (): void => {
    const video = document.querySelector('video');
    if (video) video.requestVideoFrameCallback((_now, frame) => onFrame(video, frame));
    else requestAnimationFrame(find);
  };
  find();
  window.watchPage = {
    reset: () => {
      from = last?.width ?? null;
      jumpedAt = null;
      stalls = [];
    },
    report: () => ({ first, jumpedAt, stalls }),
  };
}
