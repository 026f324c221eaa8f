/**
 * Measures one catalogue of several accounts: how long all lists take to come and to be merged, how long they hold up the
 * process, what they cost in memory beside one account's, and how fast they are searched. Then the same list again with 1,000
 * channels that somebody has chosen, and with 20 patterns of names to leave out.
 *
 * Steps and searches are in milliseconds of processor time.
 *
 *   node bench/accounts.ts [entries, 300000 unless given] [accounts, 4 unless given]
 *
 * The panels are another process. Every account has the same kind of names, so that many channels are in several.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { Catalogue } from '../src/catalogue/catalogue.ts';
import { keepAll, type ListFilter } from '../src/catalogue/list-filter.ts';
import { accountId, mainAccount } from '../src/domain/ids.ts';
import { systemClock } from '../src/lib/clock.ts';
import { ProviderHttp } from '../src/lib/provider-http/provider-http.ts';
import { acceptValidOnly } from '../src/lib/provider-http/tls-accept.ts';
import type { StoredChoice } from '../src/store/channel-choices.ts';
import { XtreamClient } from '../src/xtream/client.ts';
import { XtreamProvider } from '../src/xtream/provider.ts';
import { makeCatalogue } from './search-catalogue.ts';
import { makeQueries } from './search-queries.ts';

const CATEGORIES = 200;
const CHOICES = 1_000;
const PATTERNS = Array.from(
  { length: 20 },
  (_, at) => ['xxx*', `adult ${at}`, `* ${at} * vs *`][at % 3] ?? '',
);
const [entries = 300_000, accounts = 4] = process.argv.slice(2).map(Number).filter(Number.isFinite);
const perAccount = Math.floor(entries / accounts);

if (process.env.PANELS) serve();
else await measure();

/** Serves the list of account n to the user `n`. */
function serve(): void {
  const categories = JSON.stringify(
    Array.from({ length: CATEGORIES }, (_, at) => ({
      category_id: `${at}`,
      category_name: `Category ${at}`,
    })),
  );
  const lists = Array.from({ length: accounts }, (_, account) =>
    JSON.stringify(
      makeCatalogue(perAccount, account + 1).map(([name], at) => ({
        ...{
          num: at + 1,
          name,
          stream_type: 'live',
          stream_id: at + 1,
          epg_channel_id: `tv${at % 20_000}.example`,
        },
        ...{ stream_icon: `http://logos.example/${account}/${at}.png`, category_id: `${at % CATEGORIES}` },
        ...{ tv_archive: 0, tv_archive_duration: 0, added: '1700000000', direct_source: '' },
      })),
    ),
  );
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://panel').searchParams;
    const isList = query.get('action') === 'get_live_streams';
    response.setHeader('content-type', 'application/json');
    response.end(isList ? lists[Number(query.get('username'))] : categories);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

async function measure(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const panels = fork(fileURLToPath(import.meta.url), [String(entries), String(accounts)], {
    env: { ...process.env, PANELS: '1' },
  });
  const port = await new Promise<number>((resolve) =>
    panels.once('message', (value) => resolve(Number(value))),
  );
  console.log(`${entries} entries in ${accounts} accounts; load ${loadavg()[0]?.toFixed(1)}`);
  console.log('accounts  first refresh  again          longest block  memory MB  search p50 / p95 ms');
  for (const count of [1, accounts]) await measureAccounts(port, count);
  console.log(`load ${loadavg()[0]?.toFixed(1)}`);
  panels.kill();
}

async function measureAccounts(port: number, count: number): Promise<void> {
  const before = memory();
  let chosen: readonly StoredChoice[] = [];
  let filter: ListFilter = keepAll;
  const http = new ProviderHttp({ accept: acceptValidOnly });
  const catalogue = new Catalogue({
    accounts: Array.from({ length: count }, (_, at) => {
      const id = at === 0 ? mainAccount : accountId(`x${at + 1}`);
      const login = { baseUrl: `http://127.0.0.1:${port}`, username: `${at}`, password: 'p' };
      const client = new XtreamClient({ ...login, accountId: id, userAgent: 'bench', http });
      return {
        id,
        provider: new XtreamProvider(client),
        store: { load: async () => null, save: async () => {} },
      };
    }),
    choices: { all: () => chosen, knowsIdsOf: () => true },
    filter: () => filter,
    clock: systemClock,
    log: pino({ enabled: false }),
  });
  const blocks = watchBlocks();
  await sleep(5);
  const first = await seconds(() => catalogue.refresh());
  const again = await seconds(() => catalogue.refresh());
  await sleep(20);
  const longest = blocks.stop();
  const used = memory() - before;
  const times = makeQueries(makeCatalogue(20_000, 1), 300, 2)
    .map(({ q }) => {
      const from = threadTime();
      catalogue.groups(q, { limit: 25 });
      return threadTime() - from;
    })
    .slice(50)
    .sort((a, b) => a - b);
  const at = (part: number) => (times[Math.floor(times.length * part)] ?? 0).toFixed(1);
  console.log(
    `${String(count).padEnd(9)} ${first.padEnd(14)} ${again.padEnd(14)} ` +
      `${`${longest.toFixed(1)} ms`.padEnd(14)} ${used.toFixed(0).padEnd(10)} ${at(0.5)} / ${at(0.95)}` +
      `   (${catalogue.snapshot().channels.length} channels)`,
  );
  const { channels } = catalogue.snapshot();
  const every = Math.floor(channels.length / CHOICES);
  chosen = Array.from({ length: CHOICES }, (_, index) => channels[index * every]).flatMap((channel, index) =>
    channel
      ? {
          ...{ channelId: channel.id, channelName: channel.name, isAlone: false },
          choice: {
            called: index % 2 === 0 ? { name: `Chosen ${index}`, country: null } : null,
            number: 100 + index,
            isHidden: index % 10 === 0,
          },
        }
      : [],
  );
  await measureAgain('chosen', catalogue, () => catalogue.choose());
  chosen = [];
  filter = { ...keepAll, hiddenChannels: PATTERNS };
  await measureAgain('patterns', catalogue, () => catalogue.refresh({ force: true }));
  http.close();
}

async function measureAgain(name: string, catalogue: Catalogue, job: () => Promise<unknown>): Promise<void> {
  const blocks = watchBlocks();
  await sleep(5);
  const time = await seconds(job);
  await sleep(20);
  const { length } = catalogue.snapshot().channels;
  console.log(`${name.padEnd(9)} ${time.padEnd(29)} ${blocks.stop().toFixed(1)} ms   (${length} channels)`);
}

/**
 * The longest step of this thread in milliseconds of processor time, since other programs on a busy machine are not its
 * fault: a timer runs between two steps.
 */
function watchBlocks(): { stop: () => number } {
  let [longest, last] = [0, threadTime()];
  const timer = setInterval(() => {
    const now = threadTime();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return {
    stop: () => {
      clearInterval(timer);
      return longest;
    },
  };
}

/** Milliseconds of processor time that this thread has spent. */
function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** "wall s (processor s)" */
async function seconds(job: () => Promise<unknown>): Promise<string> {
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  await job();
  const { user, system } = process.cpuUsage(cpu);
  return `${((performance.now() - from) / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)})`;
}

/** Heap and typed arrays in MB after a garbage collection. */
function memory(): number {
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
