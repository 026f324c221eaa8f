import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { Origin, says } from '../fakes/origin.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

const SLOW = { timeout: 14_000 };
const TOKEN = 'token-of-the-list';
const LIST = ['#EXTM3U', '#EXTINF:-1,World News', 'tv/7.ts', '#EXTINF:-1,World Sport', 'tv/8.ts'].join('\n');

let dataDirs: DataDirs;
let dataDir: string;
let source: TsSource;
let first: FakePanel;
let second: FakePanel;
let origin: Origin;
let server: RunningApp;
/** The list is not there. */
let isDown = false;

beforeAll(async () => {
  [dataDirs, source, origin] = await Promise.all([
    DataDirs.create(),
    TsSource.render(),
    new Origin().start(),
  ]);
  const panelOf = (...names: string[]) =>
    FakePanel.start({
      channels: names.map((name, at) => ({ id: at + 1, name, epg_channel_id: `${at + 1}` })),
    });
  [first, second] = await Promise.all([panelOf('FR| TF1 HD', 'FR| Arte HD'), panelOf('CNN', 'BBC One')]);
  for (const panel of [first, second]) panel.live.set('*', source.serve);
  first.xmltv = guideOf('Of the first');
  second.xmltv = guideOf('Of the second');
  origin.answer((request, response) => {
    const isList = request.url?.startsWith('/list');
    if (isList && isDown) says(503)(request, response);
    else if (isList) response.end(LIST);
    // A server that allows one connection, and says so in a way that may mean anything.
    else if (origin.open > 1) says(403)(request, response);
    else source.serve(request, response);
  });
  dataDir = await dataDirs.next();
  await writeFile(
    join(dataDir, 'settings.json'),
    JSON.stringify({
      ...settingsOf('', first),
      ...settingsOf('2_', second),
      M3U_1_URL: origin.url(`/list?token=${TOKEN}`),
    }),
  );
  server = await startApp(dataDir, {});
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  source?.stop();
  await Promise.all([first?.stop(), second?.stop(), origin?.stop()]);
  await dataDirs?.remove();
});

const settingsOf = (number: string, { url, username, password }: FakePanel) => ({
  [`XTREAM_${number}URL`]: url,
  [`XTREAM_${number}USERNAME`]: username,
  [`XTREAM_${number}PASSWORD`]: password,
});
const total = async () => (await server.get('/api/channels')).body.total;
const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
const status = async () => (await fetch(`${server.url}/stream_status`, { headers })).json();
const play = async (id: unknown) => (await server.post('/set_active_stream', { channel_id: id })).status;
const idOf = async (name: string) => (await server.get(`/api/channels?q=${name}`)).body.items[0].id;

/** The guide of a panel for its channel 1, now. */
function guideOf(title: string): string {
  const at = (minutes: number) =>
    new Date(Date.now() + minutes * 60_000).toISOString().replace(/\D/g, '').slice(0, 14);
  return `<tv><programme start="${at(-10)} +0000" stop="${at(90)} +0000" channel="1"><title>${title}</title></programme></tv>`;
}

