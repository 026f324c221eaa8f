import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LAUNCHER = join(root, 'bin', 'zapette.js');
/** Makes the Node that runs this one that is too old, to whoever asks it. */
const pretendOld =
  "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})";

let directory: string;
let dataDirs: DataDirs;
let panel: FakePanel;
beforeAll(async () => {
  dataDirs = await DataDirs.create();
  panel = await FakePanel.start({ channels: [{ id: 1, name: 'One' }] });
  // A checkout as npm sees it, without a .env that a developer may have.
  directory = await mkdtemp(join(tmpdir(), 'zapette-launcher-'));
  await symlink(join(root, 'bin'), join(directory, 'bin'));
  const { type, scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await writeFile(join(directory, 'package.json'), JSON.stringify({ type, scripts }));
});
const groups = new Set<number>();
afterEach(() => {
  for (const group of groups) if (hasProcesses(group)) process.kill(-group, 'SIGKILL');
  groups.clear();
});
afterAll(async () => {
  await panel?.stop();
  await dataDirs?.remove();
  await rm(directory, { recursive: true, force: true });
});

interface Started {
  /** Of the first process, and of the group of all that it starts. */
  readonly pid: number;
  readonly url: string;
  readonly exit: Promise<{ code: number | null; output: string }>;
}

async function start(command: string, args: readonly string[], env: object = {}): Promise<Started> {
  const child = spawn(command, args, {
    cwd: directory,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
      // As npm has it in a checkout, where the first Node is the one that the packages bring.
      PATH: dirname(process.execPath) + delimiter + process.env.PATH,
      XTREAM_URL: panel.url,
      XTREAM_USERNAME: panel.username,
      XTREAM_PASSWORD: panel.password,
      DATA_DIR: await dataDirs.next(),
      PORT: '0',
      ADMIN_TOKEN: 'the-admin-token-of-tests',
      ...env,
    },
  });
  const pid = child.pid ?? 0;
  groups.add(pid);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('close', () => reject(new Error(`ended before it was on: ${output}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const on = /"url":"([^"]+)","msg":"Zapette is on"/.exec(output)?.[1];
      if (on) resolve(on);
    });
  });
  const exit = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, output })),
  );
  return { pid, url, exit };
}

function hasProcesses(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

const isUp = (url: string) =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

// Windows has neither these signals nor process groups.
describe.skipIf(process.platform === 'win32')('npm start', () => {
  it.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'leaves no process behind when npm alone gets %s',
    async (signal) => {
      const { pid, url, exit } = await start('npm', ['start']);
      expect(await isUp(url)).toBe(true);
      process.kill(pid, signal);
      await expect.poll(() => hasProcesses(pid), { timeout: 10_000 }).toBe(false);
      const { output } = await exit;
      expect(output).toContain('"signal":"SIGTERM","msg":"stopping"');
      expect(output).not.toMatch(/"level":[56]0/);
    },
    30_000,
  );

  it('ends cleanly by Ctrl+C, which all of its processes get', async () => {
    const { pid, exit } = await start('npm', ['start']);
    process.kill(-pid, 'SIGINT');
    const { output } = await exit;
    expect(output).toContain('"signal":"SIGINT","msg":"stopping"');
    expect(output).not.toMatch(/"level":[56]0/);
    await expect.poll(() => hasProcesses(pid)).toBe(false);
  }, 30_000);
});

describe.skipIf(process.platform === 'win32')('a server whose parent ends', () => {
  it('stays, where npm did not start it, whatever it has inherited from npm', async () => {
    // As a script of npm's that leaves a server running on purpose.
    const script = 'node bin/zapette.js & echo "pid:$!"; sleep 2';
    const env = { npm_lifecycle_event: 'deploy', npm_lifecycle_script: 'sh deploy.sh' };
    const { pid, url } = await start('nohup', ['sh', '-c', script], env);
    await expect.poll(() => hasProcesses(pid) && isUp(url)).toBe(true);
    // Twice the time in which npm's end is noticed, after the shell has ended.
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    expect(await isUp(url)).toBe(true);
    process.kill(-pid, 'SIGTERM');
    await expect.poll(() => hasProcesses(pid), { timeout: 10_000 }).toBe(false);
  }, 30_000);
});

describe('a Node that is too old', () => {
  const old = ['--import', pretendOld, LAUNCHER];

  it.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'hands over to the one of the packages, %s ends that too, and its exit code is passed on',
    async (signal) => {
      const { pid, exit } = await start(process.execPath, old);
      process.kill(pid, signal);
      const { code, output } = await exit;
      expect(code).toBe(0);
      expect(output).toContain(`"signal":"${signal}","msg":"stopping"`);
      expect(hasProcesses(pid)).toBe(false);
    },
    30_000,
  );

  it('leaves no server behind when it is killed', async () => {
    const { pid, url, exit } = await start(process.execPath, old);
    process.kill(pid, 'SIGKILL');
    expect((await exit).output).toContain('"msg":"stopping"');
    expect(await isUp(url)).toBe(false);
  }, 30_000);

  it('says so, and where to get another, where the packages have none', async () => {
    const alone = await mkdtemp(join(tmpdir(), 'zapette-no-node-'));
    for (const file of ['zapette.js', 'hand-over.js', 'npm-parent.js'])
      await writeFile(join(alone, file), await readFile(join(root, 'bin', file)));
    await writeFile(join(alone, 'package.json'), '{"type":"module"}');
    const { exitCode, stderr } = await execa(
      process.execPath,
      ['--import', pretendOld, join(alone, 'zapette.js')],
      { cwd: alone, reject: false },
    );
    await rm(alone, { recursive: true });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'Zapette needs Node.js 24 or newer, and this is 20.1.0: install a newer one from https://nodejs.org',
    );
  });
});
