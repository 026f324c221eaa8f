/**
 * Measures what one core of this program carries by itself, without edges (Linux: reads /proc).
 *
 *   node bench/origin.ts [hls | ts | events] [clients of ts at 4 Mb/s, 1,500 unless given]     (all unless given; two minutes each)
 *
 * hls: viewers of HLS at 4 Mb/s, beside as many of nginx that serves the same playlist and segments as files at the same time
 *      (needs nginx); what each viewer costs of the processor, from which follows how many a core carries.
 * ts: the same for /live.ts, at 4 Mb/s and at 0.3 Mb/s.
 * events: 2,000 pages that listen to /api/events while the status changes 100 times: who hears what, and how late.
 */
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import type { CrowdOrder, CrowdReport } from './edge-crowd.ts';
import { play, record } from './paced-source.ts';
import { cpuOf, cpuOfTree } from './processes.ts';
import type { ReadersOrder, ReadersReport } from './readers.ts';
import { freePort, startPanel, startZapette, table } from './tools.ts';

type Zapette = Awaited<ReturnType<typeof startZapette>>;

const HLS_VIEWERS = 100;
const EVENT_READERS = 2_000;
const CHANGES = 100;
/** Seconds over which the processor is measured. */
const LENGTH = 20;

const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const parts = { hls, ts, events };
const wanted = process.argv[2];
for (const [name, part] of Object.entries(parts)) if (!wanted || wanted === name) await part();

/** Zapette with two channels of so many Mb/s. */
async function withChannels(megabits: number, use: (zapette: Zapette) => Promise<void>): Promise<void> {
  const isSmall = megabits < 1;
  const recording = await record(ffmpegPath, {
    ...{ keyframeSeconds: 2, seconds: 30, megabits, soundChannels: 2 },
    ...(isSmall ? { size: '320x180', soundKilobits: 48 } : { size: '1280x720' }),
  });
  const panel = await startPanel(
    [1, 2].map((id) => ({
      id,
      name: `Channel ${id}`,
      serve: (response) => void play(recording, response, 0, 4),
    })),
  );
  const zapette = await startZapette({ account: panel.account });
  await use(zapette);
  await zapette.stop();
  await panel.stop();
}

/** Seconds of the processor that a program takes each second. */
async function load(cpu: () => Promise<number>): Promise<number> {
  const before = await cpu();
  await sleep(LENGTH * 1_000);
  return ((await cpu()) - before) / LENGTH;
}

