import type { AccountInUse } from '../domain/account-in-use.ts';
import { isOver, type Recording } from '../domain/recording.ts';
import type { RecordingShortage } from '../domain/recording-shortage.ts';
import type { Clock } from '../lib/clock.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';

export interface ShortageContext {
  readonly recordings: Pick<Recordings, 'all'>;
  readonly tuners: Pick<Tuners, 'canOpenFor'>;
  /** The accounts in use. */
  readonly accounts: readonly Pick<AccountInUse, 'slots'>[];
  readonly clock: Pick<Clock, 'now'>;
}

/** What stands in the way of a recording; null where a connection is likely to be free. */
export function shortageOf(context: ShortageContext, recording: Recording): RecordingShortage | null {
  const slots = [...new Set(context.accounts.map((account) => account.slots))];
  const capacity = slots.reduce((sum, each) => sum + each.capacity, 0);
  const { id, channelId, start, stop } = recording;
  const others = context.recordings
    .all()
    .filter((each) => each.id !== id && each.channelId !== channelId && !isOver(each))
    .filter((each) => each.start < stop && each.stop > start);
  if (new Set(others.map((each) => each.channelId)).size >= capacity)
    return { kind: 'then', capacity, holders: others.map(({ title }) => title) };
  const isDue = start <= context.clock.now();
  if (isDue && !context.tuners.canOpenFor({ channelId }, 'recording'))
    return { kind: 'now', capacity, holders: slots.flatMap(({ holders }) => holders) };
  return capacity === 1 ? { kind: 'single' } : null;
}
