import { isIP } from 'node:net';
import { isPrivateAddress } from '../lib/private-address.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { SeatFacts } from './facts.ts';

export interface SeatSources {
  /** Bits per second that the line sends; null where nobody has said. */
  readonly upload: number | null;
  readonly screens: Pick<Screens, 'all'>;
  /** Edges that work, each of which takes a screen once for all its viewers. */
  readonly edges: number;
}

/** How many viewers away from home the line carries, and how many there are; null where that is not known, or nothing is on air. */
export function seatsOf({ upload, screens, edges }: SeatSources): SeatFacts | null {
  const shown = screens.all().flatMap(({ broadcast: { status }, viewers }) => {
    if (status.bitrate === null) return [];
    const ofPlaylists = viewers.ids.filter(isOutside).length;
    const connected = viewers.players.filter(isOutside).length - ofPlaylists;
    return {
      bitrate: status.bitrate,
      taken: connected + (edges > 0 ? Math.min(edges, ofPlaylists + viewers.atEdges) : ofPlaylists),
    };
  });
  if (upload === null || shown.length === 0) return null;
  const bitrate = Math.max(...shown.map((each) => each.bitrate));
  return { upload, bitrate, taken: shown.reduce((sum, each) => sum + each.taken, 0) };
}

/** Whether a player comes over the line. Those that are known by another name than their address do not count. @param player as in `Viewers` */
function isOutside(player: string): boolean {
  const [address = ''] = player.split(' ');
  return isIP(address) > 0 && !isPrivateAddress(address.replace(/^::ffff:/i, ''));
}
