/**
 * Measures how well and how fast channels are found, beside fuse.js and minisearch, in one run.
 *
 *   node bench/search.ts [catalogue.json[.gz]] [queries.json] [--size 150000] [--ours] [--seed 1]
 *
 * The catalogue is a list of [name, key], in which entries of one key are one channel. Queries are a list of {cat, q, k};
 * a query is answered if an entry of key k is found. Without files both are made from a seed. --size enlarges the
 * catalogue by decorated copies; --ours leaves the other engines out.
 */
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { enlarge, makeCatalogue } from './search-catalogue.ts';
import { type Answer, type BenchEngine, channelsOf, engines } from './search-engines.ts';
import { type BenchQuery, type Entry, makeQueries } from './search-queries.ts';

/** The most seconds of one engine; a slower engine answers fewer queries, evenly chosen. */
const MOST_SECONDS = 20;
const TOPS = [1, 5, 25] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    seed: { type: 'string', default: '1' },
    ours: { type: 'boolean', default: false },
  },
});
const [catalogueFile, queryFile] = positionals;
const seed = Number(values.seed);
const pairs = z.array(z.tuple([z.string(), z.string()]));
const base: readonly Entry[] = catalogueFile
  ? pairs.parse(await read(catalogueFile))
  : makeCatalogue(Number(values.size ?? 50_000), seed);
// Serialised once like a list from outside, since strings built in pieces would count as more memory.
const entries: readonly Entry[] = pairs.parse(
  JSON.parse(JSON.stringify(values.size ? enlarge(base, Number(values.size), seed) : base)),
);
const queries = queryFile
  ? z.array(z.object({ cat: z.string(), q: z.string(), k: z.string() })).parse(await read(queryFile))
  : makeQueries(base, 300, seed + 1);
const channels = channelsOf(entries);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

console.log(
  `${entries.length} entries, ${new Set(entries.map(([, key]) => key)).size} keys, ${queries.length} queries`,
);
console.log('top-1 / 5 / 25 %      p50 / p95 ms      build ms  longest block  memory MB');
for (const engine of engines.slice(0, values.ours ? 1 : engines.length)) await measure(engine);

async function measure({ name, build }: BenchEngine): Promise<void> {
  const before = memory();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // The histogram counts from its second tick on.
  await sleep(5);
  const started = performance.now();
  const answer = await build(entries, channels);
  const buildTime = performance.now() - started;
  // The next tick records the block at the end of the build.
  await sleep(20);
  delay.disable();
  const used = memory() - before;
  const { times, hits, byKind } = ask(answer);
  const rates = TOPS.map((_, at) => ((100 * (hits[at] ?? 0)) / times.length).toFixed(1)).join(' / ');
  const [p50, p95] = [0.5, 0.95].map((part) => (times[Math.floor(times.length * part)] ?? 0).toFixed(2));
  console.log(
    `${rates.padEnd(21)} ${`${p50} / ${p95}`.padEnd(17)} ${buildTime.toFixed(0).padEnd(9)} ` +
      `${`${(delay.max / 1e6).toFixed(1)} ms`.padEnd(14)} ${used.toFixed(1).padEnd(10)} ${name}` +
      (times.length < queries.length ? ` (${times.length} of the queries)` : ''),
  );
  if (name !== 'ours') return;
  for (const [kind, { asked, found }] of byKind) {
    console.log(
      `    ${kind.padEnd(14)} ${found.map((count) => ((100 * count) / asked).toFixed(0)).join(' / ')}  of ${asked}`,
    );
  }
}

function ask(answer: Answer) {
  const warmUp = performance.now();
  for (const { q } of spread(queries).slice(0, 100)) {
    answer(q, 25);
    if (performance.now() - warmUp > 1000) break;
  }
  const times: number[] = [];
  const hits = [0, 0, 0];
  const byKind = new Map<string, { asked: number; found: number[] }>();
  const started = performance.now();
  for (const { cat, q, k } of spread(queries)) {
    if (performance.now() - started > MOST_SECONDS * 1000) break;
    const from = performance.now();
    const found = answer(q, 25);
    times.push(performance.now() - from);
    const at = found.findIndex((places) => places.some((place) => entries[place]?.[1] === k));
    const kind = byKind.get(cat) ?? { asked: 0, found: [0, 0, 0] };
    byKind.set(cat, kind);
    kind.asked++;
    for (const [index, top] of TOPS.entries()) {
      if (at < 0 || at >= top) continue;
      hits[index] = (hits[index] ?? 0) + 1;
      kind.found[index] = (kind.found[index] ?? 0) + 1;
    }
  }
  return { times: times.sort((a, b) => a - b), hits, byKind };
}

/** Orders the queries so that every prefix is a fair sample. */
function spread(list: readonly BenchQuery[]): BenchQuery[] {
  const step = 7;
  return Array.from({ length: step }, (_, first) => list.filter((_query, at) => at % step === first)).flat();
}

/** Heap and typed arrays in MB after a garbage collection. */
function memory(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

async function read(file: string): Promise<unknown> {
  const bytes = await readFile(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}
