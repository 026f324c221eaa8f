/**
 * Measures what reaches home with two edges in front of it, nginx and Varnish with the configuration of deploy/edge, while
 * players take the live channel through them: how often each segment and each playlist is asked for at home, how long
 * playlists take, how old they are, how much later a switch is seen through an edge, and what home sends.
 *
 *   node bench/edges.ts [players, 10,500,5000 unless given] [seconds of each run, 20 unless given] [Mb/s of picture, 0.05 unless given]
 *
 * About 40 seconds for each number of players and each of two ways: four minutes in all. Needs Linux, nginx and varnishd. As
 * root with `ip`, home, edges and players have a network namespace each, and what home sends is read from its interface; else
 * everything is on loopback. 5,000 players take 10,000 connections: `ulimit -Hn` of 12,000 or more.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { type CrowdOrder, type CrowdReport, POLL } from './edge-crowd.ts';
import { countingDoor, startCount, startNginx, startVarnish, startVarnishLog } from './edge-programs.ts';
import { enterNetwork } from './network.ts';
import { play, record } from './paced-source.ts';
import { cpuOf, cpuOfTree } from './processes.ts';
import { freePort, startPanel, startZapette, table } from './tools.ts';

const counts = (process.argv[2] ?? '10,500,5000').split(',').map(Number);
const seconds = Number(process.argv[3] ?? 20);
const megabits = Number(process.argv[4] ?? 0.05);
const SECRET = 'the-secret-of-this-bench';
/** Seconds in which all players have come, before anything counts. */
const WARM_UP = 6;

const network = await enterNetwork(fileURLToPath(import.meta.url), ['home', 'nginx', 'varnish', 'players']);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const recording = await record(ffmpegPath, {
  ...{ keyframeSeconds: 2, seconds: 60, size: '320x180' },
  ...{ megabits, soundChannels: 2, soundKilobits: 32 },
});
const panel = await startPanel(
  [1, 2].map((id) => ({
    id,
    name: `Channel ${id}`,
    serve: (response) => void play(recording, response, 0, 4),
  })),
);
const folder = await mkdtemp(join(tmpdir(), 'zapette-edges-'));
const atHome: string[][] = [];
const atPlayers: string[][] = [];
for (const players of counts) for (const from of ['home', 'edges'] as const) await measure(players, from);
console.log(
  table(
    ['players', 'playlists from', 'edge', 'segments', 'asked for once', 'most', 'playlists a second'],
    atHome,
  ),
);
console.log(
  `\n${table(
    [
      ...[
        'players',
        'playlists from',
        'done',
        'Mb/s to players',
        'p99 of playlists',
        'oldest',
        'switch later by',
        'after a pause behind by',
      ],
      ...['home sent', 'home counts', 'CPU: home', 'nginx', 'Varnish', 'players late by', 'failures'],
    ],
    atPlayers,
  )}`,
);
await panel.stop();
await rm(folder, { recursive: true, force: true });

