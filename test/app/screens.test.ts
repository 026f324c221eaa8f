import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let dataDirs: DataDirs;
let dataDir: string;
let source: TsSource;
let panel: FakePanel;
let server: RunningApp;
beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
  panel = await FakePanel.start({
    categories: [{ id: '5', name: 'France' }],
    channels: ['TF1', 'Arte', 'M6'].map((name, at) => ({ id: at + 1, name, category: '5' })),
    maxConnections: 2,
  });
  panel.live.set('*', source.serve);
  dataDir = await dataDirs.next();
  server = await start();
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  source?.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

const start = () =>
  startApp(dataDir, {
    XTREAM_URL: panel.url,
    XTREAM_USERNAME: panel.username,
    XTREAM_PASSWORD: panel.password,
  });
const play = (screen: string, id: number) => server.post('/set_active_stream', { channel_id: id, screen });
const stop = (screen: string) => server.post('/stop_stream', { screen });
const onAir = async (screen: string) => (await server.get(`/stream_status?screen=${screen}`)).body.channel_id;
/** The numbers of the segments in a screen's playlist. */
const segments = async (screen: string): Promise<number[]> => {
  const { status, body } = await server.get(`/s/${screen}/index.m3u8`);
  expect([screen, status]).toEqual([screen, 200]);
  return [...String(body).matchAll(/^seg\/(\d+)\.ts$/gm)].map(([, number]) => Number(number));
};
const openChannels = () => panel.open.map(({ channelId }) => channelId).toSorted((one, other) => one - other);

describe('several screens', () => {
  it('each play a channel of their own; the same channel takes one connection', async () => {
    await expect.poll(async () => (await server.get('/api/channels')).body.total).toBe(3);
    for (const name of ['Sport', 'Kids']) await server.post('/api/screens', { name });
    expect((await play('live', 1)).status).toBe(200);
    expect((await play('sport', 2)).status).toBe(200);
    expect((await play('kids', 2)).status).toBe(200);
    expect(await Promise.all(['live', 'sport', 'kids'].map(onAir))).toEqual([1, 2, 2]);
    expect(openChannels()).toEqual([1, 2]);
  });

  it('say who holds the connections where one is missing, and stay as they are', async () => {
    await stop('kids');
    const refused = await play('kids', 3);
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'no_slot' } } });
    expect(refused.body.error.message).toMatch(/All 2 connections .*(TF1.*Arte|Arte.*TF1)/);
    expect(await Promise.all(['live', 'sport'].map(onAir))).toEqual([1, 2]);
    expect(openChannels()).toEqual([1, 2]);
  });

  it('are back after a restart with what was on, and a removed one shows the slate to its players', async () => {
    const [live, sport] = [await segments('live'), await segments('sport')];
    const kids = await segments('kids');
    const removed = await fetch(`${server.url}/api/screens/kids`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer the-admin-token-of-tests' },
    });
    expect(removed.status).toBe(204);
    await server.app.stop();
    server = await start();
    await expect.poll(() => onAir('live'), { timeout: 15_000 }).toBe(1);
    await expect.poll(() => onAir('sport'), { timeout: 15_000 }).toBe(2);
    // Numbers go on, also on the slate.
    for (const [screen, before] of [
      ['live', live],
      ['sport', sport],
      ['kids', kids],
    ] as const)
      await expect
        .poll(async () => (await segments(screen)).at(-1), { timeout: 20_000 })
        .toBeGreaterThan(before.at(-1) ?? 0);
    const ids = (await server.get('/api/screens')).body.items.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(['live', 'sport']);
    expect((await server.get('/stream_status?screen=kids')).status).toBe(404);
  }, 60_000);

  it('leave each other alone: one may stop while the other plays on', async () => {
    const before = await segments('sport');
    await stop('live');
    await expect.poll(openChannels).toEqual([2]);
    await expect
      .poll(async () => (await segments('sport')).at(-1), { timeout: 15_000 })
      .toBeGreaterThan(before.at(-1) ?? 0);
    expect(await onAir('sport')).toBe(2);
  });
});
