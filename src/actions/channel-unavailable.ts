import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';

/** A channel that could not be opened, with the code and the parameters of the reason. */
export class ChannelUnavailable extends AppError {
  readonly channel: Channel;

  constructor(channel: Channel, reason: AppError) {
    super(reason.code, reason.params, { cause: reason });
    this.channel = channel;
  }
}
