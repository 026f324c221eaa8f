/**
 * Measures the past of a screen on disk, at 8 Mb/s.
 *
 *   node bench/ring.ts [fill | serve | cpu]      (all of them unless given)
 *
 * fill: six hours of segments in a few minutes: memory by the hour, and what the playlist of all of it costs. Takes 22 GB.
 * serve: segments of the past in any order, as a ratio to nginx with the same ones as files (Linux; needs nginx, wrk, taskset).
 * cpu: a channel on air with its past and without, and the memory of each (Linux: reads /proc).
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { LivePlaylist } from '../src/stream/segments/live-playlist.ts';
import { RewindPlaylist } from '../src/stream/segments/ring/rewind-playlist.ts';
import { RingDisk } from '../src/stream/segments/ring/ring-disk.ts';
import { FakeClock } from '../test/fakes/fake-clock.ts';
import { silentLogger } from '../test/fakes/silent-logger.ts';
import { startEightMegabits } from './eight-megabits.ts';
import { cpuOf, cpuOfTree } from './processes.ts';
import { freePort, median, seconds, startZapette, table } from './tools.ts';
import { keepViewing } from './viewer.ts';

const HOUR = 3_600_000;
const SEGMENT_SECONDS = 2;
const SEGMENT_BYTES = 188 * Math.round(((8e6 / 8) * SEGMENT_SECONDS) / 188);
const ROUNDS = 3;

const parts = { fill, serve, cpu };
const wanted = process.argv[2];
for (const [name, part] of Object.entries(parts)) if (!wanted || wanted === name) await part();

/** Fills a folder with so many milliseconds of the past. */
async function makePast(folder: string, length: number, onHour: (hour: number) => void = () => {}) {
  const clock = new FakeClock();
  const logger = silentLogger;
  const disk = new RingDisk({ folder, length: () => length, freeSpace: async () => 1e15, clock, logger });
  const ring = await disk.open('live');
  const playlist = new LivePlaylist({
    ...{ targetDuration: 6, window: 24, storage: ring, logger },
    first: { sequence: 1_000_000, discontinuitySequence: 0 },
  });
  for (let time = 0; time < length; time += SEGMENT_SECONDS * 1000) {
    clock.skip(SEGMENT_SECONDS * 1000);
    const bytes = randomBytes(SEGMENT_BYTES);
    bytes[0] = 0x47;
    const segment = { bytes, duration: SEGMENT_SECONDS, independent: true, discontinuity: false };
    playlist.append(segment, clock.now());
    await ring.flush();
    if (time % HOUR === 0 && time > 0) onHour(time / HOUR);
  }
  await ring.close();
  return ring;
}

async function fill(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zapette-ring-'));
  const rows: string[][] = [];
  const note = (hour: number) => {
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    rows.push([String(hour), ...[rss, heapUsed, external].map((bytes) => (bytes / 2 ** 20).toFixed(0))]);
  };
  const ring = await makePast(folder, 6 * HOUR, note);
  note(6);
  console.log(table(['hours of past', 'resident MB', 'heap MB', 'outside the heap MB'], rows));
  const rewind = new RewindPlaylist({
    ...{ ring, targetDuration: 6, discontinuities: true },
    uri: (sequence) => `../seg/${sequence}.ts`,
  });
  const first = ring.entries[0]?.sequence ?? 0;
  const timed = (work: () => unknown): number => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  };
  const begun = timed(() => rewind.text(first));
  const again = median(Array.from({ length: 200 }, () => timed(() => rewind.text(first))));
  const size = rewind.text(first)?.length ?? 0;
  console.log(
    `the playlist of six hours has ${(size / 1e6).toFixed(2)} MB; the first takes ${begun.toFixed(1)} ms, each further one ${again.toFixed(2)} ms`,
  );
  const opened = new RingDisk({
    ...{ folder, clock: new FakeClock(), logger: silentLogger },
    length: () => 6 * HOUR,
    freeSpace: async () => 1e15,
  });
  const begin = performance.now();
  const taken = await opened.open('live');
  console.log(
    `the next process takes over ${taken.entries.length} segments in ${seconds(performance.now() - begin)}`,
  );
  await rm(folder, { recursive: true, force: true });
}

