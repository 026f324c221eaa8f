/**
 * Measures /epg.xml of 10,000 channels and 750,000 programmes beside a bare script that makes the same rows of the same file
 * into XML in one go: the time, the memory above an idle server, and the longest delay of the event loop meanwhile.
 *
 *   node bench/epg.ts [rounds, 3 unless given]        (Linux: reads /proc)
 */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { GuideWriter } from '../src/catalogue/guide/guide-writer.ts';
import { loopReport } from './loop-watch.ts';
import { median, table } from './tools.ts';

const CHANNELS = 10_000;
const PROGRAMMES = 75;
const HOUR = 3_600_000;
const LENGTH = 2.25 * HOUR;
const rounds = Number(process.argv[2] ?? 3);

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly programmes: number;
  readonly above: number;
  readonly delay: number;
  /** The longest piece of work without a pause, in milliseconds of the processor. */
  readonly turn: number;
}

const folder = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const path = join(folder, 'guide.db');
writeGuide();
const runs: Record<string, Measured[]> = { bare: [], 'one player': [], packed: [], 'three players': [] };
for (let round = 0; round < rounds; round++) {
  runs.bare?.push(await measure('bare', 1, 'identity'));
  runs['one player']?.push(await measure('zapette', 1, 'identity'));
  runs.packed?.push(await measure('zapette', 1, 'gzip'));
  runs['three players']?.push(await measure('zapette', 3, 'identity'));
}
await rm(folder, { recursive: true });
const of = (kind: string, value: (run: Measured) => number) => median((runs[kind] ?? []).map(value));
const bare = of('bare', ({ seconds }) => seconds);
console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
console.log(
  table(
    [
      '',
      'seconds',
      '× bare',
      'MB',
      'programmes',
      'MB above idle',
      'longest turn, ms of CPU',
      'longest delay, ms',
    ],
    Object.keys(runs).map((kind) => [
      kind,
      of(kind, ({ seconds }) => seconds).toFixed(1),
      (of(kind, ({ seconds }) => seconds) / bare).toFixed(2),
      of(kind, ({ megabytes }) => megabytes).toFixed(0),
      of(kind, ({ programmes }) => programmes).toFixed(0),
      of(kind, ({ above }) => above).toFixed(0),
      kind === 'bare' ? '' : of(kind, ({ turn }) => turn).toFixed(1),
      of(kind, ({ delay }) => delay).toFixed(1),
    ]),
  ),
);

function writeGuide(): void {
  const writer = new GuideWriter(path);
  const began = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR;
  for (let number = 0; number < CHANNELS; number++) {
    for (let place = 0; place < PROGRAMMES; place++) {
      const title = `Programme ${(number * 31 + place) % 20_000}`;
      const start = began + place * LENGTH;
      writer.add({
        channel: `channel.${number}`,
        title,
        details: place % 3 ? { categories: ['Series'], season: 1, episode: place + 1 } : null,
        description:
          `What happens in ${title} & after it, told in the ${place} words that most providers spend on it. `.repeat(
            2,
          ),
        start,
        stop: start + LENGTH,
      });
    }
  }
  writer.finish(Date.now());
}

/** Lets players fetch the guide from a server in a process of its own. */
async function measure(kind: 'bare' | 'zapette', players: number, encoding: string): Promise<Measured> {
  const report = join(folder, 'loop.json');
  const child = execa(
    process.execPath,
    [
      '--import',
      fileURLToPath(new URL('./loop-watch.ts', import.meta.url)),
      fileURLToPath(new URL('./epg-server.ts', import.meta.url)),
      kind,
      path,
      String(CHANNELS),
    ],
    { env: { LOOP_WATCH: report }, stdin: 'ignore', stderr: 'inherit', reject: false, buffer: false },
  );
  const pid = child.pid as number;
  const url = await new Promise<string>((resolve) =>
    child.stdout.once('data', (said: Buffer) => resolve(String(said).trim())),
  );
  const loop = async (): Promise<number> => {
    await rm(report, { force: true });
    process.kill(pid, 'SIGUSR2');
    for (;;) {
      const text = await readFile(report, 'utf8').catch(() => '');
      if (text !== '') return loopReport.parse(JSON.parse(text)).max;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  // One that fetches nothing but the headers: modules are loaded, nothing is written.
  await fetch(url, { method: 'HEAD' });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const idle = await residentOf(pid);
  await loop();
  let most = idle;
  const watching = setInterval(() => {
    void residentOf(pid).then((now) => {
      most = Math.max(most, now);
    });
  }, 50);
  const began = performance.now();
  const fetched = await Promise.all(Array.from({ length: players }, () => fetchAll(url, encoding)));
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watching);
  const delay = await loop();
  const last = once(child.stdout, 'data');
  child.kill();
  const turn = Number(String((await last)[0]));
  await child;
  const [{ bytes, programmes } = { bytes: 0, programmes: 0 }] = fetched;
  return { seconds, megabytes: bytes / 1e6, programmes, above: most - idle, delay, turn };
}

/** Reads a whole answer, and counts its programmes unless it is packed. */
async function fetchAll(url: string, encoding: string): Promise<{ bytes: number; programmes: number }> {
  const response = await fetch(url, { headers: { 'accept-encoding': encoding } });
  let bytes = 0;
  let programmes = 0;
  for await (const part of response.body as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    for (let at = -1; ; programmes++) {
      at = Buffer.from(part.buffer, part.byteOffset, part.length).indexOf('</programme>', at + 1);
      if (at < 0) break;
    }
  }
  return { bytes, programmes };
}

async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1]) / 1024;
}
