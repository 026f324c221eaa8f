import { labelOf, type TitleSource } from '../catalogue/channel-title.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';

/** The channel on air as people name it; null when nothing is on air. */
export function onAirTitle(
  context: TitleSource,
  { channel }: Pick<BroadcastStatus, 'channel'>,
): string | null {
  return channel ? labelOf(context, channel) : null;
}
