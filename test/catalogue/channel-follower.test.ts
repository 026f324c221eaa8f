import { afterEach, beforeEach, expect, it } from 'vitest';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import {
  ChannelFollower,
  type LoginMemory,
  type RemembersChannels,
} from '../../src/catalogue/channel-follower.ts';
import { type AccountId, channelId, demoAccount, liveScreen, mainAccount } from '../../src/domain/ids.ts';
import type { ChannelMove, StoredChannel } from '../../src/store/channel-moves.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Favourites } from '../../src/store/favourites.ts';
import { History } from '../../src/store/history.ts';
import { StoredPrivateLinks } from '../../src/store/private-links.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const ada = { id: 'discord:1', name: 'Ada' };
const [tf1, arte, canal] = ['FR| TF1 HD', 'FR| Arte', 'FR| Canal'];

let follower: ChannelFollower | null = null;
let login = loginOf(false);
afterEach(() => follower?.stop());
beforeEach(() => {
  login = loginOf(false);
});

/** Lists these channels by id, then follows; the returned function lists others. */
async function follow(list: Record<number, string>, tables: readonly RemembersChannels[]) {
  const lineup = { current: list };
  const provider = {
    lineup: async () => ({
      categories: [],
      dropped: 0,
      channels: Object.entries(lineup.current).map(([id, name]) => ({
        id: mainId(Number(id)),
        number: null,
        name,
        categoryId: null,
        logo: null,
        epgId: null,
        archiveDays: 0,
      })),
    }),
  };
  const store = { load: async () => null, save: async () => {} };
  const catalogue = new Catalogue({
    accounts: [{ id: mainAccount, provider, store }],
    clock: new FakeClock(),
    log: silentLogger,
  });
  follower = new ChannelFollower(catalogue, tables, login, silentLogger);
  follower.start();
  await catalogue.refresh();
  return async (next: Record<number, string>) => {
    lineup.current = next;
    await catalogue.refresh();
  };
}

const stored = (number: number, channelName: string, account: AccountId = mainAccount): StoredChannel => ({
  channelId: channelId(account, number),
  channelName,
});

/** A table in memory that notes its moves. */
class Table implements RemembersChannels {
  readonly moves: ChannelMove[] = [];
  readonly #channels: readonly StoredChannel[];

  constructor(...channels: readonly StoredChannel[]) {
    this.#channels = channels;
  }

  remembered(): readonly StoredChannel[] {
    return this.#channels;
  }

  move(moves: readonly ChannelMove[]): void {
    this.moves.push(...moves);
  }
}

it('ChannelFollower takes favourites, history and links along when the provider renumbers its list', async () => {
  const database = openDatabase(':memory:');
  const favourites = new Favourites(database);
  const history = new History(database);
  const links = new StoredPrivateLinks(database);
  const renumber = await follow({ 1: tf1, 2: arte }, [favourites, history, links]);
  favourites.add('discord:1', { channelId: mainId(1), channelName: tf1 }, 1);
  favourites.add('discord:1', { channelId: mainId(2), channelName: arte }, 2);
  history.begin(
    { channelId: mainId(1), channelName: '|FR| TF1 FHD', askedBy: ada, startedAt: 1 },
    liveScreen,
  );
  links.add({
    tokenHash: 'x',
    person: ada,
    channelId: mainId(2),
    channelName: arte,
    past: null,
    createdAt: 1,
    expiresAt: 9,
  });
  await renumber({ 1: 'FR| M6', 11: arte, 12: tf1 });
  await expect
    .poll(() => favourites.of('discord:1'))
    .toEqual([
      { channelId: mainId(12), channelName: tf1 },
      { channelId: mainId(11), channelName: arte },
    ]);
  // History tells what a channel was called then.
  expect(history.latest(1, liveScreen)).toMatchObject([
    { channelId: mainId(12), channelName: '|FR| TF1 FHD' },
  ]);
  expect(links.liveOf(null, 2)).toMatchObject([{ channelId: mainId(11), channelName: arte }]);
});

it('ChannelFollower tells a channel that has left from one that was renamed', async () => {
  const table = new Table(stored(1, tf1), stored(2, canal), stored(3, arte));
  const renumber = await follow({ 1: tf1, 2: canal, 3: arte }, [table]);
  // TF1 has the id of Canal, which is gone; Arte's id has a name that nobody knew.
  await renumber({ 2: tf1, 3: 'FR| La Une' });
  await expect
    .poll(() => table.moves)
    .toEqual([
      { from: stored(1, tf1), to: stored(2, tf1) },
      { from: stored(2, canal), to: null },
    ]);
});

it('ChannelFollower tells every table all moves, and none where nothing has moved', async () => {
  const [one, other] = [new Table(stored(1, tf1)), new Table(stored(1, tf1), stored(2, arte))];
  const renumber = await follow({ 1: tf1, 2: arte }, [one, other]);
  await renumber({ 1: tf1, 2: arte, 3: canal });
  expect(one.moves).toEqual([]);
  await renumber({ 1: arte, 2: tf1, 3: canal });
  await expect.poll(() => other.moves).toHaveLength(2);
  expect(one.moves).toEqual(other.moves);
});

it('ChannelFollower leaves channels of an account alone that is not in the list', async () => {
  const table = new Table(stored(1, tf1, demoAccount), stored(1, arte));
  const renumber = await follow({ 1: arte }, [table]);
  await renumber({ 7: tf1, 8: arte });
  await expect.poll(() => table.moves).toEqual([{ from: stored(1, arte), to: stored(8, arte) }]);
});

it('leaves the ids of another login, keeps the names, and comes back to them with the former one', async () => {
  const database = openDatabase(':memory:');
  const favourites = new Favourites(database);
  for (const [id, channelName] of [
    [1, tf1],
    [2, arte],
  ] as const)
    favourites.add(ada.id, { channelId: mainId(id), channelName }, 0);
  const named = () => favourites.of(ada.id).map(({ channelId: id, channelName }) => `${id} ${channelName}`);
  const list = await follow({ 1: tf1, 2: arte }, [favourites]);
  login = loginOf(true);
  await follower?.stop();
  const other = await follow({ 1: 'US| CNN', 5: arte }, [favourites]);
  await expect.poll(named).toEqual([expect.stringMatching(/^former:\S+ FR\| TF1 HD$/), 'main:5 FR| Arte']);
  expect(login.isOther(mainAccount)).toBe(false);
  await other({ 1: tf1, 2: arte });
  await expect.poll(named).toEqual(['main:1 FR| TF1 HD', 'main:2 FR| Arte']);
  void list;
});

/** Of `XTREAM_*` alone, until it is noted. */
function loginOf(isOther: boolean): LoginMemory {
  let isKnown = !isOther;
  return {
    isOther: (account) => account === mainAccount && !isKnown,
    note: (account) => {
      if (account === mainAccount) isKnown = true;
    },
  };
}