async function serve(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
  const past = join(dataDir, 'cache', 'rewind');
  await mkdir(past, { recursive: true });
  const ring = await makePast(past, HOUR / 2);
  const sequences = ring.entries.map(({ sequence }) => sequence);
  const files = join(dataDir, 'files');
  await mkdir(files);
  for (const sequence of sequences) {
    const bytes = await ring.read(sequence);
    if (bytes) await writeFile(join(files, `${sequence}.ts`), bytes);
  }
  const zapette = await startZapette({ dataDir, env: { REWIND_MINUTES: '600' } });
  await execa('taskset', ['-a', '-p', '-c', '0', String(zapette.pid)]);
  const port = await freePort();
  await writeFile(
    join(dataDir, 'nginx.conf'),
    `worker_processes 1; daemon off; pid ${dataDir}/pid; error_log ${dataDir}/error.log; user root;
     events { worker_connections 1024; }
     http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types { video/mp2t ts; }
       server { listen 127.0.0.1:${port}; location /live/seg/ { alias ${files}/; } } }`,
  );
  const nginx = execa('taskset', ['-c', '0', 'nginx', '-c', join(dataDir, 'nginx.conf')], { reject: false });
  await sleep(500);
  const rows: string[][] = [];
  const orders = {
    'any segment of half an hour': sequences,
    'viewers close together': sequences.slice(0, 6),
  };
  for (const [name, asked] of Object.entries(orders)) {
    const script = join(dataDir, 'order.lua');
    await writeFile(
      script,
      `local all = { ${asked.join(',')} }
       request = function() return wrk.format("GET", "/live/seg/" .. all[math.random(#all)] .. ".ts") end`,
    );
    const ours: Load[] = [];
    const theirs: Load[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await load(zapette, script));
      theirs.push(await load({ url: `http://127.0.0.1:${port}`, pid: nginx.pid ?? 0 }, script));
    }
    const medians = [ours, theirs].map((loads) => ({
      rate: median(loads.map(({ rate }) => rate)),
      cost: median(loads.map(({ cost }) => cost)),
    }));
    const [own = { rate: 0, cost: 0 }, other = own] = medians;
    rows.push([
      ...[name, own.rate.toFixed(0), other.rate.toFixed(0), (own.rate / other.rate).toFixed(2)],
      ...[own.cost.toFixed(2), other.cost.toFixed(2), (other.cost / own.cost).toFixed(2)],
    ]);
  }
  // What else the machine does counts for the first ratio, and hardly for the second.
  const heads = ['Zapette', 'nginx', 'ratio', 'CPU ms of each: Zapette', 'nginx', 'ratio'];
  console.log(table(['segments of 2 MB a second', ...heads], rows));
  nginx.kill();
  await nginx;
  await zapette.stop();
}

interface Load {
  /** Segments a second. */
  readonly rate: number;
  /** Milliseconds of the processor that the server takes for each. */
  readonly cost: number;
}

async function load(
  { url, pid }: { readonly url: string; readonly pid: number },
  script: string,
): Promise<Load> {
  const before = await cpuOfTree(pid);
  const { stdout } = await execa('taskset', ['-c', '1', 'wrk', '-t1', '-c16', '-d5s', '-s', script, url]);
  const used = (await cpuOfTree(pid)) - before;
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`errors from ${url}: ${stdout}`);
  const count = Number(/(\d+) requests in/.exec(stdout)?.[1]);
  return { rate: Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]), cost: (1000 * used) / count };
}

async function cpu(): Promise<void> {
  const minutes = 3;
  const rows: string[][] = [];
  for (const rewind of ['0', '30']) {
    const { zapette, stop } = await startEightMegabits({ env: { REWIND_MINUTES: rewind } });
    await zapette.post('/set_active_stream', { channel_id: 1 });
    const stopViewing = keepViewing(zapette);
    await sleep(60_000);
    const before = await cpuOf(zapette.pid);
    await sleep(minutes * 60_000);
    const used = (await cpuOf(zapette.pid)) - before;
    const status = await readFile(`/proc/${zapette.pid}/status`, 'utf8');
    const resident = Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) / 1024;
    const kept = await readdir(join(zapette.dataDir, 'cache', 'rewind', 'live')).catch(() => []);
    rows.push([
      rewind,
      `${((100 * used) / (minutes * 60)).toFixed(2)} %`,
      resident.toFixed(0),
      String(kept.length),
    ]);
    stopViewing();
    await stop();
  }
  console.log(table(['minutes of past', 'of a core', 'resident MB', 'files'], rows));
}
