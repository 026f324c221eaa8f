import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Channel } from '../domain/channel.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { archiveDueAt } from '../recordings/due-times.ts';
import { keeperOf } from './past-programme.ts';

interface KeeperContext {
  readonly catalogue: Pick<Catalogue, 'groupOf' | 'snapshot'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The variant of a channel whose archive will have all of a time once it is over; null where none will. Epoch milliseconds. */
export function keeperOfRecording(
  context: KeeperContext,
  {
    channelId,
    start,
    stop,
  }: { readonly channelId: ChannelId; readonly start: number; readonly stop: number },
): Channel | null {
  const channel = context.catalogue.snapshot().byId.get(channelId);
  return channel ? keeperOf(context, channel, start, archiveDueAt(stop, context.clock.now())) : null;
}
