import type { OnAirChannel, Reason } from '../domain/broadcast-status.ts';
import type { AppError } from '../domain/errors.ts';
import type { TunerWish } from './tuners.ts';

/** The channel of a wish, as the status names it. */
export function toOnAir(wish: TunerWish): OnAirChannel {
  return { id: wish.source.channelId, name: wish.name };
}

/** Why this channel is not, or no longer, on air. */
export function toReason({ code, params }: AppError, wish: TunerWish): Reason {
  return { code, params, channel: toOnAir(wish) };
}
