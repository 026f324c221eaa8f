import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { PanelArchive } from '../fakes/panel-archive.ts';
import { makeTs } from '../fakes/real-ts.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

/** A panel, a server that has it as its provider, and a server that has that one as its provider. */
let dataDirs: DataDirs;
let source: TsSource;
let panel: FakePanel;
let archive: PanelArchive;
let upper: RunningApp;
let lower: RunningApp;
let login: { url: string; username: string; password: string };
beforeAll(async () => {
  const making = makeTs({ seconds: 60, rate: 5, gop: 5 });
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
  const minute = await making;
  const now = Math.floor(Date.now() / 1000);
  panel = await FakePanel.start({
    categories: [{ id: '3', name: 'France' }],
    channels: ['TF1', 'Arte', 'M6'].map((name, at) => ({
      ...{ id: at + 1, name, category: '3' },
      ...{ tv_archive: 1, tv_archive_duration: '2' },
    })),
    maxConnections: 2,
    guide: {
      epg_listings: [
        {
          title: btoa('Le journal'),
          start_timestamp: String(now - 600),
          stop_timestamp: String(now + 3_600),
        },
      ],
    },
  });
  panel.live.set('*', source.serve);
  archive = new PanelArchive({ minute, forms: ['dash'], zone: 'Asia/Kolkata' });
  panel.archive = archive;
  panel.zones = { named: 'Asia/Kolkata', real: 'Asia/Kolkata' };
  upper = await startApp(await dataDirs.next(), {
    ...{ XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password },
    OUTPUT_CHANNELS: 'all',
  });
  await vi.waitUntil(async () => (await upper.get('/api/channels')).body.total === 3, { timeout: 10_000 });
  login = (await upper.post('/api/clients', { name: 'Next door', kind: 'other' })).body.xtream;
  lower = await startApp(await dataDirs.next(), {
    ...{ XTREAM_URL: upper.url, XTREAM_USERNAME: login.username, XTREAM_PASSWORD: login.password },
  });
  await vi.waitUntil(async () => (await lower.get('/api/channels')).body.total === 4, { timeout: 10_000 });
}, 60_000);
afterAll(async () => {
  await lower?.app.stop();
  await upper?.app.stop();
  source?.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

const channels = async (): Promise<{ id: number; name: string }[]> =>
  (await lower.get('/api/channels')).body.items;
const idOf = async (name: string) => (await channels()).find((each) => each.name === name)?.id ?? 0;
const play = async (name: string) => lower.post('/set_active_stream', { channel_id: await idOf(name) });
const asAdmin = async ({ url }: RunningApp, path: string) =>
  (await fetch(url + path, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })).json();

it('has the other’s screen and channels in its list, under numbers of theirs', async () => {
  const all = await channels();
  expect(all.map(({ name }) => name).sort()).toEqual(['Arte', 'M6', 'TF1', 'Zapette live']);
  expect(await idOf('Zapette live')).toBe(1);
  expect(Math.min(...all.filter(({ id }) => id !== 1).map(({ id }) => id))).toBeGreaterThanOrEqual(100);
  const { items } = (await lower.get('/api/categories')).body;
  expect(items.map(({ name }: { name: string }) => name).sort()).toEqual(['France', 'Zapette']);
});

it('says how many connections the other gives it', async () => {
  expect((await asAdmin(lower, '/api/setup')).account).toMatchObject({ connections: 2, trouble: null });
});

it('has the other’s guide', async () => {
  const id = await idOf('TF1');
  await expect
    .poll(async () => JSON.stringify(await asAdmin(lower, `/api/guide?ids=${id}`)), { timeout: 8_000 })
    .toContain('Le journal');
});

it('gives the guide of all as XMLTV, without a redirect', async () => {
  const { username, password } = login;
  const address = `${upper.url}/xmltv.php?username=${username}&password=${password}`;
  const response = await fetch(address, { redirect: 'manual' });
  expect(response.status).toBe(200);
  const xml = await response.text();
  expect(xml).toContain('<display-name>TF1</display-name>');
  expect(xml).toContain(`<icon src="${upper.url}/t/${password}/logo.png`);
});

it('plays a channel of the other, and switches to another', async () => {
  for (const name of ['TF1', 'M6']) {
    expect((await play(name)).status).toBe(200);
    expect((await lower.get('/stream_status')).body).toMatchObject({ state: 'live', channel_name: name });
    const { items } = (await asAdmin(upper, '/api/clients')) as { items: { playing: string[] }[] };
    expect(items[0]?.playing).toEqual([name]);
  }
  await expect.poll(() => panel.open.map(({ channelId }) => channelId)).toEqual([3]);
});

it('plays the other’s screen, whatever is on it', async () => {
  expect((await upper.post('/set_active_stream', { channel_id: 2 })).status).toBe(200);
  expect((await play('Zapette live')).status).toBe(200);
  expect((await lower.get('/stream_status')).body).toMatchObject({
    state: 'live',
    channel_name: 'Zapette live',
  });
  await upper.post('/set_active_stream', { channel_id: 1 });
  expect((await lower.get('/stream_status')).body).toMatchObject({ state: 'live' });
});

it('plays what a channel of the other has shown, which that has from its provider', async () => {
  const from = new Date(Date.now() - 30 * 60_000).toISOString();
  const channel = { channel_id: await idOf('Arte'), from, confirm: true };
  expect((await lower.post('/set_active_stream', channel)).status).toBe(200);
  const { state, channel_name, past } = (await lower.get('/stream_status')).body;
  expect({ state, channel_name }).toEqual({ state: 'live', channel_name: 'Arte' });
  const start = Math.floor(Date.parse(past.start) / 60_000) * 60_000;
  expect(archive.asked).toMatchObject([{ form: 'dash', channelId: 2, from: start }]);
  const { items } = (await asAdmin(upper, '/api/clients')) as { items: { playing: string[] }[] };
  expect(items[0]?.playing).toEqual(['Arte']);
});

it('stops when its login has ended, and no log has the password', async () => {
  const { items } = (await asAdmin(upper, '/api/clients')) as { items: { id: number }[] };
  await fetch(`${upper.url}/api/clients/${items[0]?.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  await expect
    .poll(async () => (await lower.get('/stream_status')).body.state, { timeout: 15_000 })
    .not.toBe('live');
  expect((await play('TF1')).body.error.code).toMatch(/^account_/);
  for (const { log } of [upper, lower]) expect(JSON.stringify(log())).not.toContain(login.password);
});
