import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

const username = 'us er&1/ü';
const password = "p@ss w/örd+%'";
const ADMIN_TOKEN = 'operators-only-7c1e';
const isLinux = process.platform === 'linux';
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Another spelling of 127.0.0.1, which is not recognised as this machine's own address. */
const ELSEWHERE = '[::ffff:127.0.0.1]';

/** Everything that outsiders could see, with its origin. */
const seen: { where: string; text: string }[] = [];
let dataDirs: DataDirs;
let source: TsSource;
let panel: FakePanel;
let server: Server;
let isElsewhere = false;

/** The server in a process of its own. */
interface Server {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly url: string;
  readonly output: () => string;
}

async function launch(address: string): Promise<Server> {
  const inherited = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'HOME'].map((name) => [
    name,
    process.env[name],
  ]);
  const child = spawn(process.execPath, [MAIN], {
    cwd: await dataDirs.next(),
    env: {
      ...Object.fromEntries(inherited.filter(([, value]) => value !== undefined)),
      XTREAM_URL: address,
      XTREAM_USERNAME: username,
      XTREAM_PASSWORD: password,
      ADMIN_TOKEN,
      DATA_DIR: '.',
      PORT: '0',
      LOG_LEVEL: 'trace',
      VIEWER_ACCESS: 'key',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const url = /"url":"(http:[^"]+)","msg":"Zapette is on"/.exec(output)?.[1];
        if (url) resolve(url);
      });
    }
    void exited.then(() => reject(new Error(`it ended: ${output}`)));
  });
  return { child, exited, url: await ready, output: () => output };
}

async function kill({ child, exited }: Server): Promise<void> {
  child.kill('SIGKILL');
  await exited;
}

beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
  panel = await FakePanel.start({
    username,
    password,
    redirectLive: true,
    channels: [
      { id: 1, name: 'Good' },
      { id: 2, name: 'Refused' },
      { id: 3, name: 'Page' },
    ],
  });
  const { url: address } = panel;
  const { port } = new URL(address);
  isElsewhere = await new Promise<boolean>((resolve) => {
    const socket = connect(Number(port), ELSEWHERE.slice(1, -1));
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
  const upstream = isElsewhere ? `http://${ELSEWHERE}:${port}` : address;
  Object.defineProperty(panel, 'url', { value: upstream });
  const logo = `${upstream}/images/${encodeURIComponent(username)}.png`;
  panel.channels = panel.channels.map((channel) => ({ ...channel, stream_icon: logo }));
  panel.live.set(1, source.serve);
  panel.live.set(2, (_request, response) =>
    response.writeHead(403).end(`${upstream} says no to ${username}`),
  );
  panel.live.set(3, (_request, response) => response.end(`<html>${upstream} ${username} ${password}</html>`));

  server = await launch(upstream);
}, 60_000);

afterAll(async () => {
  if (server) await kill(server);
  source?.stop();
  await panel?.stop();
  await dataDirs?.remove();
});

/** Makes a request as an operator, and records and returns the body. `most`: bytes to read of an endless body. */
async function ask(path: string, init: RequestInit = {}, most = Number.POSITIVE_INFINITY): Promise<string> {
  const leave = new AbortController();
  const response = await fetch(server.url + path, {
    ...init,
    headers: {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      ...(init.body ? { 'content-type': 'application/json' } : {}),
    },
    signal: AbortSignal.any([leave.signal, AbortSignal.timeout(20_000)]),
  });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length >= most) break;
  }
  leave.abort();
  const headers = JSON.stringify([...response.headers]);
  seen.push({ where: `${init.method ?? 'GET'} ${path.split('?')[0]}`, text: `${headers}\n${text}` });
  // Decodes UTF-8 that was read byte by byte.
  return Buffer.from(text, 'latin1').toString('utf8');
}

const play = (id: number) =>
  ask('/set_active_stream', { method: 'POST', body: JSON.stringify({ channel_id: id }) });
const status = async () => JSON.parse(await ask('/stream_status'));

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly commandLine: string;
}

/** Lists all processes, on Linux. */
async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      try {
        const [stat, commandLine] = await Promise.all(
          ['stat', 'cmdline'].map((file) => readFile(join('/proc', pid, file), 'utf8')),
        );
        const [state, parent] = (stat ?? '').replace(/^.*\) /s, '').split(' ');
        return state === 'Z'
          ? null
          : {
              pid: Number(pid),
              parent: Number(parent),
              commandLine: (commandLine ?? '').replaceAll('\0', ' '),
            };
      } catch {
        // The process has ended.
        return null;
      }
    }),
  );
  return all.filter((one) => one !== null);
}

async function ffmpegsOf({ child }: Server): Promise<Process[]> {
  return (await processes()).filter(
    ({ parent, commandLine }) => parent === child.pid && /ffmpeg/.test(commandLine.split(' ')[0] ?? ''),
  );
}

