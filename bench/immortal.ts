/**
 * Checks that the channel never ends: switches at random among the demo's channels of every size, rate and codec, kills
 * one FFmpeg, and restarts the process once, while hls.js, VLC, mpv and ffmpeg play on untouched.
 * It reads the playlist twice a second, in which numbers must never go back and never have two contents.
 *
 *   node bench/immortal.ts [switches, 100 unless given] [lower]      (plays in vlc and mpv if they are on the PATH)
 *
 * With `lower`, the same with the lower rendition. The FFmpegs that are killed are then those that encode it, too.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { killFfmpeg } from '../test/e2e/kill-ffmpeg.ts';
import { chromiumPlayer, ffmpegPlayer, type Player } from '../test/e2e/players.ts';
import { PlaylistWatch } from '../test/e2e/playlist-watch.ts';
import { mpvPlayer, virtualScreen, vlcPlayer } from './players.ts';
import { freePort, startZapette, table } from './tools.ts';

const switches = Number(process.argv[2] ?? 100);
const isLower = process.argv[3] === 'lower';
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const port = await freePort();
let zapette = await startZapette({ env: { PORT: String(port) }, keepData: true });
const { items } = JSON.parse(await zapette.text('/api/channels?page_size=100')) as {
  items: { id: number; name: string }[];
};

const lower = { playlist: '/live/540p/index.m3u8', segments: '/live/540p' };
const playlist = new PlaylistWatch(() => zapette.url, undefined, isLower ? lower : undefined);
playlist.start();

const screen = await virtualScreen();
const players: Player[] = isLower
  ? [
      ffmpegPlayer(ffmpegPath, `${zapette.url}/live/540p/index.m3u8`),
      mpvPlayer(`${zapette.url}/live/540p/index.m3u8`),
      mpvPlayer(`${zapette.url}/live/auto.m3u8`),
      await vlcPlayer(`${zapette.url}/live/540p/index.m3u8`, await freePort(), screen.display),
      await vlcPlayer(`${zapette.url}/live/540p/vlc.m3u8`, await freePort(), screen.display),
      await vlcPlayer(`${zapette.url}/live/auto.m3u8`, await freePort(), screen.display),
    ]
  : [
      await chromiumPlayer(zapette.url),
      ffmpegPlayer(ffmpegPath, `${zapette.url}/live.m3u8`),
      ffmpegPlayer(ffmpegPath, `${zapette.url}/live.ts`),
      mpvPlayer(`${zapette.url}/live.m3u8`),
      await vlcPlayer(`${zapette.url}/live.m3u8`, await freePort(), screen.display),
      await vlcPlayer(`${zapette.url}/live.ts`, await freePort(), screen.display),
    ];
await sleep(8_000);
const watched = players.map((player) => ({
  player,
  last: 0,
  movedAt: performance.now(),
  longestStop: 0,
  ended: false,
}));
let isOver = false;
const watching = keepWatching();

let failed = 0;
for (let n = 1; n <= switches; n++) {
  const channel = items[Math.floor(Math.random() * items.length)];
  if (!channel) break;
  try {
    await zapette.post('/set_active_stream', { channel_id: channel.id });
  } catch (error) {
    failed++;
    console.log(`switch ${n} to ${channel.name}: ${String(error)}`);
  }
  if (n === Math.ceil(switches / 3)) await killFfmpeg(zapette.pid);
  if (n === Math.ceil((2 * switches) / 3)) {
    await zapette.stop();
    zapette = await startZapette({ env: { PORT: String(port) }, dataDir: zapette.dataDir });
    console.log(`switch ${n}: the process was restarted`);
    // An open connection to /live.ts cannot survive a restart.
    await sleep(5_000);
  }
  await sleep(1_000 + Math.random() * 4_000);
}
await sleep(10_000);
isOver = true;
await watching;
await playlist.stop();
console.log(
  table(
    ['player', 'played', 'longest stop, s', 'state'],
    watched.map(({ player, last, longestStop, ended }) => [
      player.name,
      last.toFixed(0),
      (longestStop / 1000).toFixed(1),
      ended ? 'ENDED' : 'plays',
    ]),
  ),
);
console.log(
  `${switches} switches, ${failed} refused; ${playlist.segmentsSeen} segments seen; problems: ${playlist.problems.length || 'none'}`,
);
for (const problem of playlist.problems.slice(0, 20)) console.log(`  ${problem}`);
await Promise.all(players.map((player) => player.stop()));
await screen.stop();
await zapette.stop();

async function keepWatching(): Promise<void> {
  while (!isOver) {
    await Promise.all(watched.map(look));
    await sleep(500);
  }
}

async function look(entry: (typeof watched)[number]): Promise<void> {
  if (!entry.ended) {
    const position = await entry.player.position().catch(() => null);
    if (position === null) {
      entry.ended = true;
      console.log(`${entry.player.name} ended: ${entry.player.lastWords?.() ?? ''}`);
    } else {
      const now = performance.now();
      if (position !== entry.last) entry.movedAt = now;
      entry.last = position;
      entry.longestStop = Math.max(entry.longestStop, now - entry.movedAt);
    }
  }
}
