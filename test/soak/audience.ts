import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mpvPlayer, virtualScreen, vlcPlayer } from '../../bench/players.ts';
import { freePort } from '../../bench/tools.ts';
import { chromiumPlayer, ffmpegPlayer, type Player } from '../e2e/players.ts';

/** The longest stop that a player may make, in milliseconds; the slate covers every fault of the provider. */
const LONGEST_STOP = 20_000;

/** Players that are started once and never touched. */
export interface Audience {
  /** Names the players that ended by themselves, stood still or never played, with the reason. */
  failed(): string[];
  /** Describes what each player played and its longest stop. */
  describe(): string[];
  stop(): Promise<void>;
}

interface Watched {
  readonly player: Player;
  last: number;
  movedAt: number;
  longestStop: number;
  hasEnded: boolean;
}

/** Starts FFmpeg, with which Jellyfin plays. @param withAll also starts Chromium, mpv and VLC if they are installed. */
export async function startAudience(url: string, ffmpegPath: string, withAll: boolean): Promise<Audience> {
  const players: Player[] = [ffmpegPlayer(ffmpegPath, `${url}/live.m3u8`)];
  const screen = withAll && ['vlc', 'Xvfb'].every(isInstalled) ? await virtualScreen() : null;
  if (withAll) players.push(ffmpegPlayer(ffmpegPath, `${url}/live.ts`), await chromiumPlayer(url));
  if (withAll && isInstalled('mpv')) players.push(mpvPlayer(`${url}/live.m3u8`));
  if (screen) players.push(await vlcPlayer(`${url}/live.m3u8`, await freePort(), screen.display));
  const watched = players.map(
    (player): Watched => ({ player, last: 0, movedAt: performance.now(), longestStop: 0, hasEnded: false }),
  );
  let isOver = false;
  const watching = keepWatching();
  return {
    failed: () =>
      watched.flatMap(({ player, hasEnded, last, longestStop }) => {
        if (hasEnded) return `${player.name} ended`;
        if (last === 0) return `${player.name} never played`;
        const seconds = Math.round(longestStop / 1000);
        return longestStop > LONGEST_STOP ? `${player.name} stood still for ${seconds} s` : [];
      }),
    describe: () =>
      watched.map(
        ({ player, last, longestStop, hasEnded }) =>
          `${player.name}: ${last.toFixed(0)} played, longest stop ${(longestStop / 1000).toFixed(1)} s${
            hasEnded ? `, ENDED: ${player.lastWords?.() ?? ''}` : ''
          }`,
      ),
    stop: async () => {
      if (isOver) return;
      isOver = true;
      await watching;
      await Promise.all(players.map((player) => player.stop()));
      await screen?.stop();
    },
  };

  async function keepWatching(): Promise<void> {
    while (!isOver) {
      await Promise.all(watched.map(look));
      await sleep(500);
    }
  }
}

async function look(entry: Watched): Promise<void> {
  if (entry.hasEnded) return;
  const position = await entry.player.position().catch(() => null);
  if (position === null) {
    entry.hasEnded = true;
    return;
  }
  const now = performance.now();
  if (position !== entry.last) entry.movedAt = now;
  entry.last = position;
  entry.longestStop = Math.max(entry.longestStop, now - entry.movedAt);
}

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
