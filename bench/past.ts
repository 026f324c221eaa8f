/**
 * Plays a minute of a channel's past in real players, by a television's address and by a private link at once: whether the
 * picture moves, how far it comes, and whether the player sees the end.
 *
 *   node bench/past.ts [mpv | vlc | ffmpeg | ffplay | gstreamer | streamlink]      (all of them unless given)
 *
 * Debian: mpv, vlc, ffmpeg, gstreamer1.0-tools and its plugins base, good, bad and libav, streamlink, xvfb.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrivateLinks } from '../src/access/private-links.ts';
import { channelId, demoAccount } from '../src/domain/ids.ts';
import { systemClock } from '../src/lib/clock.ts';
import { openDatabase } from '../src/store/database.ts';
import { People } from '../src/store/people.ts';
import { StoredPrivateLinks } from '../src/store/private-links.ts';
import type { Player } from '../test/e2e/players.ts';
import { consolePlayer, mpvPlayer, virtualScreen, vlcPlayer } from './players.ts';
import { freePort, seconds, startZapette, table } from './tools.ts';

/** A demo channel that is cheap to make. */
const CHANNEL = { id: channelId(demoAccount, 102), name: 'Deux' };
const HOUR = 3_600_000;
const MINUTE = 60_000;
const PATIENCE = 2 * MINUTE;
/** A player that has not moved for so long has stopped. */
const STILL = 15_000;

type Open = (url: string, display: string) => Player | Promise<Player>;

/** Seconds, frames or bytes are what they say of their position. */
const players: Readonly<Record<string, Open>> = {
  mpv: mpvPlayer,
  vlc: async (url, display) => vlcPlayer(url, await freePort(), display),
  ffmpeg: (url) =>
    consolePlayer(
      'ffmpeg',
      'ffmpeg',
      ['-loglevel', 'error', '-progress', 'pipe:1', '-i', url, '-f', 'null', '-'],
      /frame=(\d+)/g,
    ),
  ffplay: (url, display) =>
    consolePlayer('ffplay', 'ffplay', ['-hide_banner', '-autoexit', url], /([\d.]+) [AM]-[AV]/g, {
      DISPLAY: display,
      SDL_AUDIODRIVER: 'dummy',
    }),
  gstreamer: (url) =>
    consolePlayer(
      'gstreamer',
      'gst-launch-1.0',
      [
        ...['playbin', `uri=${url}`, 'audio-sink=fakesink sync=true'],
        'video-sink=progressreport update-freq=1 format=time ! fakesink sync=true',
      ],
      /\): (\d+) /g,
    ),
  streamlink: (url) =>
    consolePlayer(
      'streamlink',
      'sh',
      [
        '-c',
        'streamlink --stdout "$0" best | ffmpeg -loglevel error -progress pipe:1 -i - -f null -',
        `httpstream://${url}`,
      ],
      /frame=(\d+)/g,
    ),
};

const dataDir = await mkdtemp(join(tmpdir(), 'zapette-bench-'));
/** A whole minute, as archives have it. */
const from = Math.floor(Date.now() / MINUTE) * MINUTE - 2 * HOUR;
const first = await startZapette({ dataDir, keepData: true });
await first.stop();
const token = makePrivateLink(join(dataDir, 'zapette.db'));
const zapette = await startZapette({ env: { OUTPUT_CHANNELS: 'all' }, dataDir });
const screen = await virtualScreen();
const rows: string[][] = [];
try {
  const { playlist_url: playlist } = await zapette.makeClient('Player', 'vlc');
  const list = await (await fetch(playlist)).text();
  const source = list
    .split('\n')
    .find((line) => line.endsWith(`,${CHANNEL.name}`))
    ?.match(/catchup-source="([^"]+)"/)?.[1];
  if (!source) throw new Error('the list tells no past');
  const addresses = {
    archive: source.replace('{utc}', `${Math.floor(from / 1000)}`).replace('{duration:60}', '1'),
    'private link': `${zapette.url}/vlc/${token}.ts`,
  };
  for (const [name, open] of Object.entries(players)) {
    if (process.argv.length > 2 && !process.argv.includes(name)) continue;
    const found = Object.entries(addresses).map(async ([address, url]) => {
      const row = [name, address, await watch(await open(url, screen.display))];
      console.log(row.join(', '));
      return row;
    });
    rows.push(...(await Promise.all(found)));
    await sleep(3_000);
  }
} finally {
  await screen.stop();
  await zapette.stop();
}
console.log(table(['player', 'address', 'a minute of the past'], rows));

/** Lets a player play until it ends or stops. @returns what came of it */
async function watch(player: Player): Promise<string> {
  const started = performance.now();
  let last = 0;
  let movedAt = started;
  let firstAt: number | null = null;
  let state = 'plays on';
  while (performance.now() - started < PATIENCE) {
    const position = await player.position();
    const now = performance.now();
    if (position === null) {
      state = 'ends by itself';
      break;
    }
    if (position !== last) {
      firstAt ??= now;
      movedAt = now;
      last = position;
    } else if (now - movedAt > STILL) {
      state = 'STANDS STILL';
      break;
    }
    await sleep(250);
  }
  await player.stop();
  if (firstAt === null) return `no picture: ${player.lastWords?.().trim().split('\n').at(-1)}`;
  const lasted = seconds(movedAt - firstAt);
  return `after ${seconds(firstAt - started)}, for ${lasted}, to ${last.toFixed(0)}; ${state}`;
}

/** A link to the past, as somebody in a chat gets it. @returns its token */
function makePrivateLink(path: string): string {
  const database = openDatabase(path);
  try {
    const links = new PrivateLinks({
      links: new StoredPrivateLinks(database),
      people: new People(database),
      clock: systemClock,
    });
    const person = { id: 'discord:1', name: 'Ada' };
    return links.issue(person, CHANNEL, { from, to: from + MINUTE }).token;
  } finally {
    database.close();
  }
}
