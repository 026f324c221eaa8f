import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { listenTo } from '../fakes/spoken-log.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zapette-main-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs the program where no .env is, until it ends. */
function run(env: Record<string, string>) {
  return execa(process.execPath, [MAIN], { cwd: directory, env, reject: false, timeout: 10_000 });
}

describe('a start that must fail', () => {
  it('names every wrong setting, without its value or a stack, and ends with 1', async () => {
    const { exitCode, stderr, stdout } = await run({
      PORT: 'wrong-port',
      AUDIO: 'wrong-audio',
      XTREAM_PASSWORD: 'wrong-password',
    });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    for (const name of ['PORT', 'AUDIO', 'XTREAM_URL', 'XTREAM_USERNAME'])
      expect(stderr).toContain(`- ${name} `);
    expect(stderr).not.toMatch(/wrong-|at .*\.ts/);
  });

  it('says that the port is taken, and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { exitCode, stderr } = await run({ PORT: String(port) });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use`);
    expect(stderr).not.toMatch(/at .*\.ts/);
    await new Promise((resolve) => other.close(resolve));
  });

  it('says that there is no FFmpeg where something else is', async () => {
    const { exitCode, stdout } = await run({ PORT: '0', FFMPEG_PATH: process.execPath });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('FFmpeg was not found');
  });

  it('says that the keys are damaged, and leaves them as they are', async () => {
    const dataDir = join(directory, 'damaged-keys');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'keys.json'), '{"adminToken":');
    const { exitCode, stdout } = await run({ PORT: '0', DATA_DIR: dataDir });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('keys.json cannot be read: put the file back from a backup');
    expect(await readFile(join(dataDir, 'keys.json'), 'utf8')).toBe('{"adminToken":');
  });

  it.runIf(process.platform === 'linux')('says that DATA_DIR cannot be made, where none can', async () => {
    const { exitCode, stdout } = await run({ PORT: '0', DATA_DIR: '/proc/zapette/data' });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Zapette cannot write to the folder /proc/zapette/data (DATA_DIR)');
  });

  it('says that there is no FFmpeg where FFMPEG_PATH points', async () => {
    const { exitCode, stdout } = await run({ PORT: '0', FFMPEG_PATH: join(directory, 'no-ffmpeg') });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('FFmpeg was not found: install it, or set FFMPEG_PATH');
  });
});

// Windows has no SIGTERM to send: there it ends a process outright.
describe.skipIf(process.platform === 'win32')('a signal', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'such as %s ends the server cleanly, also with viewers',
    async (signal) => {
      const dataDirs = await DataDirs.create();
      const panel = await FakePanel.start({ channels: [{ id: 1, name: 'One' }] });
      // A folder that is not there yet takes longer: the slate is rendered.
      const isNew = signal === 'SIGTERM';
      const dataDir = isNew ? join(await dataDirs.next(), 'made-by-zapette') : await dataDirs.next();
      const server = execa(process.execPath, [MAIN], {
        cwd: directory,
        env: {
          XTREAM_URL: panel.url,
          XTREAM_USERNAME: panel.username,
          XTREAM_PASSWORD: panel.password,
          DATA_DIR: dataDir,
          PORT: '0',
          ADMIN_TOKEN: 'the-admin-token-of-tests',
        },
        reject: false,
        timeout: 40_000,
      });
      const log = listenTo(server.stdout);
      const url = await log.url;
      const viewers = await Promise.all(['/live.ts', '/api/events'].map((path) => fetch(url + path)));
      expect(viewers.map(({ status }) => status)).toEqual([200, 200]);
      server.kill(signal);
      const { exitCode } = await server;
      expect(exitCode).toBe(0);
      expect(log.output()).not.toMatch(/"level":[56]0/);
      // Nobody else on this machine reads what is kept.
      for (const name of isNew ? ['.', ...(await readdir(dataDir, { recursive: true }))] : [])
        expect([name, (await stat(join(dataDir, name))).mode & 0o077]).toEqual([name, 0]);
      for (const viewer of viewers) await viewer.body?.cancel().catch(() => {});
      await panel.stop();
      await dataDirs.remove();
    },
    60_000,
  );
});

// Windows has neither these signals nor a device that is full.
describe.skipIf(process.platform !== 'linux')('a server', () => {
  /** @param out where its lines go. @param preload a module that is run first. */
  async function start(dataDir: string, out: string, preload: string) {
    const port = await freePort();
    const server = spawn(
      'sh',
      ['-c', `exec "$0" --import "data:text/javascript,${preload}" "$1" > ${out}`, process.execPath, MAIN],
      {
        cwd: directory,
        env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1' },
        stdio: 'ignore',
      },
    );
    return { server, port, ended: once(server, 'exit') };
  }

  it('that nothing caught an error of ends as cleanly as at a signal, with 1', async () => {
    const dataDirs = await DataDirs.create();
    const dataDir = await dataDirs.next();
    const log = join(directory, 'uncaught.log');
    const preload = "process.on('SIGUSR2', () => { throw new Error('boom') })";
    const { server, ended } = await start(dataDir, log, preload);
    await expect.poll(() => readFile(log, 'utf8'), { timeout: 30_000 }).toContain('Zapette is on');
    server.kill('SIGUSR2');
    expect(await ended).toEqual([1, null]);
    const said = await readFile(log, 'utf8');
    expect(said).toContain('an unexpected error ended Zapette');
    expect(said).not.toContain('could not stop cleanly');
    // Only a clean end keeps the playlist's segments and makes the last backup.
    expect(await readdir(join(dataDir, 'cache'))).toContain('window');
    expect(await readdir(dataDir)).toContain('zapette.db.backup');
    await dataDirs.remove();
  }, 60_000);

  it('goes on where the disk that its log is on is full', async () => {
    const dataDirs = await DataDirs.create();
    const { server, port, ended } = await start(await dataDirs.next(), '/dev/full', '');
    const health = () => fetch(`http://127.0.0.1:${port}/health`).then(({ status }) => status);
    await expect.poll(() => health().catch(() => null), { timeout: 30_000 }).toBe(200);
    // A line more, and another after that has failed.
    for (let line = 0; line < 3; line++) await fetch(`http://127.0.0.1:${port}/set_active_stream`);
    expect(await health()).toBe(200);
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await dataDirs.remove();
  }, 60_000);
});

// systemd's socket activation; Windows has no such thing.
describe.skipIf(process.platform === 'win32')('a socket that listens already', () => {
  it('is served, so that nobody is refused while the process is restarted', async () => {
    const dataDirs = await DataDirs.create();
    const listening = createServer();
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const { port } = listening.address() as AddressInfo;
    const { fd } = (listening as unknown as { _handle: { fd: number } })._handle;
    // The program must be the very process that LISTEN_PID names.
    const server = spawn('sh', ['-c', 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$1"', process.execPath, MAIN], {
      cwd: directory,
      env: { ...process.env, DATA_DIR: await dataDirs.next(), PORT: '1' },
      stdio: ['ignore', 'ignore', 'ignore', fd],
    });
    const ended = once(server, 'exit');
    await new Promise((resolve) => listening.close(resolve));
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(15_000) });
    expect(response.status).toBe(200);
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await dataDirs.remove();
  });
});
