/**
 * Seeks in the past of a screen with players that stand on libavformat: how far the picture after each
 * seek is from the moment that was asked for. The picture is a clock with keyframes every 5 s, in segments of 2 s.
 *
 *   node bench/rewind-players.ts [ffmpeg | mpv]      (both unless given)
 *
 * Debian: ffmpeg, mpv, xvfb.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { clockOf, clockPixels, makeClockTs } from '../test/fakes/clock-picture.ts';
import { virtualScreen } from './players.ts';
import { median, startPanel, startZapette, table } from './tools.ts';

const MINUTES = 4;
const SEEKS = 12;
const PATIENCE = 12_000;

/** Shows the moment, and resolves with the seconds on the clock; null if there is none. */
type Seek = (seconds: number) => Promise<number | null>;
interface Seeker {
  readonly seek: Seek;
  stop(): Promise<void>;
}

const dataDir = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const picture = await makeClockTs({ channel: 0, seconds: 30 * 60, keyframeSeconds: 5 });
// Its connection is read at the pace of the picture.
const panel = await startPanel([{ id: 1, name: 'Clock', serve: (response) => void response.write(picture) }]);
const zapette = await startZapette({ dataDir, keepData: true, account: panel.account });
await zapette.post('/set_active_stream', { channel_id: 1 });
console.log(`the clock is on air for ${MINUTES} minutes first`);
await sleep(MINUTES * 60_000);
const url = `${zapette.url}/live/rewind.m3u8`;
/** What the clock shows where the playlist begins. */
const clockAtBegin = await calibrate();
const screen = await virtualScreen();
const players: Readonly<Record<string, () => Promise<Seeker>>> = { ffmpeg, mpv };
const rows: string[][] = [];
for (const [name, open] of Object.entries(players)) {
  if (process.argv[2] && process.argv[2] !== name) continue;
  const player = await open();
  const errors: number[] = [];
  for (let count = 0; count < SEEKS; count++) {
    // Back and forth, as people seek.
    const wished = Math.round(MINUTES * 60 * (count % 2 === 0 ? 0.1 + 0.06 * count : 0.9 - 0.06 * count));
    const shown = await player.seek(wished);
    console.log(
      `${name}: ${wished} asked for, ${shown === null ? 'nothing' : (shown - clockAtBegin).toFixed(1)} shown`,
    );
    if (shown !== null) errors.push(shown - clockAtBegin - wished);
  }
  await player.stop();
  const within = errors.filter((error) => Math.abs(error) <= 1).length;
  rows.push([
    name,
    `${errors.length} of ${SEEKS}`,
    String(within),
    errors.length === 0
      ? '–'
      : `${median(errors).toFixed(1)} s (${Math.min(...errors).toFixed(1)} to ${Math.max(...errors).toFixed(1)})`,
  ]);
}
console.log(table(['player', 'seeks', 'within 1 s', 'off by, median (from, to)'], rows));
await screen.stop();
await zapette.stop();
await panel.stop();
await rm(dataDir, { recursive: true, force: true });

/** Takes the clock of the fifth segment of a minute, and what the playlist says of it. */
async function calibrate(): Promise<number> {
  const answer = await fetch(url);
  const lines = (await answer.text()).split('\n');
  const durations = lines.flatMap((line) => /^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? []).map(Number);
  const segments = lines.filter((line) => line.includes('seg/'));
  for (const at of segments.keys()) {
    if (at < 5) continue;
    const segment = await fetch(new URL(segments[at] ?? '', answer.url));
    const { stdout } = await execa(
      'ffmpeg',
      ['-v', 'error', '-i', 'pipe:0', '-frames:v', '1', ...clockPixels],
      {
        ...{ encoding: 'buffer', reject: false, input: Buffer.from(await segment.arrayBuffer()) },
      },
    );
    const clock = clockOf(stdout);
    if (clock) return clock.seconds - durations.slice(0, at).reduce((sum, duration) => sum + duration, 0);
  }
  throw new Error('no clock in the past');
}

async function ffmpeg(): Promise<Seeker> {
  return {
    seek: async (seconds) => {
      const { stdout } = await execa(
        'ffmpeg',
        ['-v', 'error', '-ss', String(seconds), '-i', url, '-frames:v', '1', ...clockPixels],
        { encoding: 'buffer', reject: false, timeout: 30_000 },
      );
      return clockOf(stdout)?.seconds ?? null;
    },
    stop: async () => {},
  };
}

async function mpv(): Promise<Seeker> {
  const socket = join(dataDir, 'mpv');
  const run = execa(
    'mpv',
    [
      ...['--no-config', '--fs', '--vo=x11', '--ao=null', '--osc=no', '--osd-level=0', '--pause'],
      ...[`--input-ipc-server=${socket}`, '--really-quiet', url],
    ],
    { reject: false, stdio: 'ignore', env: { DISPLAY: screen.display } },
  );
  await sleep(8_000);
  return {
    seek: async (seconds) => {
      await send({ path: socket }, `${JSON.stringify({ command: ['seek', seconds, 'absolute+exact'] })}\n`);
      return settledClock(seconds);
    },
    stop: async () => {
      run.kill();
      await run;
    },
  };
}

/** The clock on the screen at the moment at which it has come near, less the time since the seek; else as it stays. */
async function settledClock(wished: number): Promise<number | null> {
  const asked = performance.now();
  let shown: number | null = null;
  while (performance.now() - asked < PATIENCE) {
    await sleep(200);
    const since = (performance.now() - asked) / 1000;
    shown = await clockOnScreen();
    // Keyframes are 5 s apart, and playing goes on.
    if (shown !== null && Math.abs(shown - clockAtBegin - wished) <= 6 + since) return shown;
  }
  return shown;
}

async function clockOnScreen(): Promise<number | null> {
  const { stdout } = await execa(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'x11grab', '-video_size', '1280x720', '-i', screen.display],
      ...['-frames:v', '1', ...clockPixels],
    ],
    { encoding: 'buffer', reject: false, timeout: 10_000 },
  );
  return clockOf(stdout)?.seconds ?? null;
}

function send(to: { path: string }, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection(to, () => socket.write(text));
    socket.on('error', () => resolve());
    setTimeout(() => {
      socket.end();
      resolve();
    }, 200);
  });
}
