import { type Asker, asker } from './actor.ts';
import type { OnAirChannel } from './broadcast-status.ts';
import { AppError } from './errors.ts';

/** Thrown to people who wait for a channel when somebody else wants another one. */
export class Overtaken extends AppError {
  readonly by: Asker;
  readonly wanted: OnAirChannel;

  /** @param label the channel's name for people; the provider's name by default. */
  constructor(
    by: Asker,
    wanted: OnAirChannel,
    { label = wanted.name, cause }: { readonly label?: string; readonly cause?: unknown } = {},
  ) {
    super('overtaken', { by: by.name, byId: by.id, wanted: label }, { cause });
    this.by = asker(by);
    this.wanted = wanted;
  }
}
