/**
 * Measures autocomplete in Discord over a long list while a stream is served: the time from sending a keystroke to the bot
 * to receiving its suggestions, through a fake of Discord's gateway and API on loopback, and the delay of the event loop.
 * An idle process beside it shows how much of that the machine causes.
 *
 *   node bench/autocomplete.ts [--channels 50000] [--viewers 200] [--megabits 4] [--keystrokes 600] [--seed 1]
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { execa } from 'execa';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { ids, startScene, token } from '../test/fakes/discord/scene.ts';
import type { CrowdOptions } from './crowd.ts';
import { loopReport } from './loop-watch.ts';
import { play, record } from './paced-source.ts';
import { makeCatalogue } from './search-catalogue.ts';
import { makeQueries, pick, seededRandom } from './search-queries.ts';
import { startPanel, startZapette, table } from './tools.ts';

/** Milliseconds between two keystrokes, as of several people who type at once. */
const BETWEEN = 50;
const WARM_UP = 15_000;
const SHORTEST = 2;
const LIVE = 1;

const { values } = parseArgs({
  options: {
    channels: { type: 'string', default: '50000' },
    viewers: { type: 'string', default: '200' },
    megabits: { type: 'string', default: '4' },
    keystrokes: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
  },
});
const [channels, viewers, megabits, keystrokes, seed] = [
  Number(values.channels),
  Number(values.viewers),
  Number(values.megabits),
  Number(values.keystrokes),
  Number(values.seed),
];

const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const recording = await record(ffmpegPath, { keyframeSeconds: 2, megabits, seconds: 20 });
const entries = makeCatalogue(channels - 1, seed);
const panel = await startPanel([
  { id: LIVE, name: 'Bench', serve: (response) => void play(recording, response, 0, 8) },
  ...entries.map(([name], at) => ({ id: LIVE + 1 + at, name, serve: () => {} })),
]);
const { fake } = await startScene();
const folder = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const loopWatch = new URL('loop-watch.ts', import.meta.url).href;
const report = join(folder, 'loop.json');
const idleReport = join(folder, 'idle.json');
const idle = execa(process.execPath, ['--import', loopWatch, '--eval', 'setInterval(() => {}, 1e6)'], {
  env: { LOOP_WATCH: idleReport },
  reject: false,
});
const zapette = await startZapette({
  account: panel.account,
  env: {
    DISCORD_TOKEN: token,
    DISCORD_API_URL: fake.api,
    DISCORD_GUILD_ID: ids.guild,
    DISCORD_VIEWER_ROLES: ids.dj,
    LOOP_WATCH: report,
    NODE_OPTIONS: `--import=${loopWatch}`,
  },
});
await fake.online();
while (fake.registeredCommands(ids.guild).length === 0) await sleep(50);
const anna = fake.user(ids.anna);
const random = seededRandom(seed);
const wishes = makeQueries(entries, 300, seed + 1).map(({ q }) => q);

await zapette.post('/set_active_stream', { channel_id: LIVE });
const alone = await measure();
const crowdOptions: CrowdOptions = { url: zapette.url, viewers };
const crowd = new Worker(new URL('crowd.ts', import.meta.url), { workerData: crowdOptions });
await sleep(WARM_UP);
const before = await fetched();
const started = performance.now();
const served = await measure();
const rate = ((await fetched()) - before) / ((performance.now() - started) * 125);
const seen = JSON.parse(await zapette.text('/stream_status')) as { viewers: number };
console.log(
  `${channels} channels, ${keystrokes} keystrokes, one each ${BETWEEN} ms; ${seen.viewers} viewers, ${rate.toFixed(0)} Mb/s in all`,
);
console.log(
  table(
    ['milliseconds', 'median', 'p95', 'p99', 'longest', 'loop p99', 'longest block', 'of an idle process'],
    [
      ['nobody watches', ...alone],
      [`${viewers} viewers`, ...served],
    ],
  ),
);
await crowd.terminate();
await zapette.stop();
idle.kill();
await idle;
await fake.stop();
await panel.stop();
await rm(folder, { recursive: true, force: true });

async function measure(): Promise<string[]> {
  await Promise.all([loop(zapette.pid, report), loop(idle.pid as number, idleReport)]);
  const times: number[] = [];
  for (let at = 0; at < keystrokes; at++) {
    const wish = pick(wishes, random);
    const typed = wish.slice(0, SHORTEST + Math.floor(random() * (wish.length - SHORTEST + 1)));
    const begun = performance.now();
    await anna.autocomplete(ids.tv, 'play', 'channel', typed).answered();
    times.push(performance.now() - begun);
    await sleep(BETWEEN);
  }
  const [ours, nobodys] = await Promise.all([
    loop(zapette.pid, report),
    loop(idle.pid as number, idleReport),
  ]);
  times.sort((a, b) => a - b);
  const part = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return [part(0.5), part(0.95), part(0.99), part(1), ours.p99, ours.max, nobodys.max].map((time) =>
    time.toFixed(1),
  );
}

/** The delay of the event loop since the last reading. */
async function loop(pid: number, file: string) {
  await rm(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (;;) {
    await sleep(20);
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text.endsWith('}')) return loopReport.parse(JSON.parse(text));
  }
}

/** Bytes fetched by the viewers so far. */
function fetched(): Promise<number> {
  return new Promise((resolve) => {
    crowd.once('message', (bytes: number) => resolve(bytes));
    crowd.postMessage('bytes');
  });
}
