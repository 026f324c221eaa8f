import { beforeEach, describe, expect, it } from 'vitest';
import { liveScreen, screenId } from '../../src/domain/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { History } from '../../src/store/history.ts';
import { mainId } from '../fakes/main-id.ts';

const ada = { id: 'discord:1', name: 'Ada' };
const bob = { id: 'discord:2', name: 'Bob' };

let history: History;
beforeEach(() => {
  history = new History(openDatabase(':memory:'));
});

function watched(channelId: number, askedBy: typeof ada | null, startedAt: number): number {
  return history.begin(
    {
      channelId: mainId(channelId),
      channelName: `Channel ${channelId}`,
      askedBy,
      startedAt,
    },
    liveScreen,
  );
}

describe('History', () => {
  it('lists the channels with person and times, latest first', () => {
    history.end(watched(1, ada, 100), 200);
    watched(2, null, 200);
    expect(history.latest(10, liveScreen)).toMatchObject([
      { channelId: mainId(2), channelName: 'Channel 2', askedBy: null, startedAt: 200, endedAt: null },
      { channelId: mainId(1), channelName: 'Channel 1', askedBy: ada, startedAt: 100, endedAt: 200 },
    ]);
    expect(history.latest(1, liveScreen)).toHaveLength(1);
    expect(history.open(liveScreen)).toMatchObject([{ channelId: mainId(2) }]);
  });

  it('never ends an entry before its start, even if the clock goes back', () => {
    history.end(watched(1, ada, 100), 50);
    expect(history.latest(1, liveScreen)).toMatchObject([{ endedAt: 100 }]);
  });

  it('lists the channels that a person chose, each once', () => {
    for (const [channel, at] of [
      [1, 10],
      [2, 20],
      [1, 30],
      [3, 25],
    ] as const)
      watched(channel, ada, at);
    watched(9, bob, 40);
    expect(history.recentOf(ada.id, 10).map(({ channelId }) => channelId)).toEqual([1, 3, 2].map(mainId));
    expect(history.recentOf(ada.id, 1)).toHaveLength(1);
  });

  it('lists the channels that were chosen most often', () => {
    for (const channel of [1, 2, 2, 3, 3, 3]) watched(channel, channel === 3 ? bob : ada, channel);
    expect(history.popular(10, liveScreen).map(({ channelId }) => channelId)).toEqual([3, 2].map(mainId));
  });

  it('reads what was on one screen, and what a person chose on any', () => {
    const sport = screenId('sport');
    watched(1, ada, 10);
    for (const startedAt of [20, 30])
      history.begin({ channelId: mainId(2), channelName: 'Sport', askedBy: ada, startedAt }, sport);
    expect(history.latest(10, liveScreen)).toMatchObject([{ channelId: mainId(1) }]);
    expect(history.open(liveScreen)).toMatchObject([{ channelId: mainId(1) }]);
    expect(history.popular(10, liveScreen)).toEqual([]);
    expect(history.latest(10, sport)).toMatchObject([{ startedAt: 30 }, { startedAt: 20 }]);
    expect(history.open(sport)).toHaveLength(2);
    expect(history.popular(10, sport)).toMatchObject([{ channelId: mainId(2) }]);
    expect(history.recentOf(ada.id, 10)).toMatchObject([{ channelId: mainId(2) }, { channelId: mainId(1) }]);
  });

  it('keeps the last 10,000 entries', () => {
    for (let at = 1; at <= 10_050; at++) watched(at, ada, at);
    const all = history.latest(20_000, liveScreen);
    expect(all).toHaveLength(10_000);
    expect(all.at(-1)).toMatchObject({ channelId: mainId(51) });
  });
});
