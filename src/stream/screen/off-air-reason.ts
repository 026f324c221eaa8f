import type { Asker } from '../../domain/actor.ts';
import type { OnAirChannel, Reason } from '../../domain/broadcast-status.ts';
import { AppError, toAppError } from '../../domain/errors.ts';
import { Overtaken } from '../../domain/overtaken.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ChannelWish } from '../tuner/tuners.ts';

/** Returns the channel of a wish in the form of the status. */
export function toOnAirChannel(wish: ChannelWish): OnAirChannel {
  return { id: wish.channelId, name: wish.name };
}

/** Returns the reason why this channel is not, or no longer, on air. */
export function toReason({ code, params }: AppError, wish: ChannelWish): Reason {
  return { code, params, channel: toOnAirChannel(wish) };
}

/** Returns the error for a replaced wish: who wants what instead. @param wanted null if the channel is stopped. */
export function supersededBy(by: Asker | null, wanted: ChannelWish | null): AppError {
  if (!by) return new AppError('superseded');
  if (wanted) return new Overtaken(by, toOnAirChannel(wanted));
  return new AppError('called_off', { by: by.name, byId: by.id });
}

/** Returns the error to show to people; an unexpected one is logged under the reference that they get. */
export function knownError(error: unknown, logger: Pick<Logger, 'error'>): AppError {
  const known = toAppError(error);
  if (known !== error) logger.error({ ...known.params, err: error }, 'a channel could not be opened');
  return known;
}