async function measure(players: number, from: 'home' | 'edges'): Promise<void> {
  let home = new URL('http://127.0.0.1');
  const doors = [
    await countingDoor(() => home, network.addressOf('home')),
    await countingDoor(() => home, network.addressOf('home')),
  ] as const;
  const ports = { nginx: await freePort(), varnish: await freePort() };
  const common = { network, folder, secret: SECRET };
  const ofNginx = { ...common, machine: 'nginx', port: ports.nginx, origin: doors[0].origin };
  const nginx = await startNginx(ofNginx);
  const ofVarnish = { ...common, machine: 'varnish', port: ports.varnish, origin: doors[1].origin };
  const varnish = await startVarnish(ofVarnish);
  const varnishLog = await startVarnishLog(ofVarnish);
  const edges = [
    `http://${network.addressOf('nginx')}:${ports.nginx}`,
    `http://${network.addressOf('varnish')}:${ports.varnish}`,
  ];
  const zapette = await startZapette({
    account: panel.account,
    env: {
      HOST: network.isApart ? '0.0.0.0' : '127.0.0.1',
      SEGMENTS_URL: edges.join(','),
      EDGE_SECRET: SECRET,
      PLAYLIST_CACHE_SECONDS: from === 'edges' ? '1' : '0',
    },
  });
  home = new URL(zapette.url);
  const direct = `http://${network.addressOf('home')}:${home.port}/live/index.m3u8`;
  await zapette.post('/set_active_stream', { channel_id: 1 });
  await sleep(4_000);
  const first = (await zapette.text('/live/index.m3u8')).trim().split('\n').at(-1) ?? '';
  const prefix = new URL(first).pathname.replace(/\d+\.ts$/, '');
  const throughEdges = edges.map((edge) => `${edge}${prefix}index.m3u8`);

  const origin = `${network.addressOf('home')}:${home.port}`;
  const sidecars = [
    varnishLog,
    await startCount({ ...ofNginx, origin }),
    await startCount({ ...ofVarnish, origin }),
  ];
  const crowd = startCrowd(players, from === 'home' ? [direct] : throughEdges);
  await sleep(WARM_UP * 1_000);
  for (const { asked } of doors) {
    asked.segments.clear();
    asked.playlists = 0;
  }
  const begun = performance.now();
  const published = followHome(`${zapette.url}/live/index.m3u8`);
  const programs = [cpuOf(zapette.pid), cpuOfTree(nginx.pid), cpuOfTree(varnish.pid)];
  const before = await Promise.all(programs);
  const sentBefore = await network.sentBy('home');
  await sleep((seconds * 1_000) / 2);
  const later = await switchLater(zapette, from === 'home' ? [] : throughEdges);
  const { viewers } = JSON.parse(await zapette.text('/stream_status')) as { viewers: number };
  const reports = await crowd;
  const length = (performance.now() - begun) / 1_000;
  const taken = doors.map(({ asked }) => ({
    often: [...asked.segments.values()],
    playlists: asked.playlists / length,
  }));
  const sent = await network.sentBy('home');
  const after = await Promise.all([cpuOf(zapette.pid), cpuOfTree(nginx.pid), cpuOfTree(varnish.pid)]);
  const times = await published.stop();
  const behind = await newcomerBehind(`${zapette.url}/live/index.m3u8`, from === 'home' ? [] : throughEdges);

  for (const [at, { often, playlists }] of taken.entries()) {
    atHome.push([
      ...[String(players), from, at === 0 ? 'nginx' : 'Varnish', String(often.length)],
      `${((100 * often.filter((each) => each === 1).length) / Math.max(1, often.length)).toFixed(0)} %`,
      String(Math.max(0, ...often)),
      playlists.toFixed(2),
    ]);
  }
  const waits = reports.flatMap((each) => each.waits).sort((a, b) => a - b);
  const bytes = reports.reduce((sum, each) => sum + each.bytes, 0);
  const failures = reports.flatMap((each) => Object.entries(each.failures));
  const share = (at: number) => `${((100 * ((after[at] ?? 0) - (before[at] ?? 0))) / seconds).toFixed(0)} %`;
  atPlayers.push([
    ...[
      String(players),
      from,
      `${((100 * waits.length) / (players * ((1_000 * seconds) / POLL))).toFixed(0)} %`,
    ],
    ((8 * bytes) / seconds / 1e6).toFixed(1),
    `${waits[Math.floor(waits.length * 0.99)] ?? '?'} ms`,
    `${(oldest(reports, times) / 1_000).toFixed(1)} s`,
    `${later.toFixed(1)} s`,
    `${behind} segments`,
    sent === null || sentBefore === null
      ? '?'
      : `${((8 * (sent - sentBefore)) / seconds / 1e6).toFixed(2)} Mb/s`,
    String(viewers),
    ...[share(0), share(1), share(2)],
    `${Math.max(...reports.map(({ lag }) => lag)).toFixed(0)} ms`,
    failures.length === 0 ? '0' : failures.map(([what, often]) => `${often} × ${what}`).join(', '),
  ]);
  await Promise.all([...sidecars, nginx, varnish].map((program) => program.stop()));
  for (const door of doors) door.close();
  await zapette.stop();
}

