/**
 * Reads the XMLTV of a large provider (225 MB, 750,000 programmes) as the server does, beside a bare script: htmlparser2 and one
 * SQLite statement in one thread. Both run in processes of their own, one after the other, with the same priority. Meanwhile a
 * playlist is asked for every 20 ms, and of a process that does nothing else too: on a busy machine that one is slow as well. The
 * longest turn is what the main thread did in one go, in processor time, whatever else the machine does.
 * `node bench/guide.ts [rounds]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Parser } from 'htmlparser2';
import { z } from 'zod';
import { importGuide } from '../src/catalogue/guide/import-guide.ts';
import { pick, seededRandom } from './search-queries.ts';
import { median, table } from './tools.ts';

const CHANNELS = 3_000;
const EACH = 250;
/** Different titles of a channel. */
const TITLES_EACH = 100;
const HALF_HOUR = 30 * 60_000;
const CHUNK = 64 * 1024;
/** Milliseconds for which the process at rest is asked for playlists. */
const REST = 10_000;

const report = z.object({
  seconds: z.number(),
  /** Of the processor, which says more on a machine that does other things as well. */
  cpu: z.number(),
  programmes: z.number(),
  /** Above the process at rest, in bytes. */
  memory: z.number(),
  /** The main thread's longest piece of work without a pause, in milliseconds of the processor. */
  turn: z.number(),
});
type Report = z.infer<typeof report>;
/** A report with the slowest answer, in milliseconds; null where none was asked for. */
type Run = Report & { readonly slowest: number | null };

const [, self = '', first = '1', xml = '', target = ''] = process.argv;
const works: Readonly<Record<string, () => Promise<number>>> = { bare, ours, rest: () => sleep(REST, 0) };
const work = works[first];
if (work) await measured(work);
else await compare(Number(first));

async function compare(rounds: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'zapette-guide-'));
  try {
    const file = join(directory, 'guide.xml');
    await makeFile(file);
    const { size } = await stat(file);
    const rests: Run[] = [];
    const bares: Run[] = [];
    const ourses: Run[] = [];
    for (let round = 0; round < rounds; round++) {
      rests.push(await run('rest', file, directory));
      bares.push(await run('bare', file, directory));
      ourses.push(await run('ours', file, directory));
    }
    const row = (name: string, reports: readonly Run[]) => [
      name,
      median(reports.map(({ seconds }) => seconds)).toFixed(2),
      median(reports.map(({ cpu }) => cpu)).toFixed(2),
      (size / 1e6 / median(reports.map(({ seconds }) => seconds))).toFixed(0),
      (Math.max(...reports.map(({ memory }) => memory)) / 1024 ** 2).toFixed(0),
      ...slownessOf(reports),
      String(reports[0]?.programmes),
    ];
    const rows = [
      ['at rest', '', '', '', '', ...slownessOf(rests), ''],
      row('bare script', bares),
      row('Zapette', ourses),
    ];
    const head = [
      '',
      's',
      's of the processor',
      'MB/s',
      'MB above idle',
      'slowest playlist (ms)',
      'longest turn (ms of the processor)',
      'programmes',
    ];
    const ratio = (of: 'seconds' | 'cpu') =>
      median(bares.map((each, at) => (ourses[at]?.[of] ?? Number.NaN) / each[of])).toFixed(2);
    process.stdout.write(
      `${(size / 1e6).toFixed(0)} MB, load of the machine ${loadavg()[0]?.toFixed(1)}\n${table(head, rows)}\nZapette takes ${ratio('seconds')} × the time of the bare script, ${ratio('cpu')} × of the processor\n`,
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The slowest answer and the longest turn of all rounds; nothing of a script that holds up its own process. */
function slownessOf(runs: readonly Run[]): string[] {
  const most = (of: (run: Run) => number | null) => {
    const values = runs.map(of).filter((value) => value !== null);
    return values.length > 0 ? Math.max(...values).toFixed(1) : '';
  };
  return [most(({ slowest }) => slowest), most(({ slowest, turn }) => (slowest === null ? null : turn))];
}

async function run(kind: 'bare' | 'ours' | 'rest', file: string, directory: string): Promise<Run> {
  const child = fork(self, [kind, file, join(directory, `${kind}.db`)], { execArgv: process.execArgv });
  const port = z.object({ port: z.number() }).parse(await messageOf(child)).port;
  const answers: number[] = [];
  const done = messageOf(child);
  let isDone = false;
  void done.finally(() => {
    isDone = true;
  });
  // The bare script holds up its own process.
  while (kind !== 'bare' && !isDone) {
    const asked = performance.now();
    await (await fetch(`http://127.0.0.1:${port}/live.m3u8`)).text();
    answers.push(performance.now() - asked);
    await sleep(20);
  }
  const found = report.parse(await done);
  await rm(join(directory, `${kind}.db`), { force: true });
  return { ...found, slowest: kind === 'bare' ? null : Math.max(...answers.slice(5)) };
}

function messageOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
  });
}

