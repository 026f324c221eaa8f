import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let dataDirs: DataDirs;
let source: TsSource;
let panel: FakePanel;
let server: RunningApp;
beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
  const names = ['TF1 FHD', 'TF1 SD', 'TF1 HD', 'Arte HD'];
  panel = await FakePanel.start({ channels: names.map((name, at) => ({ id: at + 1, name })) });
  panel.live.set('*', source.serve);
  server = await startApp(await dataDirs.next(), {
    XTREAM_URL: panel.url,
    XTREAM_USERNAME: panel.username,
    XTREAM_PASSWORD: panel.password,
  });
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  source?.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

const status = async () => (await server.get('/stream_status')).body;
const gone = (_request: unknown, response: { writeHead(code: number): { end(): void } }) =>
  response.writeHead(404).end();

describe('an account of one connection', () => {
  it('has the best other variant on air within six seconds of the chosen one’s death', async () => {
    await expect
      .poll(async () => (await server.post('/set_active_stream', { channel_id: 1 })).status, {
        timeout: 8_000,
      })
      .toBe(200);
    panel.live.set(1, gone);
    const diedAt = performance.now();
    panel.cut();
    await expect
      .poll(status, { timeout: 10_000, interval: 100 })
      .toMatchObject({ state: 'live', channel_id: 3, channel_label: 'TF1' });
    expect(performance.now() - diedAt).toBeLessThan(6_000);
    expect((await status()).stands_in_for).toEqual({
      ...{ id: 1, name: 'TF1 FHD', code: 'channel_dead', message: 'TF1 FHD is gone: TF1 HD' },
    });
    expect((await server.get('/stream_status', 'fr')).body.stands_in_for.message).toBe(
      'TF1 FHD ne passe plus : TF1 HD',
    );
    expect(panel.mostOpen).toBe(1);
  });

  it('answers a wish for a channel that does not come with a variant of it', async () => {
    await server.post('/set_active_stream', { channel_id: 4 });
    const { status: code, body } = await server.post('/set_active_stream', { channel_id: 1 });
    expect(code).toBe(200);
    expect(body).toMatchObject({ channel_id: 3, stands_in_for: { id: 1 } });
    const history = await fetch(`${server.url}/api/history`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    const { items } = (await history.json()) as { items: object[] };
    expect(items[0]).toMatchObject({ channel_name: 'TF1 FHD', ended_at: null });
  });
});
