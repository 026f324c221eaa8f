import type { Clients } from '../../access/clients.ts';
import type { Viewers } from '../../stream/screen/viewers.ts';

/** The server itself, and the FFmpeg that it has open HLS for it. */
const PLAYER = /^\S+ (?:Jellyfin|Lavf)\b/;

/** Whether a player is Jellyfin, as far as it says so. @param player as in `Viewers` */
export function isJellyfin(player: string): boolean {
  return PLAYER.test(player);
}

/** Whether somebody watches by Jellyfin at the moment: by its token, or as far as players say what they are. */
export function isWatchedByJellyfin(
  screens: readonly { readonly viewers: Pick<Viewers, 'players'> }[],
  clients: Pick<Clients, 'list'>,
): boolean {
  return (
    screens.some(({ viewers }) => viewers.players.some(isJellyfin)) ||
    clients.list().some(({ kind, playing }) => kind === 'jellyfin' && playing.length > 0)
  );
}