/** Runs in the process of its own. */
async function measured(work: () => Promise<number>): Promise<void> {
  const server = createServer((_request, response) => response.end('#EXTM3U\n'.repeat(40)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.send?.({ port: (server.address() as AddressInfo).port });
  await sleep(300);
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const started = performance.now();
  const before = process.cpuUsage();
  const longestTurn = watchTurns();
  const programmes = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  peak = Math.max(peak, process.memoryUsage.rss());
  clearInterval(timer);
  process.send?.({
    ...{ seconds, cpu: (user + system) / 1e6, programmes, memory: peak - idle },
    turn: longestTurn(),
  } satisfies Report);
  await sleep(100);
  process.exit();
}

/** @returns the most processor time that this thread has used between two ticks of a timer, in milliseconds */
function watchTurns(): () => number {
  const used = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let before = used();
  let longest = 0;
  setInterval(() => {
    const now = used();
    longest = Math.max(longest, now - before);
    before = now;
  }, 1);
  return () => longest;
}

/** The least that such work can be. */
async function bare(): Promise<number> {
  if (process.platform === 'linux') setPriority(19);
  const database = new DatabaseSync(target);
  database.exec(
    'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE p (channel, start, stop, title, more, description); BEGIN',
  );
  const insert = database.prepare('INSERT INTO p VALUES (?, ?, ?, ?, ?, ?)');
  let programmes = 0;
  let attributes: Record<string, string> = {};
  let texts: Record<string, string> = {};
  let field = '';
  const parser = new Parser(
    {
      onopentag(name, found) {
        field = name;
        if (name === 'programme') {
          attributes = found;
          texts = {};
        }
      },
      ontext(text) {
        texts[field] = (texts[field] ?? '') + text;
      },
      onclosetag(name) {
        field = '';
        if (name !== 'programme') return;
        programmes++;
        const { channel = '', start = '', stop = '' } = attributes;
        const { title = '', desc = '' } = texts;
        insert.run(channel, start, stop, title, texts['sub-title'] ?? null, desc);
      },
    },
    { xmlMode: true },
  );
  for await (const chunk of createReadStream(xml, { encoding: 'utf8', highWaterMark: CHUNK }))
    parser.write(String(chunk));
  parser.end();
  database.exec('COMMIT');
  database.close();
  return programmes;
}

/** As the server does it. */
async function ours(): Promise<number> {
  const now = Date.now();
  const { programmes } = await importGuide(createReadStream(xml, { highWaterMark: CHUNK }), {
    path: target,
    from: now - 3 * 3_600_000,
    to: now + 7 * 24 * 3_600_000,
    madeAt: now,
    former: null,
    version: { etag: null, modified: null },
    longPasts: [],
    signal: AbortSignal.timeout(300_000),
  });
  return programmes;
}

/** Titles repeat as series do; a part of the texts has entities and accents. */
async function makeFile(path: string): Promise<void> {
  const random = seededRandom(7);
  const words =
    'le la une deux grand petit été maison journal film sport match série mystère ville nuit jour mer montagne cuisine voyage monde histoire musique enfants secret rouge bleu dernier premier'.split(
      ' ',
    );
  const sentence = (length: number) => Array.from({ length }, () => pick(words, random)).join(' ');
  const titles = Array.from({ length: 60_000 }, () => sentence(2 + Math.floor(random() * 4)));
  const out = createWriteStream(path);
  const write = async (text: string) => {
    if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  };
  await write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tv SYSTEM "xmltv.dtd">\n<tv>\n');
  for (let channel = 0; channel < CHANNELS; channel++)
    await write(
      `  <channel id="Channel${channel}.tv"><display-name>FR: Channel ${channel}</display-name></channel>\n`,
    );
  const begin = Math.floor(Date.now() / HALF_HOUR) * HALF_HOUR - 2 * HALF_HOUR;
  for (let channel = 0; channel < CHANNELS; channel++) {
    let text = '';
    const own = Array.from({ length: TITLES_EACH }, () => pick(titles, random));
    for (let at = 0; at < EACH; at++) {
      const start = begin + at * HALF_HOUR;
      text += `  <programme start="${xmltvTime(start)}" stop="${xmltvTime(start + HALF_HOUR)}" channel="Channel${channel}.tv">\n    <title lang="fr">${pick(own, random)}</title>\n`;
      if (random() < 0.3) text += `    <sub-title>${sentence(3)}</sub-title>\n`;
      const description = random() < 0.2 ? `L&#039;${sentence(12)} &amp; ${sentence(3)}` : sentence(14);
      text += `    <desc lang="fr">${description}.</desc>\n    <category>${pick(words, random)}</category>\n`;
      if (random() < 0.3) text += `    <episode-num system="xmltv_ns">${at % 9}.${at % 24}.</episode-num>\n`;
      text += '  </programme>\n';
    }
    await write(text);
  }
  out.end('</tv>\n');
  await finished(out);
}

function xmltvTime(time: number): string {
  return `${new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)} +0000`;
}
