import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { ChaosProvider } from '../fakes/chaos-provider.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { listenTo } from '../fakes/spoken-log.ts';
import { framesOf } from '../recordings/frames-of.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const TOKEN = 'the-admin-token-of-tests';

let dataDirs: DataDirs;
let provider: ChaosProvider;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  provider = await ChaosProvider.start((await findFfmpeg(null)).path, 2);
});
afterAll(async () => {
  await provider.stop();
  await dataDirs.remove();
});

/** The whole server in a process of its own. */
async function startServer(dataDir: string) {
  const { panel } = provider;
  const process_ = execa(process.execPath, [MAIN], {
    cwd: dataDir,
    env: {
      XTREAM_URL: panel.url,
      XTREAM_USERNAME: panel.username,
      XTREAM_PASSWORD: panel.password,
      DATA_DIR: dataDir,
      PORT: '0',
      ADMIN_TOKEN: TOKEN,
    },
    reject: false,
    timeout: 280_000,
  });
  const log = listenTo(process_.stdout);
  const url = await log.url;
  const ask = async (method: string, path: string, body?: object) => {
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const answer = await fetch(url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return {
    url,
    ask,
    recording: async () => ((await ask('GET', '/api/recordings')).body.items as Record<string, unknown>[])[0],
    end: async (signal: 'SIGKILL' | 'SIGTERM') => {
      process_.kill(signal);
      await process_;
    },
  };
}

it('a recording outlives a process that is killed, says what is missing, and plays', async () => {
  const dataDir = await dataDirs.next();
  const first = await startServer(dataDir);
  const body = { channel_id: 101, stop: Date.now() / 1000 + 3_600, title: 'Film' };
  await expect
    .poll(async () => (await first.ask('POST', '/api/recordings', body)).status, { interval: 500 })
    .toBe(201);
  const folder = join(dataDir, 'recordings', '.unfinished', '1');
  const sizes = async () => {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.ts')).toSorted();
    return Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  };
  await expect.poll(async () => (await sizes())[0] ?? 0, { timeout: 60_000 }).toBeGreaterThan(700_000);
  expect((await first.recording())?.state).toBe('recording');
  await first.end('SIGKILL');
  const [left = 0] = await sizes();

  const second = await startServer(dataDir);
  await expect.poll(async () => (await sizes())[1] ?? 0, { timeout: 60_000 }).toBeGreaterThan(300_000);
  expect((await sizes())[0]).toBe(left);
  await expect.poll(async () => (await second.recording())?.state).toBe('recording');
  const playlist = async () => (await fetch(`${second.url}/recordings/1/index.m3u8`)).text();
  await expect
    .poll(playlist, { timeout: 60_000, interval: 500 })
    .toMatch(/part-1\.ts\n#EXT-X-DISCONTINUITY\n.*\n.*\npart-2\.ts/);
  await second.ask('PATCH', '/api/recordings/1', { stop: Date.now() / 1000 });
  await expect.poll(async () => (await second.recording())?.state, { timeout: 60_000 }).toBe('incomplete');
  const made = await second.recording();
  expect(made).toMatchObject({ title: 'Film', reason: { code: 'recording_interrupted' } });
  expect(made?.holes).toHaveLength(1);
  const file = Buffer.from(await (await fetch(`${second.url}${String(made?.url)}`)).arrayBuffer());
  expect(file.length).toBe(made?.bytes);
  // The picture of every frame of both parts decodes.
  expect((await framesOf(file)).length).toBeGreaterThan(100);
  await second.end('SIGTERM');
}, 300_000);
