import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { Origin } from '../fakes/origin.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let dataDirs: DataDirs;
let source: TsSource;
let first: FakePanel;
let second: FakePanel;
let origin: Origin;
let server: RunningApp;
beforeAll(async () => {
  [dataDirs, source, origin] = await Promise.all([
    DataDirs.create(),
    TsSource.render(),
    new Origin().start(),
  ]);
  const categories = [{ id: '5', name: 'France' }];
  const panelOf = (...names: string[]) =>
    FakePanel.start({ categories, channels: names.map((name, at) => ({ id: at + 1, name, category: '5' })) });
  [first, second] = await Promise.all([
    panelOf('FR| TF1 HD', 'FR| Arte HD'),
    panelOf('CNN', 'FR: TF1 FHD', 'FR: TF1 HD'),
  ]);
  for (const panel of [first, second]) panel.live.set('*', source.serve);
  const dataDir = await dataDirs.next();
  const settings = { ...settingsOf('', first), ...settingsOf('2_', second) };
  // As the set-up page keeps them, so that they can be changed.
  await writeFile(join(dataDir, 'settings.json'), JSON.stringify(settings));
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
const noneOf = (number: string) =>
  Object.fromEntries(['URL', 'USERNAME', 'PASSWORD'].map((part) => [`XTREAM_${number}${part}`, null]));
const total = async () => (await server.get('/api/channels')).body.total;
const status = async () => (await server.get('/stream_status')).body;
const play = async (id: number | string) =>
  (await server.post('/set_active_stream', { channel_id: id })).status;
let changes = 0;
/** Has all lists read anew. */
const totalReadAnew = async () => {
  await server.settings.change({ HIDDEN_CATEGORIES: `none-${++changes}` });
  return total();
};
const openIn = (panel: FakePanel) => panel.open.map(({ channelId }) => channelId);

describe('two accounts', () => {
  it('are one list: the same channel is one, with the variants of both', async () => {
    await expect.poll(total).toBe(5);
    const { items } = (await server.get('/api/channels/grouped?q=tf1')).body;
    expect(items).toEqual([
      expect.objectContaining({
        name: 'TF1',
        variants: [
          expect.objectContaining({ id: 'x2:2' }),
          expect.objectContaining({ id: 1 }),
          expect.objectContaining({ id: 'x2:3' }),
        ],
      }),
    ]);
    expect((await server.get('/api/channels?q=arte')).body.items).toMatchObject([
      { id: 2, category_id: '5' },
    ]);
  });

  it('play the channels of each', async () => {
    expect(await play('x2:1')).toBe(200);
    expect(await status()).toMatchObject({ channel_id: 'x2:1', channel_name: 'CNN' });
    expect([openIn(first), openIn(second)]).toEqual([[], [1]]);
    expect(await play(2)).toBe(200);
    await expect.poll(() => [openIn(first), openIn(second)]).toEqual([[2], []]);
  });

  it('stand in for each other where one is full, with the same quality', async () => {
    first.maxConnections = 0;
    expect(await play(1)).toBe(200);
    expect(await status()).toMatchObject({ channel_id: 1, state: 'live' });
    await expect.poll(() => [openIn(first), openIn(second)]).toEqual([[], [3]]);
    first.maxConnections = 1;
  });

  it('stand in for each other where one breaks down on air', async () => {
    expect(await play(1)).toBe(200);
    await expect.poll(() => openIn(first).length + openIn(second).length).toBe(1);
    const [broken, other] = openIn(first).length > 0 ? [first, second] : [second, first];
    broken.live.set('*', (_request, response) => void response.destroy());
    broken.cut();
    await expect.poll(() => openIn(other), { timeout: 15_000 }).toHaveLength(1);
    await expect.poll(status, { timeout: 15_000 }).toMatchObject({ state: 'live', channel_id: 1 });
    broken.live.set('*', source.serve);
  });

  it('leave each other alone where one is emptied or does not answer', async () => {
    second.fault = 'empty';
    first.channels = [...first.channels, { id: 3, name: 'FR| M6 HD', category: '5' }];
    await expect.poll(totalReadAnew).toBe(6);
    second.fault = null;
    first.fault = 'hang';
    second.channels = [...second.channels, { id: 4, name: 'BBC One', category: '5' }];
    await expect.poll(totalReadAnew).toBe(7);
    first.fault = null;
  });
});

describe('an account that is paused and comes back', () => {
  it('leaves the connections of the other alone', async () => {
    expect(await play(2)).toBe(200);
    await expect.poll(() => openIn(first)).toEqual([2]);
    const [connection] = first.open;
    await server.settings.change({ ACCOUNTS_OFF: 'x2' });
    await expect.poll(total).toBe(3);
    await server.settings.change({ ACCOUNTS_OFF: null });
    await expect.poll(total).toBe(7);
    expect(first.open[0]).toBe(connection);
  });

  it('leaves the screen to the other where that has the channel', async () => {
    expect(await play('x2:3')).toBe(200);
    await server.settings.change({ ACCOUNTS_OFF: 'x2' });
    await expect.poll(status, { timeout: 15_000 }).toMatchObject({ channel_id: 1, state: 'live' });
    await expect.poll(() => [openIn(first), openIn(second)]).toEqual([[1], []]);
    await server.settings.change({ ACCOUNTS_OFF: null });
  });

  it('cannot be the only one', async () => {
    await expect(server.settings.change({ ACCOUNTS_OFF: 'main,x2' })).rejects.toMatchObject({
      problems: [{ name: 'ACCOUNTS_OFF', rule: 'accounts_all_off' }],
    });
  });
});

describe('another order of the accounts', () => {
  const order = (ids: string[]) =>
    fetch(`${server.url}/api/setup/accounts/order`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ids }),
    });
  const variants = async () => {
    const [tf1] = (await server.get('/api/channels/grouped?q=tf1')).body.items;
    return tf1.variants.map(({ id }: { id: unknown }) => id);
  };
  const listsRead = () =>
    [first, second].flatMap(({ requests }) => requests).filter(({ action }) => action.startsWith('get_live'));

  it('decides between variants of one quality, reads no list and leaves what is on air alone', async () => {
    await expect.poll(total).toBe(7);
    expect(await play(1)).toBe(200);
    const opened = () => [...first.open, ...second.open];
    await expect.poll(() => opened().length).toBe(1);
    const [connections, started, read] = [opened(), (await status()).started_at, listsRead().length];
    expect(await variants()).toEqual(['x2:2', 1, 'x2:3']);
    expect((await order(['x2'])).status).toBe(204);
    await expect.poll(variants).toEqual(['x2:2', 'x2:3', 1]);
    expect(server.settings.text('ACCOUNTS_ORDER')).toBe('x2,main');
    expect(await status()).toMatchObject({ channel_id: 1, state: 'live', started_at: started });
    expect(opened()).toEqual(connections);
    expect(listsRead()).toHaveLength(read);
    expect((await order(['x2', 'm5'])).status).toBe(404);
    // The usual order needs no setting.
    expect((await order(['main', 'x2'])).status).toBe(204);
    await expect.poll(variants).toEqual(['x2:2', 1, 'x2:3']);
    expect(server.settings.text('ACCOUNTS_ORDER')).toBeNull();
  });
});

describe('an M3U list', () => {
  it('joins the subscriptions, and is the only account once they are gone', async () => {
    const list = '#EXTM3U\n#EXTINF:-1 tvg-id="w" group-title="World",World News\ntv/7.ts\n';
    origin.answer((request, response) => {
      if (request.url?.startsWith('/list')) response.end(list);
      else source.serve(request, response);
    });
    await server.settings.change({ M3U_1_URL: origin.url('/list?token=of-the-list') });
    await expect.poll(total).toBe(8);
    const [{ id }] = (await server.get('/api/channels?q=world')).body.items;
    expect(id).toMatch(/^m1:/);
    expect(await play(id)).toBe(200);
    expect(origin.requests.at(-1)).toBe('/tv/7.ts');
    const before = await status();
    await server.settings.change({ ...noneOf(''), ...noneOf('2_') });
    await expect.poll(total).toBe(1);
    expect(await status()).toMatchObject({ channel_id: id, state: 'live', started_at: before.started_at });
    expect((await server.get('/api/info')).body.demo).toBe(false);
    expect(JSON.stringify(server.log())).not.toContain('of-the-list');
  });
});
