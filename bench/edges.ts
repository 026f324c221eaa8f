/**
 * Measures what reaches home with two edges in front of it, nginx and Varnish with the configuration of deploy/edge, while
 * players take the live channel through them: how often each segment and each playlist is asked for at home, how long
 * playlists take, how old they are, and how much later a switch is seen through an edge (Linux; needs nginx and varnishd).
 *
 *   node bench/edges.ts [players, 10,500 unless given] [seconds of each run, 20 unless given]
 */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, Agent as NodeAgent, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { Agent, fetch } from 'undici';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { play, record } from './paced-source.ts';
import { freePort, startPanel, startZapette, table } from './tools.ts';

const counts = (process.argv[2] ?? '10,500').split(',').map(Number);
const seconds = Number(process.argv[3] ?? 20);
const POLL = 2_000;
const SECRET = 'the-secret-of-this-bench';

/** What an edge has asked home for. */
interface Asked {
  readonly segments: Map<string, number>;
  playlists: number;
}

const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const recording = await record(ffmpegPath, {
  keyframeSeconds: 2,
  megabits: 0.3,
  seconds: 60,
  size: '320x180',
});
const panel = await startPanel(
  [1, 2].map((id) => ({
    id,
    name: `Channel ${id}`,
    serve: (response) => void play(recording, response, 0, 4),
  })),
);
const folder = await mkdtemp(join(tmpdir(), 'zapette-edges-'));
// Varnish reads its configuration as another user.
await chmod(folder, 0o755);
const agent = new Agent({ connections: 256, pipelining: 1 });
const rows: string[][] = [];
for (const players of counts) {
  for (const playlistsFrom of ['home', 'edges'] as const)
    rows.push(...(await measure(players, playlistsFrom)));
}
console.log(
  table(
    [
      'players',
      'playlists from',
      'edge',
      'segments',
      'asked for once',
      'most',
      'playlists a second',
      'p99 of playlists',
      'oldest',
      'switch later by',
    ],
    rows,
  ),
);
await agent.close();
await panel.stop();
await rm(folder, { recursive: true, force: true });

async function measure(players: number, playlistsFrom: 'home' | 'edges'): Promise<string[][]> {
  const ports = { nginx: await freePort(), varnish: await freePort() };
  const edges = [`http://127.0.0.1:${ports.nginx}`, `http://127.0.0.1:${ports.varnish}`];
  const zapette = await startZapette({
    account: panel.account,
    env: {
      SEGMENTS_URL: edges.join(','),
      EDGE_SECRET: SECRET,
      PLAYLIST_CACHE_SECONDS: playlistsFrom === 'edges' ? '1' : '0',
    },
  });
  const home = new URL(zapette.url);
  const asked = [newAsked(), newAsked()] as const;
  const doors = await Promise.all(asked.map((each) => countingDoor(home, each)));
  const nginx = await startNginx(ports.nginx, portOf(doors[0]));
  const varnish = await startVarnish(ports.varnish, portOf(doors[1]));
  await zapette.post('/set_active_stream', { channel_id: 1 });
  // Until each edge has answered twice: home has asked for them before they were there.
  await sleep(22_000);
  for (const each of asked) {
    each.segments.clear();
    each.playlists = 0;
  }
  const first = (await zapette.text('/live/index.m3u8')).trim().split('\n').at(-1) ?? '';
  const prefix = new URL(first).pathname.replace(/\d+\.ts$/, '');
  const seen = { waits: [] as number[], oldest: 0, failures: 0 };
  const until = performance.now() + seconds * 1_000;
  const watching = Array.from({ length: players }, (_, at) => {
    const list =
      playlistsFrom === 'home' ? `${zapette.url}/live/index.m3u8` : `${edges[at % 2]}${prefix}index.m3u8`;
    return player(at, list, until, seen);
  });
  await sleep((seconds * 1_000) / 2);
  const later = await switchLater(
    zapette,
    playlistsFrom === 'home' ? null : `${edges[0]}${prefix}index.m3u8`,
  );
  await Promise.all(watching);
  const p99 = seen.waits.toSorted((a, b) => a - b)[Math.floor(seen.waits.length * 0.99)] ?? 0;
  const facts = [
    `${p99.toFixed(0)} ms${seen.failures > 0 ? `, ${seen.failures} failures` : ''}`,
    `${seen.oldest.toFixed(1)} s`,
    `${later.toFixed(1)} s`,
  ];
  const lines = asked.map(({ segments, playlists }, at) => {
    const times = [...segments.values()];
    return [
      String(players),
      playlistsFrom,
      at === 0 ? 'nginx' : 'Varnish',
      String(times.length),
      `${((100 * times.filter((each) => each === 1).length) / Math.max(1, times.length)).toFixed(0)} %`,
      String(Math.max(0, ...times)),
      (playlists / seconds).toFixed(2),
      ...facts,
    ];
  });
  await Promise.all([nginx.stop(), varnish.stop()]);
  for (const door of doors) door.close();
  await zapette.stop();
  return lines;
}