/** Players in as many processes as there are processors. */
async function startCrowd(players: number, lists: readonly string[]): Promise<CrowdReport[]> {
  const processes = Math.min(players, availableParallelism());
  const file = fileURLToPath(new URL('edge-crowd.ts', import.meta.url));
  return Promise.all(
    Array.from({ length: processes }, async (_, at) => {
      const first = Math.floor((at * players) / processes);
      const [command, args] = network.on('players', process.execPath, [file]);
      const run = execa(command, args, { ipc: true, stdio: ['ignore', 'inherit', 'inherit'] });
      const order: CrowdOrder = {
        ...{ first, players: Math.floor(((at + 1) * players) / processes) - first, lists },
        ...{ warmUp: WARM_UP * 1_000, length: seconds * 1_000 },
      };
      await run.sendMessage({ ...order, lists: [...lists] });
      const report = await run.getOneMessage();
      await run;
      return report as unknown as CrowdReport;
    }),
  );
}

/** Notes when home lists each segment, in epoch milliseconds, by asking as the watch page does. */
function followHome(url: string) {
  const times = new Map<number, number>();
  const leave = new AbortController();
  const following = (async () => {
    let next = 0;
    while (!leave.signal.aborted) {
      const query = next === 0 ? '' : `?_HLS_msn=${next}`;
      const text = await fetch(url + query, { signal: leave.signal }).then(
        (answer) => answer.text(),
        () => '',
      );
      const last = Number(/(\d+)\.ts\s*$/.exec(text)?.[1] ?? 0);
      if (!times.has(last)) times.set(last, Date.now());
      next = last + 1;
    }
  })();
  return {
    stop: async () => {
      leave.abort();
      await following;
      return times;
    },
  };
}

/** The longest time for which a player was still given a playlist after home had a newer one, in milliseconds. */
function oldest(reports: readonly CrowdReport[], published: ReadonlyMap<number, number>): number {
  const lates = reports.flatMap(({ lastSeen }) =>
    Object.entries(lastSeen).flatMap(([number, at]) => {
      const replaced = published.get(Number(number) + 1);
      return replaced === undefined ? [] : at - replaced;
    }),
  );
  return Math.max(0, ...lates);
}

/** Segments by which the playlist of an edge is behind that of home for whoever comes when nobody has asked for a while. */
async function newcomerBehind(home: string, lists: readonly string[]): Promise<number> {
  if (lists.length === 0) return 0;
  await sleep(12_000);
  const [there = Number.NaN, ...through] = await Promise.all([home, ...lists].map(lastOf));
  return Math.max(...through.map((last) => there - last));
}

/** Seconds by which a switch is in an edge's playlist later than at home, of the edge that is last; 0 without edges. */
async function switchLater(
  zapette: Awaited<ReturnType<typeof startZapette>>,
  lists: readonly string[],
): Promise<number> {
  let first: number | null = null;
  const switched = zapette.post('/set_active_stream', { channel_id: 2 }).then((status) => {
    first = status.first_segment;
  });
  /** When a playlist first listed what is on after the switch. */
  const seenAt = async (url: string) => {
    const ends: [number, number][] = [];
    for (let tries = 0; tries < 800; tries++) {
      ends.push([await lastOf(url), performance.now()]);
      const found = first === null ? undefined : ends.find(([last]) => last >= (first ?? 0));
      if (found) return found[1];
      await sleep(25);
    }
    return Number.NaN;
  };
  const [there = 0, ...through] = await Promise.all([`${zapette.url}/live/index.m3u8`, ...lists].map(seenAt));
  await switched;
  return Math.max(0, ...through.map((at) => (at - there) / 1_000));
}

/** The number of a playlist's last segment. */
async function lastOf(url: string): Promise<number> {
  return Number(/(\d+)\.ts\s*$/.exec(await (await fetch(url)).text())?.[1] ?? Number.NaN);
}
