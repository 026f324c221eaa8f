import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Channel, Programme } from '../../src/domain/channel.ts';
import { GuideFollower } from '../../src/recordings/guide-follower.ts';
import { openDatabase } from '../../src/store/database.ts';
import { StoredRecordings } from '../../src/store/recordings.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const HOUR = 3_600_000;
const tf1: Channel = {
  ...{ id: mainId(1), number: 1, name: 'TF1', categoryId: null, logo: null, epgId: 'tf1', archiveDays: 0 },
};

let clock: FakeClock;
let stored: StoredRecordings;
let programmes: Programme[];
let looks: number;
let follower: GuideFollower;

beforeEach(() => {
  clock = new FakeClock();
  stored = new StoredRecordings(openDatabase(':memory:'));
  [programmes, looks] = [[], 0];
  follower = new GuideFollower({
    ...{ stored, clock, logger: silentLogger },
    schedule: { look: () => looks++ },
    guide: {
      between: async (_channel, from, to) => programmes.filter((each) => each.start < to && each.stop > from),
    },
    catalogue: {
      groupOf: () => null,
      snapshot: () => ({ channels: [tf1], categories: [], byId: new Map([[tf1.id, tf1]]) }) as never,
    },
  });
  follower.start();
});
afterEach(() => follower.stop());

it('a planned recording moves with its programme within a minute', async () => {
  const start = clock.now() + 5 * HOUR;
  const programme = { title: 'Film', start, stop: start + HOUR };
  const id = stored.add({
    ...{ channelId: tf1.id, channelName: 'TF1', title: 'Film', start, stop: start + HOUR, programme },
    ...{
      isFollowing: true,
      isFromArchive: false,
      state: 'planned',
      by: { id: 'a:1', name: 'Ada' },
      createdAt: 0,
    },
  });
  programmes = [{ ...programme, description: '' }];
  await clock.advance(2 * 60_000);
  expect([stored.find(id)?.start, looks]).toEqual([start, 0]);
  programmes = [{ ...programme, description: '', start: start + HOUR, stop: start + 2 * HOUR }];
  await clock.advance(60_000);
  expect(stored.find(id)).toMatchObject({ start: start + HOUR, stop: start + 2 * HOUR });
  expect(looks).toBe(1);
});
