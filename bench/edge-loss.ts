/**
 * What other players than the watch page do when the edge that gives them the picture ends, or falls silent, in mid-play: how
 * long they stand still, and whether they play on. Playlists come from home, or from the edge as well.
 *
 *   node bench/edge-loss.ts [home | edge, both unless given] [ends | silent, both unless given] [mpv, VLC, VLC-loop, ffmpeg, Kodi]
 *
 * Takes two minutes for each of the four (Linux, as root; needs nginx, vlc, mpv and Xvfb, and kodi and pulseaudio for Kodi).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { ffmpegPlayer, type Player } from '../test/e2e/players.ts';
import { type EdgeOptions, startNginx } from './edge-programs.ts';
import { kodiPlayer } from './kodi-television.ts';
import { enterNetwork } from './network.ts';
import { play, record } from './paced-source.ts';
import { mpvPlayer, virtualScreen, vlcPlayer } from './players.ts';
import { freePort, seconds, startPanel, startZapette, table } from './tools.ts';

const froms = (['home', 'edge'] as const).filter((each) => !process.argv[2] || process.argv[2] === each);
const ways = (['ends', 'silent'] as const).filter((each) => !process.argv[3] || process.argv[3] === each);
const SECRET = 'the-secret-of-this-bench';
/** Milliseconds for which players play before the edge is lost, for which it stays lost, and for which it is back. */
const [BEFORE, LOST, BACK] = [20_000, 60_000, 25_000];
const LOOK_EVERY = 250;
const names = process.argv[4]?.split(',') ?? ['mpv', 'VLC', 'VLC-loop', 'ffmpeg', 'Kodi'];

const network = await enterNetwork(fileURLToPath(import.meta.url), ['home', 'edge']);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const recording = await record(ffmpegPath, {
  ...{ keyframeSeconds: 2, seconds: 60, size: '320x180' },
  ...{ megabits: 0.3, soundChannels: 2 },
});
const panel = await startPanel([
  { id: 1, name: 'Channel 1', serve: (response) => void play(recording, response, 0, 4) },
]);
const folder = await mkdtemp(join(tmpdir(), 'zapette-edges-'));
const screen = await virtualScreen();
const rows: string[][] = [];
for (const from of froms) for (const way of ways) await lose(from, way);
console.log(
  table(
    ['playlists from', 'the edge', 'player', 'stood still for', 'played on', 'played once it was back'],
    rows,
  ),
);
await screen.stop();
await panel.stop();
await rm(folder, { recursive: true, force: true });

async function lose(from: 'home' | 'edge', way: 'ends' | 'silent'): Promise<void> {
  const [port, origin] = [await freePort(), await freePort()];
  const edgeUrl = `http://${network.addressOf('edge')}:${port}`;
  const zapette = await startZapette({
    account: panel.account,
    env: {
      ...{ HOST: network.isApart ? '0.0.0.0' : '127.0.0.1', PORT: String(origin) },
      ...{ SEGMENTS_URL: edgeUrl, EDGE_SECRET: SECRET },
      PLAYLIST_CACHE_SECONDS: from === 'edge' ? '1' : '0',
    },
  });
  const options: EdgeOptions = {
    ...{ network, folder, secret: SECRET, machine: 'edge', port },
    origin: `${network.addressOf('home')}:${origin}`,
  };
  let edge = await startNginx(options);
  await zapette.post('/set_active_stream', { channel_id: 1 });
  // Until home has seen that the edge works.
  await sleep(15_000);
  const url = `http://127.0.0.1:${origin}/live.m3u8`;
  const players: Player[] = [];
  for (const name of names) players.push(await start(name, url));
  await sleep(BEFORE);
  if (way === 'ends') await edge.stop();
  else await network.silence('edge');
  const lost = await Promise.all(players.map((player) => watch(player, LOST)));
  if (way === 'ends') edge = await startNginx(options);
  else await network.wake('edge');
  const back = await Promise.all(players.map((player) => watch(player, BACK)));
  for (const at of players.keys()) {
    const during = lost[at];
    rows.push([
      ...[from, way, names[at] ?? '', seconds(during?.longest ?? 0)],
      verdict(during),
      verdict(back[at]),
    ]);
  }
  await Promise.all(players.map((player) => player.stop()));
  await edge.stop();
  await zapette.stop();
}

async function start(name: string, url: string): Promise<Player> {
  switch (name) {
    case 'mpv':
      return mpvPlayer(url);
    case 'ffmpeg':
      return ffmpegPlayer(ffmpegPath, url);
    case 'Kodi':
      return kodiPlayer(url);
    default:
      return vlcPlayer(url, await freePort(), screen.display, name === 'VLC-loop' ? ['--loop'] : []);
  }
}

function verdict(watched: Awaited<ReturnType<typeof watch>> | undefined): string {
  if (watched?.plays) return 'yes';
  return watched?.ended ? 'ended' : 'no';
}

/** Watches a player for so many milliseconds. @returns its longest standstill, and whether it still plays in the last ten seconds */
async function watch(player: Player, length: number) {
  const begun = performance.now();
  let last = { position: await player.position(), at: begun };
  let longest = 0;
  while (performance.now() - begun < length) {
    await sleep(LOOK_EVERY);
    const position = await player.position();
    // One that opens the address again begins anew.
    if (position !== null && position !== last.position) last = { position, at: performance.now() };
    longest = Math.max(longest, performance.now() - last.at);
  }
  const ended = (await player.position()) === null;
  return { longest, ended, plays: !ended && performance.now() - last.at < 10_000 };
}