/** Every spelling in which the values could appear. */
function spellings(value: string): string[] {
  const query = new URLSearchParams({ value }).toString().slice('value='.length);
  const path = new URL(`http://x/${encodeURIComponent(value)}?${encodeURIComponent(value)}`);
  return [
    value,
    encodeURIComponent(value),
    encodeURI(value),
    query,
    path.pathname.slice(1),
    path.search.slice(1),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('latin1'),
  ];
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** The places where any of the spellings appeared, with the text around. */
function findings(pattern: RegExp): string[] {
  return seen.flatMap(({ where, text }) => {
    const at = text.search(pattern);
    return at < 0 ? [] : [`${where}: …${text.slice(Math.max(0, at - 150), at + 60)}…`];
  });
}

describe('a complete run', () => {
  it('plays, and goes on after every disturbance', async () => {
    await expect.poll(async () => JSON.parse(await ask('/api/channels')).total, { timeout: 8_000 }).toBe(3);
    expect(JSON.parse(await play(1))).toMatchObject({ state: 'live', channel_id: 1 });

    if (isLinux) {
      const [first] = await ffmpegsOf(server);
      expect(first).toBeDefined();
      for (const { commandLine } of await processes()) {
        if (/ffmpeg|main\.ts/.test(commandLine)) seen.push({ where: 'arguments', text: commandLine });
      }
      process.kill(first?.pid ?? 0, 'SIGKILL');
      await expect
        .poll(async () => (await status()).restarts, { timeout: 10_000, interval: 100 })
        .toBeGreaterThanOrEqual(1);
      await expect.poll(async () => (await status()).state, { timeout: 5_000 }).toBe('live');
      expect((await ffmpegsOf(server))[0]?.pid).not.toBe(first?.pid);
    }

    const { restarts } = await status();
    panel.cut();
    await expect
      .poll(async () => (await status()).restarts, { timeout: 10_000, interval: 100 })
      .toBeGreaterThan(restarts);

    expect(JSON.parse(await play(3))).toMatchObject({ error: { code: 'channel_web_page' } });
    expect(JSON.parse(await play(2))).toMatchObject({ error: { code: 'channel_refused' } });
    await expect.poll(async () => (await status()).state, { timeout: 8_000 }).toBe('live');
  }, 45_000);

  it('answers every request', async () => {
    const { addresses } = JSON.parse(await ask('/api/info'));
    const key = new URL(addresses.hls).search;
    const pages = ['/', '/watch', `/watch${key}`, '/docs', '/docs/json', '/health', '/nothing', '/keys.json'];
    const api = [
      '/api/info',
      '/api/categories',
      '/api/channels?q=good',
      '/api/channels?page=x',
      '/stream_status',
      '/api/doctor',
      '/api/settings',
      '/api/log',
    ];
    const pictures = ['/api/logo/1', '/api/logo/99', '/api/logo/x'];
    const playlists = [`/live.m3u8${key}`, '/live.m3u8', '/internal_stream.m3u8', '/live/seg/1.ts'];
    for (const path of [...pages, ...api, ...pictures, ...playlists]) await ask(path);
    const playlist = await ask(`/live/index.m3u8${key}`);
    const [segment = ''] = playlist.split('\n').filter((line) => /^[^#]/.test(line));
    expect((await ask(`/live/${segment}`)).length).toBeGreaterThan(188);
    await ask(`/live.ts${key}`, {}, 10_000);
    expect(await ask('/api/events', {}, 200)).toContain('event: status');
    expect(JSON.parse(await play(99))).toMatchObject({ error: { code: 'channel_not_found' } });
    await ask('/set_active_stream', { method: 'POST', body: '{' });
    await ask('/api/session', { method: 'POST', body: JSON.stringify({ token: 'wrong' }) });
    await ask('/api/session', { method: 'POST', body: JSON.stringify({ token: ADMIN_TOKEN }) });
  });

  it('goes on without a provider', async () => {
    const before = server.output().length;
    await panel.stop();
    await expect
      .poll(() => server.output().slice(before), { timeout: 14_000, interval: 100 })
      .toContain('"msg":"could not bring it back"');
    expect(JSON.parse(await ask('/stream_status'))).toMatchObject({ state: 'recovering' });
  });

  it('has not shown the account or the balancer’s token', () => {
    const output = server.output();
    expect(output).toContain('channel asked for');
    seen.push({ where: 'output', text: output });
    const secrets = [username, password, ADMIN_TOKEN].flatMap(spellings).map(escapeForRegExp);
    expect(findings(new RegExp(secrets.join('|'), 'i'))).toEqual([]);
    expect(findings(/\btoken\d+\b|\/balancer\//)).toEqual([]);
  });

  it('has not shown the provider’s address', ({ skip }) => {
    skip(!isElsewhere, 'this machine cannot spell 127.0.0.1 in IPv6');
    expect(findings(/7f00:1\b|::ffff:/)).toEqual([]);
  });
});

describe.runIf(isLinux)('a server killed by SIGKILL', () => {
  it('leaves no FFmpeg behind', async () => {
    await panel.stop();
    const other = await FakePanel.start({ username, password, channels: [{ id: 1, name: 'Good' }] });
    other.live.set(1, source.serve);
    await kill(server);
    server = await launch(other.url);
    await expect.poll(async () => JSON.parse(await ask('/api/channels')).total, { timeout: 8_000 }).toBe(1);
    await play(1);
    const pids = (await ffmpegsOf(server)).map(({ pid }) => pid);
    expect(pids.length).toBeGreaterThan(0);
    await kill(server);
    await expect
      .poll(async () => (await processes()).filter(({ pid }) => pids.includes(pid)), { timeout: 5_000 })
      .toEqual([]);
    await other.stop();
  });
});