/** Behaves as a player does: asks for the playlist every two seconds, and for each new segment once. */
async function player(
  at: number,
  list: string,
  until: number,
  seen: { readonly waits: number[]; oldest: number; failures: number },
): Promise<void> {
  const headers = { 'user-agent': `player ${at}` };
  let last = -1;
  await sleep(Math.random() * POLL);
  while (performance.now() < until) {
    const began = performance.now();
    const text = await get(list, headers);
    seen.waits.push(performance.now() - began);
    if (text === null) seen.failures++;
    else {
      seen.oldest = Math.max(seen.oldest, ageOf(text));
      const listed = text.split('\n').filter((line) => line.endsWith('.ts'));
      const numbered = listed.map((uri) => ({ uri, number: Number(/(\d+)\.ts$/.exec(uri)?.[1]) }));
      const fresh = last < 0 ? numbered.slice(-1) : numbered.filter(({ number }) => number > last);
      for (const { uri, number } of fresh) {
        last = number;
        if ((await get(new URL(uri, list).href, headers)) === null) seen.failures++;
      }
    }
    await sleep(Math.max(0, POLL - (performance.now() - began)));
  }
}

/** Seconds since the last segment of a playlist was published. */
function ageOf(text: string): number {
  const time = Date.parse(/PROGRAM-DATE-TIME:(.*)/g.exec(text)?.[1] ?? '');
  const tail = text.slice(text.lastIndexOf('PROGRAM-DATE-TIME'));
  const begun = Date.parse(/DATE-TIME:(.*)/.exec(tail)?.[1] ?? '');
  const length = [...tail.matchAll(/EXTINF:([\d.]+)/g)].reduce((sum, [, each]) => sum + Number(each), 0);
  return Number.isNaN(time) ? 0 : (Date.now() - begun) / 1_000 - length;
}

/** Seconds by which a switch is in an edge's playlist later than at home; 0 where playlists come from home. */
async function switchLater(
  zapette: Awaited<ReturnType<typeof startZapette>>,
  list: string | null,
): Promise<number> {
  const breaks = async (url: string) =>
    ((await get(url, {})) ?? '').match(/#EXT-X-DISCONTINUITY\n/g)?.length ?? 0;
  const direct = `${zapette.url}/live/index.m3u8`;
  const before = [await breaks(direct), list === null ? 0 : await breaks(list)];
  const switching = zapette.post('/set_active_stream', { channel_id: 2 });
  const seenAt = async (url: string, known = 0) => {
    for (let tries = 0; tries < 200; tries++) {
      if ((await breaks(url)) > known) return performance.now();
      await sleep(50);
    }
    return Number.NaN;
  };
  const [there, through] = await Promise.all([
    seenAt(direct, before[0]),
    list === null ? null : seenAt(list, before[1]),
    switching,
  ]);
  return through === null ? 0 : (through - there) / 1_000;
}

async function get(url: string, headers: Record<string, string>): Promise<string | null> {
  try {
    const answer = await fetch(url, { headers, dispatcher: agent, signal: AbortSignal.timeout(15_000) });
    const text = await answer.text();
    return answer.ok ? text : null;
  } catch {
    return null;
  }
}

function newAsked(): Asked {
  return { segments: new Map(), playlists: 0 };
}

/** Stands between an edge and home, and counts. */
async function countingDoor(home: URL, asked: Asked): Promise<Server> {
  const keep = new NodeAgent({ keepAlive: true, maxSockets: 64 });
  const server = createServer((incoming, answer) => {
    const { url = '' } = incoming;
    if (url.endsWith('.ts')) asked.segments.set(url, (asked.segments.get(url) ?? 0) + 1);
    else if (url.endsWith('.m3u8')) asked.playlists++;
    const outgoing = request(
      { host: home.hostname, port: home.port, path: url, headers: incoming.headers, agent: keep },
      (from: IncomingMessage) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      },
    );
    outgoing.on('error', () => answer.destroy());
    outgoing.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server | undefined): number {
  const address = server?.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function startNginx(port: number, origin: number) {
  const template = await readFile(new URL('../deploy/edge/nginx.conf.template', import.meta.url), 'utf8');
  const site = template
    .replaceAll(/\$\{ORIGIN_HOST\}/g, `127.0.0.1:${origin}`)
    .replaceAll(/\$\{EDGE_SECRET\}/g, SECRET)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('/var/cache/nginx/zapette', join(folder, `cache-${port}`));
  const path = join(folder, `nginx-${port}.conf`);
  await writeFile(
    path,
    `worker_processes 1; daemon off; pid ${path}.pid; error_log ${path}.log; user root;
     events { worker_connections 4096; } http { ${site} }`,
  );
  return running(execa('nginx', ['-c', path], { reject: false }), 500);
}

async function startVarnish(port: number, origin: number) {
  const vcl = await readFile(new URL('../deploy/edge/zapette.vcl', import.meta.url), 'utf8');
  const path = join(folder, `edge-${port}.vcl`);
  await writeFile(path, vcl.replace('"8002"', `"${origin}"`));
  const args = [
    '-F',
    '-f',
    path,
    '-a',
    `127.0.0.1:${port}`,
    '-s',
    'malloc,256m',
    '-n',
    join(folder, `v-${port}`),
  ];
  return running(execa('varnishd', args, { reject: false }), 3_000);
}

/** A program, once it has had time to begin. */
async function running(run: { kill(): boolean } & PromiseLike<unknown>, patience: number) {
  await sleep(patience);
  return {
    stop: async () => {
      run.kill();
      await run;
    },
  };
}
