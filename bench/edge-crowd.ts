/** A process with many players, each of which fetches a playlist every two seconds and every new segment once. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { KeepAlive } from './keep-alive.ts';

export const POLL = 2_000;

export interface CrowdOrder {
  /** The number of the first player, whose user agent it is. */
  readonly first: number;
  readonly players: number;
  /** Addresses of playlists; players take them in turn. */
  readonly lists: readonly string[];
  /** Milliseconds before anything counts. */
  readonly warmUp: number;
  /** Milliseconds that count. */
  readonly length: number;
}

export interface CrowdReport {
  /** Milliseconds that each playlist took. */
  readonly waits: readonly number[];
  readonly segments: number;
  readonly bytes: number;
  readonly failures: Readonly<Record<string, number>>;
  /** When a playlist that ended with a segment was last received, in epoch milliseconds. */
  readonly lastSeen: Readonly<Record<number, number>>;
  /** The 99th percentile of how late this process itself was, in milliseconds. */
  readonly lag: number;
}

interface Listed {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly number: number;
}

let counts = false;
const waits: number[] = [];
const failures: Record<string, number> = {};
const lastSeen: Record<number, number> = {};
let segments = 0;
let bytes = 0;
/** Playlists that are the same, of the same address, are read once. */
const read = new Map<string, readonly Listed[]>();

process.on('message', (order: CrowdOrder) => void run(order));

async function run({ first, players, lists, warmUp, length }: CrowdOrder): Promise<void> {
  const lag = monitorEventLoopDelay({ resolution: 10 });
  const until = performance.now() + warmUp + length;
  const all = Array.from({ length: players }, (_, at) =>
    play(`player ${first + at}`, lists[(first + at) % lists.length] ?? '', until),
  );
  await sleep(warmUp);
  counts = true;
  lag.enable();
  await Promise.all(all);
  const report: CrowdReport = { waits, segments, bytes, failures, lastSeen, lag: lag.percentile(99) / 1e6 };
  process.send?.(report, () => process.disconnect());
}

async function play(name: string, list: string, until: number): Promise<void> {
  const { hostname, port, pathname } = new URL(list);
  const connections = new Map<string, KeepAlive>();
  const get = async (host: string, at: number, path: string, keeps: boolean) => {
    const key = `${host}:${at}`;
    const connection = connections.get(key) ?? new KeepAlive(host, at);
    connections.set(key, connection);
    const answer = await connection.get(path, name, keeps);
    if (answer.status !== 200) throw new Error(`${answer.status} ${path.replace(/^.*\//, '')}`);
    return answer;
  };
  let last = -1;
  await sleep(Math.random() * POLL);
  while (performance.now() < until) {
    const began = performance.now();
    try {
      const { text } = await get(hostname, Number(port), pathname, true);
      if (counts) waits.push(Math.round(performance.now() - began));
      const listed = listedIn(text, list);
      lastSeen[listed.at(-1)?.number ?? 0] = Date.now();
      const fresh = last < 0 ? listed.slice(-1) : listed.filter(({ number }) => number > last);
      for (const { host, port: at, path, number } of fresh) {
        last = number;
        const segment = await get(host, at, path, false);
        if (!counts) continue;
        segments++;
        bytes += segment.bytes;
      }
    } catch (error) {
      const { message } = error as Error;
      if (counts) failures[message] = (failures[message] ?? 0) + 1;
    }
    await sleep(Math.max(0, POLL - (performance.now() - began)));
  }
  for (const connection of connections.values()) connection.close();
}

function listedIn(text: string, list: string): readonly Listed[] {
  const key = list + text;
  const known = read.get(key);
  if (known) return known;
  if (read.size > 100) read.clear();
  const found = text.split('\n').flatMap((line) => {
    const number = /(\d+)\.ts(?:\?|$)/.exec(line)?.[1];
    if (number === undefined || line.startsWith('#')) return [];
    const { hostname, port, pathname, search } = new URL(line, list);
    return { host: hostname, port: Number(port), path: pathname + search, number: Number(number) };
  });
  read.set(key, found);
  return found;
}
