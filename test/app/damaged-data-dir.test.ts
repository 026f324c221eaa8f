import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let dataDirs: DataDirs;
let panel: FakePanel;
const running = new Set<RunningApp>();
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  panel = await FakePanel.start({ channels: [{ id: 1, name: 'One' }] });
}, 60_000);
afterEach(async () => {
  for (const { app } of running) await app.stop();
  running.clear();
});
afterAll(async () => {
  await panel?.stop();
  await dataDirs?.remove();
});

async function start(dataDir: string): Promise<RunningApp> {
  const server = await startApp(dataDir, {
    ...{ XTREAM_URL: panel.url, XTREAM_USERNAME: panel.username, XTREAM_PASSWORD: panel.password },
  });
  running.add(server);
  return server;
}

/** @returns the session's cookie. */
async function logIn({ url }: RunningApp): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: ADMIN_TOKEN }),
  });
  expect(answer.status).toBe(204);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const asks = async ({ url }: RunningApp, cookie: string, paths: readonly string[]) =>
  Promise.all(paths.map(async (path) => (await fetch(url + path, { headers: { cookie } })).status));

/** All files below, except the keys, which are never replaced. */
async function filesOf(dataDir: string): Promise<string[]> {
  const names = await readdir(dataDir, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => ((await stat(join(dataDir, name))).isFile() ? [name] : [])),
  );
  return files.flat().filter((name) => name !== 'keys.json');
}

it('a start with noise in every file but the keys serves players, shows the channels and lets people in', async () => {
  const dataDir = await dataDirs.next();
  const before = await start(dataDir);
  const cookie = await logIn(before);
  await expect
    .poll(() => before.log().map(({ msg }) => msg), { timeout: 20_000 })
    .toContain('catalogue refreshed');
  await before.app.stop();
  const files = await filesOf(dataDir);
  expect(files).toEqual(expect.arrayContaining(['zapette.db', 'zapette.db.backup', 'broadcast.json']));
  for (const name of files) await writeFile(join(dataDir, name), 'noise '.repeat(5_000));
  const keys = await readFile(join(dataDir, 'keys.json'), 'utf8');

  const after = await start(dataDir);
  expect((await after.get('/live.m3u8')).status).toBe(200);
  expect((await after.get('/live/index.m3u8')).body).toContain('#EXTINF');
  await expect.poll(async () => (await after.get('/api/channels')).body.total, { timeout: 10_000 }).toBe(1);
  // Without a database and its backup nobody is logged in any more.
  expect(await asks(after, cookie, ['/api/me'])).toEqual([401]);
  expect(await asks(after, await logIn(after), ['/api/me'])).toEqual([200]);
  expect(await readFile(join(dataDir, 'keys.json'), 'utf8')).toBe(keys);
  const told = after.log().map(({ msg }) => String(msg));
  expect(told.filter((line) => /database has no good backup/.test(line))).toHaveLength(1);
  const doctor = await fetch(`${after.url}/api/doctor`, { headers: { cookie: await logIn(after) } });
  expect(await doctor.text()).toContain('zapette.db was damaged and had no backup');
}, 60_000);

it('a damaged database costs no log-in where there is a backup', async () => {
  const dataDir = await dataDirs.next();
  const before = await start(dataDir);
  const cookie = await logIn(before);
  await before.app.stop();
  await writeFile(join(dataDir, 'zapette.db'), 'noise '.repeat(5_000));
  expect(await asks(await start(dataDir), cookie, ['/api/me', '/api/sessions'])).toEqual([200, 200]);
}, 60_000);

it('a database that another program holds keeps nobody waiting, and log-ins meanwhile are kept', async () => {
  const dataDir = await dataDirs.next();
  const server = await start(dataDir);
  const known = await logIn(server);
  const other = new DatabaseSync(join(dataDir, 'zapette.db'), { timeout: 5_000 });
  other.exec('BEGIN IMMEDIATE');
  const began = performance.now();
  const fresh = await logIn(server);
  for (const cookie of [known, fresh])
    expect(await asks(server, cookie, ['/api/me', '/stream_status', '/api/sessions', '/api/audit'])).toEqual([
      200, 200, 200, 200,
    ]);
  expect((await server.post('/stop_stream')).status).toBe(200);
  // The server alone, not the machine that runs the tests, would take longer than that.
  expect(performance.now() - began).toBeLessThan(5_000);
  other.exec('ROLLBACK');
  other.close();
  await server.app.stop();
  expect(await asks(await start(dataDir), fresh, ['/api/me'])).toEqual([200]);
}, 60_000);
