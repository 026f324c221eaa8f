/**
 * Does the channel never end? Random switches among the demo's channels of every size, rate and codec, one FFmpeg
 * killed, and the process restarted once in the middle, while hls.js, VLC, mpv and ffmpeg play on untouched.
 * Meanwhile the playlist is read twice a second: numbers must never go back, and never have two contents.
 *
 *   node bench/immortal.ts [switches, 100 unless given]       (wants vlc and mpv on the PATH; leaves out what is not)
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFfmpeg } from '../src/stream/ffmpeg-binary.ts';
import { chromiumPlayer, ffmpegPlayer, mpvPlayer, type Player, vlcPlayer } from './players.ts';
import { freePort, startZapette, table } from './tools.ts';

const switches = Number(process.argv[2] ?? 100);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const port = await freePort();
let zapette = await startZapette({ env: { PORT: String(port) }, keepData: true });
const { items } = JSON.parse(await zapette.text('/api/channels?page_size=100')) as {
  items: { id: number; name: string }[];
};

const problems: string[] = [];
const contents = new Map<number, string>();
let highest = 0;
let discontinuity = 0;
const reader = setInterval(() => void readPlaylist(), 500);

const players: Player[] = [
  await chromiumPlayer(zapette.url),
  ffmpegPlayer(ffmpegPath, `${zapette.url}/live.m3u8`),
  ffmpegPlayer(ffmpegPath, `${zapette.url}/live.ts`),
  mpvPlayer(`${zapette.url}/live.m3u8`),
  await vlcPlayer(`${zapette.url}/live.m3u8`, await freePort()),
  await vlcPlayer(`${zapette.url}/live.ts`, await freePort()),
];
await sleep(8_000);
const watched = players.map((player) => ({
  player,
  last: 0,
  movedAt: performance.now(),
  longestStop: 0,
  ended: false,
}));
const watcher = setInterval(() => void watchPlayers(), 1_000);

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
  if (n === Math.ceil(switches / 3)) await killFfmpeg();
  if (n === Math.ceil((2 * switches) / 3)) {
    await zapette.stop();
    zapette = await startZapette({ env: { PORT: String(port) }, dataDir: zapette.dataDir, keepData: true });
    console.log(`switch ${n}: the process was restarted`);
    // what cannot survive a restart is a connection that was open: /live.ts
    await sleep(5_000);
  }
  await sleep(1_000 + Math.random() * 4_000);
}
await sleep(10_000);
clearInterval(watcher);
clearInterval(reader);
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
  `${switches} switches, ${failed} refused; ${contents.size} segments seen; problems: ${problems.length || 'none'}`,
);
for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
await Promise.all(players.map((player) => player.stop()));
await zapette.stop();

async function watchPlayers(): Promise<void> {
  for (const entry of watched) {
    if (entry.ended) continue;
    const position = await entry.player.position().catch(() => null);
    if (position === null) {
      entry.ended = true;
      console.log(`${entry.player.name} ended`);
    } else {
      const now = performance.now();
      if (position !== entry.last) entry.movedAt = now;
      entry.last = position;
      entry.longestStop = Math.max(entry.longestStop, now - entry.movedAt);
    }
  }
}

async function readPlaylist(): Promise<void> {
  const text = await zapette.text('/live/index.m3u8').catch(() => null);
  if (text === null) return;
  const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
  const numbers = [...text.matchAll(/seg\/(\d+)\.ts/g)].map(([, sequence]) => Number(sequence));
  const last = numbers.at(-1) ?? 0;
  const counted = Number(/DISCONTINUITY-SEQUENCE:(\d+)/.exec(text)?.[1]);
  if (text.includes('ENDLIST')) problems.push('ENDLIST');
  if (numbers[0] !== first || numbers.some((number, index) => number !== first + index))
    problems.push(`not in a row: ${numbers}`);
  if (last < highest) problems.push(`went back from ${highest} to ${last}`);
  if (counted < discontinuity)
    problems.push(`discontinuity sequence went back from ${discontinuity} to ${counted}`);
  if (!/^#EXT-X-TARGETDURATION:6$/m.test(text)) problems.push('another target duration');
  for (const [, duration] of text.matchAll(/EXTINF:([\d.]+)/g)) {
    if (Math.round(Number(duration)) > 6) problems.push(`a segment of ${duration} s`);
  }
  highest = Math.max(highest, last);
  discontinuity = Math.max(discontinuity, counted);
  for (const number of numbers) {
    // those on their way out too: a content may change late
    if (contents.has(number) && Math.random() > 0.1) continue;
    const response = await fetch(`${zapette.url}/live/seg/${number}.ts`).catch(() => null);
    if (!response?.ok) continue;
    const hash = createHash('sha1')
      .update(new Uint8Array(await response.arrayBuffer()))
      .digest('base64');
    if ((contents.get(number) ?? hash) !== hash) problems.push(`segment ${number} has two contents`);
    contents.set(number, hash);
  }
}

/** SIGKILL to the FFmpeg that remuxes (Linux). */
async function killFfmpeg(): Promise<void> {
  for (const entry of await readdir('/proc').catch(() => [])) {
    const [args, stat] = await Promise.all([
      readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => ''),
      readFile(`/proc/${entry}/stat`, 'utf8').catch(() => ''),
    ]);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === zapette.pid && args.includes('pipe:0')) {
      process.kill(Number(entry), 'SIGKILL');
      console.log('FFmpeg was killed');
    }
  }
}
