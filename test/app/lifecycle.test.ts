import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../src/app/app.ts';
import { Settings } from '../../src/config/settings.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { FrontDoor } from '../../src/http/front-door.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { LogTail } from '../../src/lib/log-tail.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { Secrets } from '../../src/lib/secrets.ts';
import { openDatabase } from '../../src/store/database.ts';
import { History } from '../../src/store/history.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { mainId } from '../fakes/main-id.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let dataDirs: DataDirs;
let source: TsSource;
let panel: FakePanel;
const running = new Set<RunningApp>();
beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
  panel = await FakePanel.start({ channels: [{ id: 1, name: 'Good' }] });
  panel.live.set(1, source.serve);
}, 60_000);
afterEach(async () => {
  for (const { app } of running) await app.stop();
  running.clear();
});
afterAll(async () => {
  source?.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

const account = () => ({
  XTREAM_URL: panel.url,
  XTREAM_USERNAME: panel.username,
  XTREAM_PASSWORD: panel.password,
});

async function start(dataDir: string, env: Record<string, string> = {}): Promise<RunningApp> {
  const server = await startApp(dataDir, { ...account(), ...env });
  running.add(server);
  return server;
}

async function play(server: RunningApp): Promise<void> {
  await expect
    .poll(async () => (await server.post('/set_active_stream', { channel_id: 1 })).status, { timeout: 8_000 })
    .toBe(200);
}

const firstNumber = (playlist: string) => Number(/MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1]);

describe('a server that is stopped', () => {
  it('ends everything: the address, the connection to the provider, the log without a complaint', async () => {
    const server = await start(await dataDirs.next());
    await play(server);
    expect(panel.open).toHaveLength(1);
    await Promise.all([server.app.stop(), server.app.stop()]);
    await server.app.stop();
    await expect(fetch(server.url)).rejects.toThrow();
    await expect.poll(() => panel.open).toHaveLength(0);
    expect(server.log().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('does not wait for viewers, who would wait for ever', async () => {
    const server = await start(await dataDirs.next());
    const [body, events] = await Promise.all(
      ['/live.ts', '/api/events'].map((path) => fetch(server.url + path)),
    );
    const ended = Promise.all([body?.text(), events?.text()]).catch(() => {});
    await server.app.stop();
    await ended;
  });

  it('does not wait for a provider that does not answer', async () => {
    const asked = panel.requests.length;
    panel.fault = 'hang';
    try {
      const server = await start(await dataDirs.next());
      await expect.poll(() => panel.requests.length).toBeGreaterThan(asked);
      const ended = server.app.stop().then(() => 'ended');
      expect(await Promise.race([ended, sleep(8_000, 'still waiting')])).toBe('ended');
    } finally {
      panel.fault = null;
    }
  });

  it('while it starts does not listen afterwards', async () => {
    const settings = Settings.open({ ...account(), DATA_DIR: await dataDirs.next(), PORT: '0' });
    const secrets = new Secrets();
    const door = new FrontDoor(settings.current);
    const url = await door.listen();
    const logTail = new LogTail(systemClock);
    const logger = createLogger({ level: 'silent', secrets, tail: logTail });
    const app = new App({ settings, logger, logTail, secrets, version: '0', door, restart: () => {} });
    const started = app.start().catch(() => {});
    await app.stop();
    await started;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });
});

describe('a player that comes before the server is ready', () => {
  it('is kept waiting, not turned away', async () => {
    const settings = Settings.open({ ...account(), DATA_DIR: await dataDirs.next(), PORT: '0' });
    const secrets = new Secrets();
    const door = new FrontDoor(settings.current);
    const early = fetch(`${await door.listen()}/live.m3u8`);
    const logTail = new LogTail(systemClock);
    const logger = createLogger({ level: 'silent', secrets, tail: logTail });
    const app = new App({ settings, logger, logTail, secrets, version: '0', door, restart: () => {} });
    await app.start();
    expect((await early).status).toBe(200);
    await app.stop();
  });
});

describe('a restart', () => {
  it('goes on with the numbers and the channel that were on air', async () => {
    const dataDir = await dataDirs.next();
    const before = await start(dataDir);
    await play(before);
    const { body: playlist } = await before.get('/live/index.m3u8');
    const { body: status } = await before.get('/stream_status');
    await before.app.stop();

    const after = await start(dataDir);
    const { body: goingOn } = await after.get('/live/index.m3u8');
    expect(firstNumber(goingOn)).toBeGreaterThanOrEqual(firstNumber(playlist));
    // What players were told of before is still there: the restart does not end them.
    for (const segment of playlist.match(/seg\/\d+\.ts/g) ?? []) {
      expect((await fetch(`${after.url}/live/${segment}`)).status).toBe(200);
    }
    await expect
      .poll(async () => (await after.get('/stream_status')).body, { timeout: 8_000 })
      .toMatchObject({ state: 'live', channel_id: 1, started_at: status.started_at, asked_by: 'console' });
    const history = new History(openDatabase(join(dataDir, 'zapette.db')));
    expect(history.latest(10, liveScreen)).toMatchObject([{ channelId: mainId(1), endedAt: null }]);
  });

  it('has the channels at once, also while the provider is down', async () => {
    const dataDir = await dataDirs.next();
    const before = await start(dataDir);
    await expect.poll(async () => (await before.get('/api/channels')).body.total, { timeout: 5_000 }).toBe(1);
    await expect.poll(() => before.log().map(({ msg }) => msg)).toContain('catalogue refreshed');
    await before.app.stop();
    panel.fault = 'hang';
    try {
      const after = await start(dataDir);
      await expect
        .poll(async () => (await after.get('/api/channels')).body.total, { timeout: 3_000 })
        .toBe(1);
    } finally {
      panel.fault = null;
    }
  });

  it('leaves operators logged in and viewers’ addresses good', async () => {
    const dataDir = await dataDirs.next();
    const before = await start(dataDir, { VIEWER_ACCESS: 'key' });
    const bearer = { headers: { authorization: 'Bearer the-admin-token-of-tests' } };
    const info = await (await fetch(`${before.url}/api/info`, bearer)).json();
    const { search: key } = new URL((info as { addresses: { hls: string } }).addresses.hls);
    const login = await fetch(`${before.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: 'the-admin-token-of-tests' }),
    });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    await before.app.stop();

    const after = await start(dataDir, { VIEWER_ACCESS: 'key' });
    expect((await after.get(`/live.m3u8${key}`)).status).toBe(200);
    expect((await after.get('/live.m3u8')).status).toBe(403);
    expect(await (await fetch(`${after.url}/api/info`, { headers: { cookie } })).json()).toMatchObject({
      operator: true,
    });
  });
});

describe('the first start', () => {
  it('makes an admin token, shown once, and a link to the set-up page until it is answered who may watch', async () => {
    const dataDir = await dataDirs.next();
    const env = { ADMIN_TOKEN: '', HOST: '127.0.0.1' };
    const server = await start(dataDir, env);
    const { adminToken, loginPath = '' } = server.first ?? {};
    expect(adminToken).toMatch(/^[\w-]{20,}$/);
    const answer = await fetch(`${server.url}/stop_stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}` },
    });
    expect(answer.status).toBe(200);
    const login = await fetch(server.url + loginPath, { method: 'POST', redirect: 'manual' });
    expect(login.headers.get('location')).toBe('/setup');
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    const me = await fetch(`${server.url}/api/me`, { headers: { cookie } });
    expect(await me.json()).toMatchObject({ id: 'console', role: 'admin' });
    await server.app.stop();

    const second = await start(dataDir, env);
    expect(second.first).toMatchObject({ adminToken: null, loginPath: expect.stringContaining('/login/') });
    const answered = await fetch(`${second.url}/api/setup/watch`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ where: 'here', access: 'login', public_url: null }),
    });
    expect(await answered.json()).toMatchObject({ where: 'here', access: 'login' });
    await second.app.stop();
    expect((await start(dataDir, env)).first).toBeNull();
  });

  it('shows nothing where the owner has set a token', async () => {
    expect((await start(await dataDirs.next())).first).toBeNull();
  });
});
