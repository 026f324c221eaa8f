/**
 * Measures requests per second for segments and playlists, as a ratio to nginx with sendfile serving the same bytes. Each
 * server has one core to itself, wrk the other (Linux; needs nginx, wrk and taskset on the PATH).
 *
 *   node bench/serve.ts [seconds per measurement, 5 unless given]
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { play, record } from './paced-source.ts';
import { freePort, median, startPanel, startZapette, table } from './tools.ts';

const ROUNDS = 3;
const seconds = Number(process.argv[2] ?? 5);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const sizes = [
  { id: 1, name: '1 MB segment', megabits: 4 },
  { id: 2, name: '4 MB segment', megabits: 16 },
];
const recordings = await Promise.all(
  sizes.map(({ megabits }) =>
    record(ffmpegPath, { keyframeSeconds: 2, megabits, seconds: 20, size: '1920x1080' }),
  ),
);
const panel = await startPanel(
  sizes.map(({ id, name }, index) => {
    const recording = recordings[index];
    if (!recording) throw new Error('no recording');
    return { id, name, serve: (response) => void play(recording, response, 0, 8) };
  }),
);
const zapette = await startZapette({ account: panel.account });
await execa('taskset', ['-a', '-p', '-c', '0', String(zapette.pid)]);

const folder = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const port = await freePort();
await writeFile(
  join(folder, 'nginx.conf'),
  `worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log; user root;
   events { worker_connections 1024; }
   http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types { video/mp2t ts; application/vnd.apple.mpegurl m3u8; }
     server { listen 127.0.0.1:${port}; root ${folder}; } }`,
);
const nginx = execa('taskset', ['-c', '0', 'nginx', '-c', join(folder, 'nginx.conf')], { reject: false });
await sleep(500);

const rows: string[][] = [];
for (const { id, name } of sizes) {
  const { first_segment: first } = await zapette.post('/set_active_stream', { channel_id: id });
  // The first segments after a switch are short.
  const path = `/live/seg/${first + 3}.ts`;
  while (!(await zapette.text('/live/index.m3u8')).includes(`${first + 3}.ts`)) await sleep(100);
  const bytes = Buffer.from(await (await fetch(zapette.url + path)).arrayBuffer());
  await zapette.post('/stop_stream');
  await writeFile(join(folder, 'segment.ts'), bytes);
  rows.push(
    await compare(
      `${name} (${(bytes.length / 1e6).toFixed(1)} MB)`,
      zapette.url + path,
      `http://127.0.0.1:${port}/segment.ts`,
    ),
  );
}
const playlist = await zapette.text('/live/index.m3u8');
await writeFile(join(folder, 'index.m3u8'), playlist);
rows.push(
  await compare(
    `playlist (${playlist.length} bytes)`,
    `${zapette.url}/live/index.m3u8`,
    `http://127.0.0.1:${port}/index.m3u8`,
  ),
);
console.log(table(['requests a second', 'Zapette', 'nginx', 'ratio'], rows));
nginx.kill();
await nginx;
await zapette.stop();
await panel.stop();
await rm(folder, { recursive: true, force: true });

/** Measures the servers in turn, so that neither has the quieter moment, and takes medians. */
async function compare(name: string, ours: string, theirs: string): Promise<string[]> {
  const a: number[] = [];
  const b: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    a.push(await load(ours));
    b.push(await load(theirs));
  }
  return [name, median(a).toFixed(0), median(b).toFixed(0), (median(a) / median(b)).toFixed(2)];
}

async function load(url: string): Promise<number> {
  const { stdout } = await execa('taskset', ['-c', '1', 'wrk', '-t1', '-c16', `-d${seconds}s`, url]);
  if (/Non-2xx/.test(stdout)) throw new Error(`errors from ${new URL(url).pathname}`);
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)?.[1]);
}