async function hls(): Promise<void> {
  await withChannels(4, async (zapette) => {
    await zapette.post('/set_active_stream', { channel_id: 1 });
    // In memory, as the segments of Zapette are.
    const folder = await mkdtemp('/dev/shm/zapette-bench-');
    const mirror = mirrorTo(folder, zapette);
    const nginx = await startFiles(folder);
    await sleep(6_000);
    const servers = [() => cpuOf(zapette.pid), () => cpuOfTree(nginx.pid)];
    const idle = await Promise.all(servers.map(load));
    const warmUp = 6_000;
    const crowd = runCrowd({
      ...{ first: 0, players: 2 * HLS_VIEWERS, warmUp, length: LENGTH * 1_000 },
      lists: [`${zapette.url}/live/index.m3u8`, `${nginx.url}/index.m3u8`],
    });
    await sleep(warmUp);
    const busy = await Promise.all(servers.map(load));
    const { bytes, waits, failures } = await crowd;
    const each = servers.map((_, at) => ((busy[at] ?? 0) - (idle[at] ?? 0)) / HLS_VIEWERS);
    const [own = 0, other = 0] = each;
    console.log(
      table(
        ['HLS at 4 Mb/s', 'viewers', 'of a core', 'without viewers', 'viewers a core carries'],
        ['Zapette', 'nginx'].map((name, at) => [
          ...[name, String(HLS_VIEWERS), percent(busy[at]), percent(idle[at])],
          (1 / (each[at] ?? 0)).toFixed(0),
        ]),
      ),
    );
    const rate = (8 * bytes) / LENGTH / (2 * HLS_VIEWERS) / 1e6;
    const done = waits.length / (HLS_VIEWERS * LENGTH);
    console.log(
      `a viewer of Zapette costs ${(own / other).toFixed(2)} times one of nginx; each got ${rate.toFixed(1)} Mb/s, ` +
        `${(100 * done).toFixed(0)} % of the playlists, ${Object.keys(failures).length} kinds of failures\n`,
    );
    await mirror.stop();
    await nginx.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

async function ts(): Promise<void> {
  const rows: string[][] = [];
  for (const [megabits, connections] of [
    [4, Number(process.argv[3] ?? 1_500)],
    [0.3, 1_000],
  ] as const)
    await withChannels(megabits, async (zapette) => {
      await zapette.post('/set_active_stream', { channel_id: 1 });
      await sleep(5_000);
      const idle = await load(() => cpuOf(zapette.pid));
      // One process would not read so much.
      const crowds = [0, 1].map(() =>
        startReaders(zapette, { path: '/live.ts', connections: connections / 2, reads: 'bytes' }),
      );
      const report = () => Promise.all(crowds.map((readers) => readers.report()));
      await sleep(connections + 6_000);
      await report();
      const begun = performance.now();
      const busy = await load(() => cpuOf(zapette.pid));
      const reports = await report();
      const length = (performance.now() - begun) / 1_000;
      for (const readers of crowds) await readers.stop();
      const open = reports.reduce((sum, each) => sum + each.open, 0);
      const bytes = reports.reduce((sum, each) => sum + each.bytes, 0);
      const least = Math.min(...reports.map((each) => each.leastBytes));
      const rate = (count: number) => `${((8 * count) / length / 1e6).toFixed(2)} Mb/s`;
      rows.push([
        ...[`${megabits} Mb/s`, `${open} of ${connections}`, rate(bytes / open), rate(least)],
        ...[percent(busy), percent(idle), (connections / (busy - idle)).toFixed(0)],
      ]);
    });
  console.log(
    table(
      [
        ...['/live.ts', 'clients', 'each got', 'at least', 'of a core', 'without clients'],
        'clients a core carries',
      ],
      rows,
    ),
  );
  console.log();
}

async function events(): Promise<void> {
  await withChannels(0.3, async (zapette) => {
    const memory = async () =>
      Number(/VmRSS:\s*(\d+)/.exec(await readFile(`/proc/${zapette.pid}/status`, 'utf8'))?.[1]) / 1024;
    const before = await memory();
    const readers = startReaders(zapette, {
      ...{ path: '/api/events', connections: EVENT_READERS, reads: 'events' },
    });
    await sleep(EVENT_READERS + 8_000);
    const { open } = await readers.report();
    const listening = await memory();
    const used = await cpuOf(zapette.pid);
    const begun = performance.now();
    const asked: number[] = [];
    const answers: Promise<unknown>[] = [];
    let latest = 0;
    for (let change = 0; change < CHANGES; change++) {
      asked.push(Date.now());
      const path = change % 2 === 0 ? '/set_active_stream' : '/stop_stream';
      // A channel that is called off while it opens is refused, which is as well.
      answers.push(zapette.post(path, { channel_id: 1 }).catch(() => {}));
      await sleep(700);
      latest = Math.max(latest, await lagOf(zapette));
    }
    await Promise.all(answers);
    await sleep(3_000);
    const cpu = ((await cpuOf(zapette.pid)) - used) / ((performance.now() - begun) / 1_000);
    const { flips, bytes } = await readers.report();
    await readers.stop();
    const whole = flips.filter((times) => times.length === CHANGES);
    const last = flips.filter((times) => times.length % 2 === CHANGES % 2);
    const delays = whole
      .flatMap((times) => times.map((time, at) => time - (asked[at] ?? 0)))
      .sort((a, b) => a - b);
    const at = (share: number) => `${delays[Math.floor(delays.length * share)] ?? '?'} ms`;
    console.log(
      table(
        [
          ...['pages', 'changes', 'heard all', 'know the last', 'p50', 'p99', 'of a core', 'lag at worst'],
          ...['MB before', 'with pages', 'afterwards', 'MB sent'],
        ],
        [
          [
            ...[String(open), String(CHANGES), String(whole.length), String(last.length), at(0.5), at(0.99)],
            ...[percent(cpu), `${latest.toFixed(0)} ms`, before.toFixed(0), listening.toFixed(0)],
            ...[(await memory()).toFixed(0), (bytes / 1e6).toFixed(0)],
          ],
        ],
      ),
    );
  });
}

/** The longest time of the last half minute for which the process answered nobody, in milliseconds, as /metrics tells it. */
async function lagOf(zapette: Zapette): Promise<number> {
  const said = await zapette.text('/metrics');
  return 1_000 * Number(/^zapette_event_loop_lag_seconds(?:\{[^}]*\})? ([\d.e-]+)/m.exec(said)?.[1]);
}

function percent(share = 0): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Writes the live playlist and its segments into a folder as they come. */
function mirrorTo(folder: string, zapette: Zapette) {
  const leave = new AbortController();
  const written = new Set<string>();
  const mirroring = (async () => {
    await mkdir(join(folder, 'seg'));
    while (!leave.signal.aborted) {
      const text = await zapette.text('/live/index.m3u8');
      for (const [path] of text.matchAll(/seg\/\d+\.ts/g)) {
        if (written.has(path)) continue;
        const answer = await fetch(`${zapette.url}/live/${path}`);
        await writeFile(join(folder, path), Buffer.from(await answer.arrayBuffer()));
        written.add(path);
      }
      await writeFile(join(folder, 'new.m3u8'), text);
      await rename(join(folder, 'new.m3u8'), join(folder, 'index.m3u8'));
      await sleep(200);
    }
  })();
  return {
    stop: async () => {
      leave.abort();
      await mirroring;
    },
  };
}

async function startFiles(folder: string) {
  const port = await freePort();
  const path = join(folder, 'nginx.conf');
  await writeFile(
    path,
    `worker_processes 1; daemon off; pid ${path}.pid; error_log ${path}.log; user root;
     events { worker_connections 1024; }
     http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
       types { video/mp2t ts; application/vnd.apple.mpegurl m3u8; }
       server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  );
  const run = execa('nginx', ['-c', path], { reject: false });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: run.pid ?? 0,
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

async function runCrowd(order: CrowdOrder): Promise<CrowdReport> {
  const run = startProcess('edge-crowd.ts');
  await run.sendMessage({ ...order, lists: [...order.lists] });
  return (await run.getOneMessage()) as unknown as CrowdReport;
}

function startReaders(zapette: Zapette, order: Omit<ReadersOrder, 'host' | 'port'>) {
  const run = startProcess('readers.ts');
  const { hostname, port } = new URL(zapette.url);
  void run.sendMessage({ ...order, host: hostname, port: Number(port) });
  return {
    report: async () => {
      const [report] = await Promise.all([run.getOneMessage(), run.sendMessage('report')]);
      return report as unknown as ReadersReport;
    },
    stop: async () => {
      await run.sendMessage('end');
      await run;
    },
  };
}

function startProcess(file: string) {
  return execa(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    ...{ ipc: true, reject: false, stdio: ['ignore', 'inherit', 'inherit'] },
  });
}
