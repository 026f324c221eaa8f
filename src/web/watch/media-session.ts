import type { Status } from '../common/contract.ts';
import type { Player } from './player.ts';

/** What the system shows on a lock screen or beside its volume: the channel and the programme. */
export function showOnSystem(status: Status | null, nothingOnAir: string): void {
  if (!('mediaSession' in navigator)) return;
  const channel = status?.channel_name ?? nothingOnAir;
  navigator.mediaSession.metadata = new MediaMetadata({
    title: status?.programme?.title ?? channel,
    artist: status?.programme ? channel : 'Zapette',
    ...(status?.channel_id ? { artwork: [{ src: `/api/logo/${status.channel_id}` }] } : {}),
  });
}

/** Lets headsets and media keys play and pause. */
export function obeySystem(player: Player): void {
  if (!('mediaSession' in navigator)) return;
  navigator.mediaSession.setActionHandler('play', () => player.play());
  navigator.mediaSession.setActionHandler('pause', () => player.pause());
}
