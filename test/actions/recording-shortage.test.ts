import { describe, expect, it } from 'vitest';
import { type ShortageContext, shortageOf } from '../../src/actions/recording-shortage.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { accountId, type ChannelId, channelId } from '../../src/domain/ids.ts';
import type { Recording } from '../../src/domain/recording.ts';

const [main, second] = [accountId('main'), accountId('second')];
/** Both accounts have TF1; the others are in one alone. */
const tf1 = [channelId(main, 1), channelId(second, 1)] as const;
const arte = channelId(main, 2);
const mtv = channelId(second, 3);

let count = 0;
const recording = (id: ChannelId, start: number, stop: number, more: Partial<Recording> = {}) =>
  ({ id: ++count, channelId: id, title: id, start, stop, state: 'planned', ...more }) as Recording;

function context(all: readonly Recording[], capacities: readonly number[] = [1, 1]): ShortageContext {
  const groups = [tf1, [arte], [mtv]].map((ids) => ids.map((id) => ({ id, name: 'TF1' }) as Channel));
  const groupOf = (id: ChannelId) => {
    const variants = groups.find((group) => group.some((channel) => channel.id === id));
    return variants && { variants };
  };
  const byId = new Map(groups.flat().map((channel) => [channel.id, channel]));
  const slotsOf = (capacity: number) => ({ capacity, holders: [], limit: { origin: 'told' } as const });
  return {
    recordings: { all: () => [...all] },
    tuners: { canOpenFor: () => true },
    catalogue: { groupOf, snapshot: () => ({ byId }) } as never,
    accounts: capacities.map((capacity, at) => ({
      id: [main, second][at] ?? main,
      slots: slotsOf(capacity),
    })),
    clock: { now: () => 0 },
  };
}

describe('a shortage', () => {
  it('is foreseen where both accounts that have the channel are full, and names who fills them', () => {
    const rival = recording(tf1[0], 12, 18);
    const withMtv = [recording(arte, 10, 20), recording(mtv, 10, 20)];
    expect(shortageOf(context(withMtv), rival)).toEqual({ kind: 'then', capacity: 2, holders: [arte, mtv] });
  });

  it('is none where another account has the channel as well', () => {
    expect(shortageOf(context([recording(arte, 10, 20)]), recording(tf1[0], 10, 20))).toBeNull();
    // The one of TF1 moves to the second account.
    expect(shortageOf(context([recording(tf1[0], 10, 20)]), recording(arte, 10, 20))).toBeNull();
  });

  it('is none where the others follow one another, or share a channel', () => {
    const others = [recording(arte, 10, 20), recording(arte, 20, 30)];
    expect(shortageOf(context(others), recording(tf1[0], 10, 30))).toBeNull();
    const after = [recording(arte, 10, 20), recording(mtv, 20, 30)];
    expect(shortageOf(context(after), recording(tf1[0], 10, 30))).toBeNull();
  });

  it('is of a login that the channel needs, however many others have room', () => {
    const rival = recording(arte, 10, 20);
    expect(shortageOf(context([recording(channelId(main, 2), 10, 20)], [1, 5]), rival)).toBeNull();
    const full = [recording(mtv, 10, 20)];
    const own = recording(channelId(second, 4), 15, 18);
    const catalogued = context(full, [5, 1]);
    expect(shortageOf(catalogued, own)).toMatchObject({ kind: 'then', capacity: 1 });
  });

  it('is none for what comes from an archive, which does not count for others either', () => {
    const archived = { isFromArchive: true };
    expect(
      shortageOf(context([recording(arte, 10, 20)], [1]), recording(tf1[0], 10, 20, archived)),
    ).toBeNull();
    const other = recording(tf1[0], 10, 20);
    expect(shortageOf(context([recording(arte, 10, 20, archived)], [1]), other)).toEqual({ kind: 'single' });
  });
});
