import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealBundle } from '../../src/bundle/bundle-file.ts';
import { runCommand } from '../cli/cli-run.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { someBundle, someKeys } from '../fakes/some-bundle.ts';
import { listenTo } from '../fakes/spoken-log.ts';

const PASSPHRASE = 'four words of mine';
const LAUNCHER = fileURLToPath(new URL('../../bin/zapette.js', import.meta.url));

let dirs: DataDirs;
beforeAll(async () => {
  dirs = await DataDirs.create();
});
afterAll(() => dirs.remove());

/** The settings with which a command finds the running server. */
const envOf = (dataDir: string, { url }: RunningApp) => ({
  DATA_DIR: dataDir,
  PORT: new URL(url).port,
  ADMIN_TOKEN,
});

describe('an import by the console', () => {
  const start = (dataDir: string) => {
    const server = execa(process.execPath, [LAUNCHER], {
      env: { DATA_DIR: dataDir, PORT: '0', ADMIN_TOKEN },
      reject: false,
      timeout: 40_000,
    });
    return { server, log: listenTo(server.stdout) };
  };

  it('is taken over at the next start, which keeps what it replaces', async () => {
    const dataDir = await dirs.next();
    const before = await startApp(dataDir, {});
    const former = await readFile(join(dataDir, 'keys.json'), 'utf8');
    const demo = { ...someBundle, settings: { REACTIONS: 'off' } };
    const file = await sealBundle(demo, PASSPHRASE, { version: '9.8.7', now: 0 });
    const { status } = await before.post('/api/import', { file, passphrase: PASSPHRASE });
    expect(status).toBe(202);
    expect(await readFile(join(dataDir, 'keys.json'), 'utf8')).toBe(former);
    await before.app.stop();

    const { server, log } = start(dataDir);
    const url = await log.url;
    const ask = async (path: string) =>
      (await fetch(url + path, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })).json();
    const people = (await ask('/api/people')) as { items: readonly { id: string }[] };
    expect(people.items.map(({ id }) => id)).toEqual(expect.arrayContaining(['telegram:7', 'telegram:8']));
    const settings = (await ask('/api/settings')) as { items: readonly { name: string; value: string }[] };
    expect(settings.items.find(({ name }) => name === 'REACTIONS')?.value).toBe('off');
    expect(JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8'))).toMatchObject(someKeys);
    const kept = (await readdir(dataDir)).filter((name) => name.startsWith('before-import'));
    expect(kept).toHaveLength(1);
    expect(await readFile(join(dataDir, String(kept[0]), 'keys.json'), 'utf8')).toBe(former);
    expect(await readdir(dataDir)).not.toContain('import-pending.json');
    server.kill('SIGTERM');
    expect((await server).stderr).toContain(`kept in ${join(dataDir, String(kept[0]))}`);
  }, 60_000);

  it('that cannot be taken over is no reason not to start', async () => {
    const dataDir = await dirs.next();
    await writeFile(join(dataDir, 'import-pending.json'), '{"at":');
    const { server, log } = start(dataDir);
    expect((await fetch(`${await log.url}/health`)).status).toBe(200);
    server.kill('SIGTERM');
    expect((await server).stderr).toContain('could not be imported (bundle_damaged)');
  }, 40_000);
});

describe('the commands, beside a running server', () => {
  it('ask it, export what it has, and import nothing', async () => {
    const dataDir = await dirs.next();
    const file = join(dataDir, 'export.json');
    const server = await startApp(dataDir, {});
    const env = envOf(dataDir, server);
    await expect.poll(async () => (await server.get('/api/channels')).body.total).toBeGreaterThan(0);
    const doctor = await runCommand(['doctor'], { env });
    expect(doctor.out).toContain(`is running at ${server.url}`);
    expect(doctor.out).toContain('⚠ Account: none, so the channels are invented');
    expect(doctor.code).toBe(0);
    expect(doctor.out + doctor.errors).not.toContain(ADMIN_TOKEN);

    expect((await runCommand(['export', file], { env, input: PASSPHRASE })).code).toBe(0);
    const refused = await runCommand(['import', file, '--yes'], { env, input: PASSPHRASE });
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('Another Zapette is using')]);
    expect((await server.get('/health')).status).toBe(200);
    await server.app.stop();
  }, 40_000);
});

describe('the launcher', () => {
  const launch = async (args: readonly string[], env: Record<string, string>, input = '') =>
    execa(process.execPath, [LAUNCHER, ...args], {
      cwd: await dirs.next(),
      env,
      input,
      reject: false,
      timeout: 20_000,
    });

  it('hands a command and its input over, and ends with its code', async () => {
    const dataDir = await dirs.next();
    const to = await dirs.next();
    await mkdir(to, { recursive: true });
    await writeFile(join(dataDir, 'keys.json'), JSON.stringify(someKeys));
    const file = join(to, 'export.json');
    const exported = await launch(['export', file], { DATA_DIR: dataDir, LC_ALL: 'C' }, `${PASSPHRASE}\n`);
    expect([exported.exitCode, exported.stderr]).toEqual([0, '']);
    const wrong = await launch(
      ['import', file, '--yes'],
      { DATA_DIR: to, LC_ALL: 'C' },
      'four words of yours\n',
    );
    expect([wrong.exitCode, wrong.stderr]).toEqual([1, expect.stringContaining('does not open the file')]);
    const good = await launch(['import', file, '--yes'], { DATA_DIR: to, LC_ALL: 'C' }, `${PASSPHRASE}\n`);
    expect([good.exitCode, good.stderr]).toEqual([0, '']);
    expect(JSON.parse(await readFile(join(to, 'keys.json'), 'utf8'))).toEqual(someKeys);
    expect((await launch(['nonsense'], { LC_ALL: 'C' })).exitCode).toBe(2);
  }, 60_000);
});
