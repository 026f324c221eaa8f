import { beforeEach, describe, expect, it } from 'vitest';
import { HistoryRecorder } from '../../src/app/history-recorder.ts';
import type { Asker } from '../../src/domain/actor.ts';
import type { BroadcastStatus } from '../../src/domain/broadcast-status.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { openDatabase } from '../../src/store/database.ts';
import { History } from '../../src/store/history.ts';
import type { ScreenEvent } from '../../src/stream/screen/screen.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const ada = { id: 'discord:1', name: 'Ada' };
const memory = { savedAt: 5_000, sequence: 1, discontinuitySequence: 0, position: 10, item: null };

/** A screen that shows what the test says. */
class FakeScreen {
  readonly id = liveScreen;
  readonly events = new Emitter<ScreenEvent>((error) => {
    throw error;
  });
  status: BroadcastStatus = {
    id: liveScreen,
    state: 'idle',
    channel: null,
    wanted: null,
    startedAt: null,
    askedBy: null,
    ...{
      sound: { tracks: [], track: null },
      firstSegment: null,
      attempt: null,
      reason: null,
      viewers: 0,
      bitrate: null,
      restarts: 0,
      lastFailure: null,
      standsInFor: null,
      past: null,
    },
  };

  show(id: number | null, startedAt: number | null, askedBy: Asker | null = ada, viewers = 0): void {
    const channel = id === null ? null : { id: mainId(id), name: `Channel ${id}` };
    this.status = { ...this.status, channel, startedAt, askedBy, viewers };
    this.events.emit({ type: 'status', status: this.status });
  }
}

let history: History;
let clock: FakeClock;
let screen: FakeScreen;
beforeEach(() => {
  history = new History(openDatabase(':memory:'));
  clock = new FakeClock({ epoch: 10_000 });
  screen = new FakeScreen();
});

function keep(before: ConstructorParameters<typeof HistoryRecorder>[0]['before'] = null): HistoryRecorder {
  const keeper = new HistoryRecorder({ screen, history, before, clock, logger: silentLogger });
  keeper.start();
  return keeper;
}

const entries = () => history.latest(10, liveScreen).toReversed();

describe('HistoryRecorder', () => {
  it('records the chosen channel, and no variant that stands in for it', () => {
    keep();
    screen.show(1, 9_000);
    const channel = { id: mainId(1), name: 'Channel 1' };
    screen.status = { ...screen.status, standsInFor: { code: 'channel_dead', params: {}, channel } };
    screen.show(2, 9_000);
    clock.skip(500);
    screen.status = { ...screen.status, standsInFor: null };
    screen.show(1, 9_000);
    screen.show(null, null);
    expect(entries()).toMatchObject([{ channelId: mainId(1), startedAt: 9_000, endedAt: 10_500 }]);
    expect(entries()).toHaveLength(1);
  });

  it('records each channel once, with who requested it, and its start and end', () => {
    keep();
    screen.show(1, 9_000);
    screen.show(1, 9_000, ada, 3);
    clock.skip(1_000);
    screen.show(2, 10_900, null);
    clock.skip(500);
    screen.show(null, null);
    expect(entries()).toMatchObject([
      { channelId: mainId(1), channelName: 'Channel 1', askedBy: ada, startedAt: 9_000, endedAt: 11_000 },
      { channelId: mainId(2), askedBy: null, startedAt: 10_900, endedAt: 11_500 },
    ]);
  });

  it('records a past programme and when it would be over, then its channel live', () => {
    keep();
    const past = { start: 1_000, to: 5_000, title: 'Journal', behind: 9_000, pause: null };
    screen.status = { ...screen.status, past };
    screen.show(1, 9_000);
    screen.status = { ...screen.status, past: null };
    screen.show(1, 14_000);
    expect(entries().map((entry) => entry.past)).toEqual([{ title: 'Journal', endsAt: 14_000 }, null]);
  });

  it('continues the entry of the channel that resumes after a restart', () => {
    keep().stop();
    const before = {
      ...memory,
      item: { channelId: mainId(1), name: 'Channel 1', askedBy: ada, startedAt: 4_000 },
    };
    history.begin(
      { channelId: mainId(1), channelName: 'Channel 1', askedBy: ada, startedAt: 4_000 },
      liveScreen,
    );
    keep(before);
    screen.show(1, 4_000);
    expect(entries()).toMatchObject([{ channelId: mainId(1), endedAt: null }]);
    screen.show(null, null);
    expect(entries()).toMatchObject([{ channelId: mainId(1), startedAt: 4_000, endedAt: 10_000 }]);
  });

  it('ends the entry of a channel that does not resume at the last moment it was known to be on air', () => {
    history.begin(
      { channelId: mainId(1), channelName: 'Channel 1', askedBy: ada, startedAt: 4_000 },
      liveScreen,
    );
    keep(memory);
    screen.show(1, 9_900);
    expect(entries()).toMatchObject([
      { startedAt: 4_000, endedAt: 5_000 },
      { startedAt: 9_900, endedAt: null },
    ]);
  });

  it('ends an entry at its start where nothing more is known', () => {
    history.begin(
      { channelId: mainId(1), channelName: 'Channel 1', askedBy: ada, startedAt: 4_000 },
      liveScreen,
    );
    keep(null);
    expect(entries()).toMatchObject([{ startedAt: 4_000, endedAt: 4_000 }]);
  });

  it('records nothing after it has stopped', () => {
    keep().stop();
    screen.show(1, 9_000);
    expect(entries()).toEqual([]);
  });
});
