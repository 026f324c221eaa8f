import type { Status } from '../common/contract/screens.ts';
import type { Player } from './player.ts';

/** Shows the channel and the programme on the system's lock screen and media controls. */
export function showOnSystem(status: Status | null, nothingOnAir: string): void {
  if (!('mediaSession' in navigator)) return;
  const channel = status?.channel_name ?? nothingOnAir;
  navigator.mediaSession.metadata = new MediaMetadata({
    title: status?.programme?.title ?? channel,
    artist: status?.programme ? channel : 'Zapette',
    ...(status?.channel_id ? { artwork: [{ src: `/api/logo/${status.channel_id}` }] } : {}),
  });
}

/** Lets headsets and media keys start and pause the player. */
export function obeySystem(player: Player): void {
  if (!('mediaSession' in navigator)) return;
  navigator.mediaSession.setActionHandler('play', () => player.play());
  navigator.mediaSession.setActionHandler('pause', () => player.pause());
}
