import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import type { Recording } from '../../src/domain/recording.ts';
import { Keeper } from '../../src/recordings/keeper.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

let clock: FakeClock;
let all: Recording[];
let inUse: Set<number>;
let keeper: Keeper;
beforeEach(() => {
  clock = new FakeClock();
  inUse = new Set();
  all = [1, 2].map((id) => ({
    ...{ id, channelId: mainId(1), channelName: 'TF1', title: 'Film', start: 0, stop: 1_000 },
    ...{
      programme: null,
      isFollowing: false,
      isFromArchive: false,
      state: 'done',
      reason: null,
      holes: [],
      isProtected: false,
    },
    ...{ file: 'x.mkv', bytes: 1, by: { id: 'a:1', name: 'Ada' }, createdAt: 0 },
  }));
  keeper = new Keeper({
    recordings: {
      all: () => all,
      remove: async (id) => {
        if (inUse.has(id)) throw new AppError('recording_in_use');
        all = all.filter((each) => each.id !== id);
      },
    },
    rules: () => ({ keepDays: 1, keepPerTitle: null, mostBytes: null, leastFree: 0 }),
    ...{ root: '/nonexistent', clock, logger: silentLogger },
  });
  keeper.start();
});
afterEach(() => keeper.stop());

it('what is not kept is deleted, what somebody plays only once they have finished', async () => {
  inUse.add(1);
  await clock.advance(300_000);
  await expect.poll(() => all.map(({ id }) => id)).toEqual([1]);
  inUse.clear();
  await clock.advance(300_000);
  await expect.poll(() => all).toEqual([]);
});
