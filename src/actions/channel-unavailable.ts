import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';

/** A channel that could not be opened, with the code and the parameters of the reason. */
export class ChannelUnavailable extends AppError {
  readonly channel: Pick<Channel, 'id' | 'name'>;

  constructor({ id, name }: Pick<Channel, 'id' | 'name'>, reason: AppError) {
    super(reason.code, reason.params, { cause: reason });
    // No more than that: the log shows an error's fields, and the logo's address is the provider's.
    this.channel = { id, name };
  }
}
