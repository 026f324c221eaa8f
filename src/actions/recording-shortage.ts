import type { Catalogue } from '../catalogue/catalogue.ts';
import { variantsInAccounts } from '../catalogue/variants-in-accounts.ts';
import type { AccountInUse } from '../domain/account-in-use.ts';
import { accountOf, type ChannelId } from '../domain/ids.ts';
import { isOver, type Recording } from '../domain/recording.ts';
import type { RecordingShortage } from '../domain/recording-shortage.ts';
import type { Clock } from '../lib/clock.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';

export interface ShortageContext {
  readonly recordings: Pick<Recordings, 'all'>;
  readonly tuners: Pick<Tuners, 'canOpenFor'>;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>;
  /** The accounts in use. */
  readonly accounts: readonly Pick<AccountInUse, 'id' | 'slots'>[];
  readonly clock: Pick<Clock, 'now'>;
}

/** The connections of one login. */
type Line = AccountInUse['slots'];

/** What stands in the way of a recording; null where a connection is likely to be free. */
export function shortageOf(context: ShortageContext, recording: Recording): RecordingShortage | null {
  const { id, channelId, start, isFromArchive } = recording;
  // An archive waits until a connection is free.
  if (isFromArchive) return null;
  const capacity = capacityOf(context.accounts.map(({ slots }) => slots));
  const others = context.recordings.all().filter((each) => each.id !== id);
  const holders = holdersOf(context, recording, others);
  if (holders) return { kind: 'then', capacity: capacityOf(linesOf(context, channelId)), holders };
  const isDue = start <= context.clock.now();
  if (isDue && !context.tuners.canOpenFor({ channelId }, 'recording'))
    return { kind: 'now', capacity, holders: unique(context).flatMap((line) => line.holders) };
  return capacity === 1 ? { kind: 'single' } : null;
}

/** Titles of the recordings that take all connections of a recording's channel at some moment; null if none is short. */
export function holdersOf(
  context: Pick<ShortageContext, 'accounts' | 'catalogue'>,
  { channelId, start, stop }: Recording,
  others: readonly Recording[],
): string[] | null {
  const rivals = others
    .filter((each) => each.channelId !== channelId && !isOver(each) && !each.isFromArchive)
    .filter((each) => each.start < stop && each.stop > start);
  for (const moment of [start, ...rivals.map((rival) => rival.start)].filter((at) => at >= start)) {
    const then = rivals.filter((rival) => rival.start <= moment && rival.stop > moment);
    const channels = [...new Set(then.map((rival) => rival.channelId))];
    const own = linesOf(context, channelId);
    if (canShare([...channels.map((each) => linesOf(context, each)), own])) continue;
    return then
      .filter((rival) => linesOf(context, rival.channelId).some((line) => own.includes(line)))
      .map(({ title }) => title);
  }
  return null;
}

/** The logins that have a channel, each once: where one is full, another one opens it. */
function linesOf(
  { accounts, catalogue }: Pick<ShortageContext, 'accounts' | 'catalogue'>,
  channelId: ChannelId,
): Line[] {
  const having = new Set(variantsInAccounts(catalogue, channelId, () => true).map(accountOf));
  return [...new Set(accounts.filter(({ id }) => having.has(id)).map(({ slots }) => slots))];
}

/** Whether each channel can have a connection of one of its logins at the same time. */
function canShare(channels: readonly (readonly Line[])[]): boolean {
  const users = new Map<Line, number[]>();
  const place = (channel: number, tried: Set<Line>): boolean =>
    (channels[channel] ?? []).some((line) => {
      if (tried.has(line)) return false;
      tried.add(line);
      const using = users.get(line) ?? [];
      users.set(line, using);
      if (using.length < line.capacity) return using.push(channel) > 0;
      const moved = using.findIndex((other) => place(other, tried));
      if (moved < 0) return false;
      using[moved] = channel;
      return true;
    });
  return channels.every((_, channel) => place(channel, new Set()));
}

function capacityOf(lines: readonly Line[]): number {
  return [...new Set(lines)].reduce((sum, { capacity }) => sum + capacity, 0);
}

function unique({ accounts }: Pick<ShortageContext, 'accounts'>): Line[] {
  return [...new Set(accounts.map(({ slots }) => slots))];
}
