import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let dataDirs: DataDirs;
let source: TsSource;
let first: FakePanel;
let second: FakePanel;
let server: RunningApp | null = null;
beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
  const panelOf = (...names: string[]) =>
    FakePanel.start({ channels: names.map((name, at) => ({ id: at + 1, name })) });
  [first, second] = await Promise.all([panelOf('TF1 HD', 'Arte HD'), panelOf('CNN', 'Rai Uno', 'Arte HD')]);
  for (const panel of [first, second]) panel.live.set('*', source.serve);
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  source?.stop();
  await Promise.all([first?.stop(), second?.stop()]);
  await dataDirs?.remove();
});

async function start(dataDir: string, { url, username, password }: FakePanel): Promise<RunningApp> {
  await server?.app.stop();
  server = await startApp(dataDir, {
    XTREAM_URL: url,
    XTREAM_USERNAME: username,
    XTREAM_PASSWORD: password,
  });
  const { get } = server;
  await expect.poll(async () => (await get('/api/channels')).body.total).toBeGreaterThan(0);
  return server;
}

it('a start with the login of somebody else puts no other channel on air, nor among the favourites', async () => {
  const dataDir = await dataDirs.next();
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const before = await start(dataDir, first);
  for (const id of [1, 2]) await fetch(`${before.url}/api/favourites/${id}`, { method: 'PUT', headers });
  const favourites = async ({ url }: RunningApp) => {
    const { items } = (await (await fetch(`${url}/api/favourites`, { headers })).json()) as {
      items: { channel_id: unknown; channel_name: string; channel: { name: string } | null }[];
    };
    return items.map(({ channel_name, channel }) => `${channel_name}: ${channel?.name ?? 'gone'}`).sort();
  };
  await expect
    .poll(async () => (await before.post('/set_active_stream', { channel_id: 1 })).status)
    .toBe(200);
  expect(await favourites(before)).toEqual(['Arte HD: Arte', 'TF1 HD: TF1']);

  const after = await start(dataDir, second);
  await expect.poll(() => favourites(after)).toEqual(['Arte HD: Arte', 'TF1 HD: gone']);
  expect((await after.get('/stream_status')).body).toMatchObject({ state: 'idle', channel_id: null });
  expect(second.mostOpen).toBe(0);

  const again = await start(dataDir, first);
  await expect.poll(() => favourites(again)).toEqual(['Arte HD: Arte', 'TF1 HD: TF1']);
});
