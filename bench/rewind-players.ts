/**
 * Seeks in the past of a screen: how far the first picture after each seek is from the moment that was asked for. The
 * picture is a clock with keyframes every 5 s, in segments of 2 s.
 *
 *   node bench/rewind-players.ts [ffmpeg] [mpv] [vlc] [kodi]      (all of them unless given)
 *
 * Debian: ffmpeg, mpv, vlc, kodi, kodi-pvr-iptvsimple, kodi-inputstream-adaptive, pulseaudio, xvfb.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { z } from 'zod';
import { clockOf, clockPixels, makeClockTs, type ShownClock } from '../test/fakes/clock-picture.ts';
import { startKodi } from './kodi-player.ts';
import { startVlc, virtualScreen } from './players.ts';
import { freePort, median, startPanel, startZapette, table } from './tools.ts';

const MINUTES = 4;
const SEEKS = 12;
/** Milliseconds for a seek. */
const PATIENCE = 20_000;
/** VLC shows a picture in its own size. */
const SIZE = { width: 1280, height: 720 };
/** Bytes of a picture for `clockOf`. */
const CLOCK_BYTES = 180;
/** Seconds by which the clock is elsewhere after a seek; by less, it only went on. */
const JUMP = 3;

/** Shows the moment, and resolves with the seconds on the clock; null if there is none. */
type Seek = (seconds: number) => Promise<number | null>;
interface Seeker {
  readonly seek: Seek;
  stop(): Promise<void>;
}

const dataDir = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
const picture = await makeClockTs({ channel: 0, seconds: 20 * 60, keyframeSeconds: 5, size: SIZE });
// Its connection is read at the pace of the picture.
const panel = await startPanel([{ id: 1, name: 'Clock', serve: (response) => void response.write(picture) }]);
const zapette = await startZapette({ dataDir, keepData: true, account: panel.account });
await zapette.post('/set_active_stream', { channel_id: 1 });
console.log(`the clock is on air for ${MINUTES} minutes first`);
await sleep(MINUTES * 60_000);
const url = `${zapette.url}/live/rewind.m3u8`;
/** What the clock shows where the playlist begins. */
const clockAtBegin = await calibrate();
const players: Readonly<Record<string, () => Promise<Seeker>>> = { ffmpeg, mpv, vlc, kodi };
const rows: string[][] = [];
for (const [name, open] of Object.entries(players)) {
  if (process.argv.length > 2 && !process.argv.includes(name)) continue;
  const player = await open();
  const errors: number[] = [];
  for (let count = 0; count < SEEKS; count++) {
    // Back and forth, as people seek; first far from where a player begins.
    const wished = Math.round(MINUTES * 60 * (count % 2 === 0 ? 0.9 - 0.055 * count : 0.1 + 0.06 * count));
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
  const screen = await watchedScreen();
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
    seek: (seconds) =>
      screen.afterSeek(() =>
        send({ path: socket }, `${JSON.stringify({ command: ['seek', seconds, 'absolute+exact'] })}\n`),
      ),
    stop: async () => {
      run.kill();
      await run;
      await screen.stop();
    },
  };
}

async function vlc(): Promise<Seeker> {
  const screen = await watchedScreen();
  const port = await freePort();
  const run = startVlc(url, port, screen.display, ['--no-osd']);
  await sleep(12_000);
  return {
    seek: (seconds) => screen.afterSeek(() => send({ host: '127.0.0.1', port }, `seek ${seconds}\n`)),
    stop: async () => {
      run.kill('SIGKILL');
      await run;
      await screen.stop();
    },
  };
}

/** With InputStream Adaptive: Kodi's own player cannot seek in a playlist that grows. */
async function kodi(): Promise<Seeker> {
  const screen = await watchedScreen();
  const addOn = { id: 'pvr.iptvsimple', needs: ['inputstream.adaptive'], settings: {} } as const;
  const player = await startKodi(addOn, screen.display);
  const file = join(dataDir, 'past.strm');
  await writeFile(
    file,
    [
      '#KODIPROP:inputstream=inputstream.adaptive',
      '#KODIPROP:inputstream.adaptive.manifest_type=hls',
      '#KODIPROP:mimetype=application/vnd.apple.mpegurl',
      url,
    ].join('\n'),
  );
  await player.call('Player.Open', { item: { file } }, z.unknown());
  await sleep(20_000);
  return {
    seek: (seconds) =>
      screen.afterSeek(() => {
        const time = { hours: 0, minutes: Math.floor(seconds / 60), seconds: seconds % 60, milliseconds: 0 };
        return player.call('Player.Seek', { playerid: 1, value: { time } }, z.unknown());
      }),
    stop: async () => {
      await player.stop();
      await screen.stop();
    },
  };
}

/** A virtual screen whose clock is read ten times a second. */
async function watchedScreen() {
  const screen = await virtualScreen(`${SIZE.width}x${SIZE.height}`);
  const grab = execa(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'x11grab', '-framerate', '10', '-video_size', `${SIZE.width}x${SIZE.height}`],
      ...['-draw_mouse', '0', '-i', screen.display, ...clockPixels],
    ],
    { reject: false, buffer: false, encoding: 'buffer' },
  );
  let rest = Buffer.alloc(0);
  let before: ShownClock | null = null;
  let latest: { readonly clock: number; readonly at: number } | null = null;
  grab.stdout.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (; rest.length >= CLOCK_BYTES; rest = rest.subarray(CLOCK_BYTES)) {
      const clock = clockOf(rest);
      // Twice, since a player may draw something over one.
      if (clock && before && Math.abs(clock.seconds - before.seconds) < 0.5)
        latest = { clock: before.seconds, at: performance.now() };
      before = clock;
    }
  });
  return {
    display: screen.display,
    /** The clock of the first picture after a seek; null if it does not come. */
    afterSeek: async (seek: () => Promise<unknown>): Promise<number | null> => {
      const from = latest;
      await seek();
      const asked = performance.now();
      while (performance.now() - asked < PATIENCE) {
        await sleep(50);
        if (!latest || latest === from) continue;
        const played = from ? (latest.at - from.at) / 1000 : 0;
        const moved = from ? latest.clock - from.clock : JUMP;
        if (moved < -0.5 || moved > played + JUMP) return latest.clock;
      }
      return null;
    },
    stop: async () => {
      grab.kill();
      await grab;
      await screen.stop();
    },
  };
}

function send(to: { path: string } | { host: string; port: number }, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection(to, () => socket.write(text));
    socket.on('error', () => resolve());
    setTimeout(() => {
      socket.end();
      resolve();
    }, 200);
  });
}
