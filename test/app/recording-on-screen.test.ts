import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { ChaosProvider } from '../fakes/chaos-provider.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';

let dataDirs: DataDirs;
let provider: ChaosProvider;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  provider = await ChaosProvider.start((await findFfmpeg(null)).path, 1);
});
afterAll(async () => {
  await provider.stop();
  await dataDirs.remove();
});

const POLL = { timeout: 60_000, interval: 250 };

function start(dataDir: string): Promise<RunningApp> {
  const { url, username, password } = provider.panel;
  return startApp(dataDir, { XTREAM_URL: url, XTREAM_USERNAME: username, XTREAM_PASSWORD: password });
}

const statusOf = async (app: RunningApp) => (await app.get('/stream_status')).body;
const recordingOf = async (app: RunningApp) => (await app.get('/api/recordings')).body.items[0];
/** The media sequence number after the last one of the live playlist. */
async function edgeOf(app: RunningApp): Promise<number> {
  const { body } = await app.get('/live/index.m3u8');
  const first = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(body)?.[1]);
  return first + (body.match(/#EXTINF/g) ?? []).length;
}

it('a recording is shown on a screen while it runs and afterwards, stands still for all, and outlives a restart', async () => {
  const dataDir = await dataDirs.next();
  const app = await start(dataDir);
  const stop = Date.now() / 1000 + 3_600;
  await expect
    .poll(
      async () => (await app.post('/api/recordings', { channel_id: 101, stop, title: 'Film' })).status,
      POLL,
    )
    .toBe(201);
  const play = () => app.post('/set_active_stream', { recording: 1 });
  await expect.poll(async () => (await play()).status, POLL).toBe(200);

  // While it runs: from its beginning, without a connection of its own.
  expect(await statusOf(app)).toMatchObject({
    state: 'live',
    past: { recording: 1, title: 'Film', paused: null },
  });
  expect(provider.panel.open).toHaveLength(1);

  // Paused: the picture goes on coming, and stands still.
  const paused = (await app.post('/api/pause')).body;
  expect(paused).toMatchObject({ state: 'paused', past: { paused: { by: 'console' } } });
  const edge = await edgeOf(app);
  await expect.poll(() => edgeOf(app), POLL).toBeGreaterThan(edge + 1);
  expect(await statusOf(app)).toMatchObject({ state: 'paused', past: { recording: 1 } });
  expect((await app.post('/api/resume')).body).toMatchObject({ state: 'live', past: { paused: null } });

  // Live television cannot stand still.
  await app.post('/set_active_stream', { channel_id: 101 });
  expect((await app.post('/api/pause')).body.error.code).toBe('nothing_to_pause');

  // Over: from its file.
  await expect
    .poll(async () => (await fetch(`${app.url}/recordings/1/index.m3u8`)).text(), POLL)
    .toMatch(/(?:EXTINF[\s\S]*){7}/);
  const ended = await fetch(`${app.url}/api/recordings/1`, {
    method: 'PATCH',
    headers: { authorization: 'Bearer the-admin-token-of-tests', 'content-type': 'application/json' },
    body: JSON.stringify({ stop: Date.now() / 1000 }),
  });
  expect(ended.status).toBe(200);
  await expect.poll(async () => (await recordingOf(app)).state, POLL).toBe('done');
  expect((await play()).status).toBe(200);
  expect((await app.post('/api/pause')).body).toMatchObject({ state: 'paused' });
  const place = (await statusOf(app)).past.behind;
  await app.app.stop();

  const next = await start(dataDir);
  const waiting = await statusOf(next);
  expect(waiting).toMatchObject({ state: 'paused', past: { recording: 1, paused: { by: 'console' } } });
  expect(waiting.past.behind).toBeGreaterThanOrEqual(place);
  expect((await next.post('/api/resume')).body).toMatchObject({ state: 'live', past: { recording: 1 } });
  // After its end comes the slate, and nothing is wrong.
  await expect.poll(async () => (await statusOf(next)).state, { ...POLL, timeout: 120_000 }).toBe('idle');
  expect(await statusOf(next)).toMatchObject({ reason: null, channel_id: null });
  await next.app.stop();
}, 300_000);