describe('further accounts', () => {
  it('have their own guides, which come first for their channels', async () => {
    const titleOf = async (id: string) => {
      const response = await fetch(`${server.url}/api/guide?ids=${id}`, { headers });
      const { items } = (await response.json()) as { items: { programmes: { title: string }[] }[] };
      return items[0]?.programmes?.[0]?.title;
    };
    await expect.poll(total, SLOW).toBe(6);
    await expect.poll(() => titleOf('1'), SLOW).toBe('Of the first');
    await expect.poll(() => titleOf('x2:1'), SLOW).toBe('Of the second');
  });

  it('switch on a list that allows one connection, and learn that', async () => {
    const [news, sport] = [await idOf('news'), await idOf('sport')];
    expect(await play(news)).toBe(200);
    expect(await play(sport)).toBe(200);
    await expect.poll(async () => (await status()).channel_id, SLOW).toBe(sport);
    const { accounts } = (await status()).operators;
    expect(accounts.at(-1)).toMatchObject({ id: 'm1', capacity: 1, capacity_from: 'learned' });
  });

  it('play on after a restart while a list is not there, and keep its addresses sealed', async () => {
    const news = await idOf('news');
    expect(await play(news)).toBe(200);
    await server.app.stop();
    const kept = await readFile(join(dataDir, 'catalogue-m1', 'addresses.sealed'));
    expect(kept.includes('tv/7.ts') || kept.includes(TOKEN)).toBe(false);
    isDown = true;
    server = await startApp(dataDir, {});
    await expect.poll(status, SLOW).toMatchObject({ channel_id: news, state: 'live' });
    isDown = false;
  });

  it('leave nothing behind when they are removed, and everything when they are paused', async () => {
    const folders = async () =>
      (await readdir(dataDir)).filter((name) => /^catalogue-|^guide-/.test(name)).sort();
    await expect.poll(folders, SLOW).toEqual(['catalogue-m1', 'catalogue-x2', 'guide-x2.db']);
    await server.settings.change({ ACCOUNTS_OFF: 'm1' });
    await expect.poll(total, SLOW).toBe(4);
    const none = Object.fromEntries(Object.keys(settingsOf('2_', second)).map((name) => [name, null]));
    await server.settings.change(none);
    await expect.poll(folders, SLOW).toEqual(['catalogue-m1']);
  });
});

describe('the set-up page', () => {
  const ask = async (method: string, path = '', body?: object) => {
    const response = await fetch(`${server.url}/api/setup/accounts${path}`, {
      method,
      headers: {
        ...headers,
        'accept-language': 'en',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  const ids = async () => {
    const { items } = (await ask('GET')).body as { items: { id: string; is_off: boolean }[] };
    return items.map(({ id, is_off: isOff }) => (isOff ? `${id} off` : id));
  };

  it('adds a subscription, takes a list into use again, and removes both', async () => {
    expect(await ids()).toEqual(['main', 'm1 off']);
    const { url, username, password } = second;
    const added = await ask('POST', '', { kind: 'subscription', url, username, password });
    expect(added).toMatchObject({ status: 200, body: { channels: 2, connections: 1 } });
    expect((await ask('PUT', '/m1/off', { off: false })).status).toBe(204);
    expect(await ids()).toEqual(['main', 'x2', 'm1']);
    expect((await ask('PUT', '/order', { ids: ['m1', 'x2'] })).status).toBe(204);
    expect(await ids()).toEqual(['m1', 'x2', 'main']);
    const { accounts } = (await status()).operators;
    expect(accounts.map(({ id }: { id: string }) => id)).toEqual(['m1', 'x2', 'main']);
    await expect.poll(total, SLOW).toBe(6);
    expect((await ask('POST', '/x2/test')).status).toBe(204);
    expect((await ask('DELETE', '/x2')).status).toBe(204);
    expect(server.settings.text('ACCOUNTS_ORDER')).toBe('m1,main');
    expect((await ask('DELETE', '/m1')).status).toBe(204);
    expect(await ids()).toEqual(['main']);
    expect(server.settings.text('ACCOUNTS_ORDER')).toBeNull();
    expect((await ask('DELETE', '/x2')).body.error.code).toBe('account_unknown');
    expect((await ask('PUT', '/main/off', { off: true })).body.error.code).toBe('last_account');
    await expect.poll(total, SLOW).toBe(2);
  });

  it('adds a list that is a file in DATA_DIR, and no other file', async () => {
    await writeFile(join(dataDir, 'tv.m3u'), LIST.replaceAll('tv/', origin.url('/tv/')));
    for (const path of ['/etc/passwd', '../tv.m3u'])
      expect((await ask('POST', '', { kind: 'list', url: path })).body.error.code).toBe('list_outside');
    expect((await ask('POST', '', { kind: 'list', url: 'none.m3u' })).body.error.code).toBe(
      'list_file_missing',
    );
    expect((await ask('POST', '', { kind: 'list', url: 'settings.json' })).body.error.code).toBe(
      'trial_not_list',
    );
    expect(await ask('POST', '', { kind: 'list', url: 'tv.m3u' })).toMatchObject({ body: { channels: 2 } });
    await expect.poll(total, SLOW).toBe(4);
    expect(await ids()).toEqual(['main', 'm1']);
  });
});
