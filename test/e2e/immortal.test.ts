import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { killFfmpeg } from './kill-ffmpeg.ts';
import { chromiumPlayer, ffmpegPlayer, type Player } from './players.ts';
import { PlaylistWatch } from './playlist-watch.ts';

/** Demo channels with different sizes, rates, codecs and sounds; one has no sound, one has distant keyframes. */
const CHANNELS = [
  'Test 480p',
  'Test MPEG-2',
  'Test AC-3',
  'Zapette Sport 2 HD',
  'Test sans son',
  'Test 10 s GOP',
];

let dataDirs: DataDirs;
let server: RunningApp;
let players: Player[] = [];
beforeAll(async () => {
  dataDirs = await DataDirs.create();
});
afterAll(async () => {
  await Promise.all(players.map((player) => player.stop()));
  await server?.app.stop();
  await dataDirs?.remove();
});

/** Fails unless every player keeps playing from now on. */
async function allPlayOn(what: string): Promise<void> {
  const before = await Promise.all(players.map((player) => player.position()));
  for (const [index, player] of players.entries()) {
    await expect
      .poll(() => player.position(), { timeout: 10_000, message: `${player.name} after ${what}` })
      .toBeGreaterThan((before[index] ?? 0) + 25);
  }
}

it('the channel plays on in untouched players through switches, a killed FFmpeg and a restart', async () => {
  const dataDir = await dataDirs.next();
  server = await startApp(dataDir, {});
  const { path } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
  const playlist = new PlaylistWatch(() => server.url);
  playlist.start();
  players = [await chromiumPlayer(server.url), ffmpegPlayer(path, `${server.url}/live.m3u8`)];
  await allPlayOn('the start');

  const { items } = (await server.get('/api/channels?page_size=100')).body as {
    items: { id: number; name: string }[];
  };
  for (const name of CHANNELS) {
    const channel = items.find((item) => item.name === name);
    // this FFmpeg may lack the encoder
    if (!channel) continue;
    const answer = await server.post('/set_active_stream', { channel_id: channel.id });
    expect(answer.body).toMatchObject({ active: true, channel_name: name, state: 'live' });
    await sleep(500);
  }
  await allPlayOn('the switches');

  if (process.platform === 'linux') {
    // more than one if the page has fallen to the lower rendition, for which there is another
    expect(await killFfmpeg(process.pid)).toBeGreaterThan(0);
    await expect
      .poll(async () => (await server.get('/stream_status')).body.restarts, { timeout: 10_000 })
      .toBe(1);
    await allPlayOn('the killed FFmpeg');
  }

  const before = (await server.get('/stream_status')).body;
  await server.app.stop();
  server = await startApp(dataDir, { PORT: new URL(server.url).port });
  await expect
    .poll(async () => (await server.get('/stream_status')).body, { timeout: 10_000 })
    .toMatchObject({ state: 'live', channel_id: before.channel_id });
  await allPlayOn('the restart');

  await playlist.stop();
  expect(playlist.problems).toEqual([]);
  expect(playlist.segmentsSeen).toBeGreaterThan(10);
}, 90_000);
