import { setTimeout as sleep } from 'node:timers/promises';
import { mpvPlayer, virtualScreen, vlcPlayer } from '../../bench/players.ts';
import { freePort } from '../../bench/tools.ts';
import { chromiumPlayer, ffmpegPlayer, type Player } from '../e2e/players.ts';

/** Players that were started once and are never touched. */
export interface Audience {
  /** Those that have ended by themselves. */
  ended(): string[];
  /** What each has played, and its longest stop. */
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

/** @param withAll Chromium, mpv and VLC too; without them FFmpeg alone, which Jellyfin plays with. */
export async function startAudience(url: string, ffmpegPath: string, withAll: boolean): Promise<Audience> {
  const screen = withAll ? await virtualScreen() : null;
  const players: Player[] = [ffmpegPlayer(ffmpegPath, `${url}/live.m3u8`)];
  if (screen) {
    players.push(ffmpegPlayer(ffmpegPath, `${url}/live.ts`), mpvPlayer(`${url}/live.m3u8`));
    players.push(
      await chromiumPlayer(url),
      await vlcPlayer(`${url}/live.m3u8`, await freePort(), screen.display),
    );
  }
  const watched = players.map(
    (player): Watched => ({ player, last: 0, movedAt: performance.now(), longestStop: 0, hasEnded: false }),
  );
  let isOver = false;
  const watching = keepWatching();
  return {
    ended: () => watched.filter(({ hasEnded }) => hasEnded).map(({ player }) => player.name),
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
