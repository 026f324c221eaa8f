import { afterEach, expect, it, vi } from 'vitest';
import type { ListedAccount } from '../../src/catalogue/account-list.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { buildSearch } from '../../src/catalogue/search/build-search.ts';
import type { CatalogueData } from '../../src/catalogue/snapshot.ts';
import { variantsInAccounts } from '../../src/catalogue/variants-in-accounts.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { AppError } from '../../src/domain/errors.ts';
import { type AccountId, accountId, channelId, mainAccount, type OwnAccount } from '../../src/domain/ids.ts';
import type { Lineup } from '../../src/domain/source-provider.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const [x2, m1] = [accountId('x2'), accountId('m1')];

let catalogue: Catalogue | null = null;
afterEach(() => catalogue?.stop());

/** An account whose list has these names; the name of its category comes first. */
function accountOf(id: AccountId, category: string, ...names: string[]) {
  const stored: { data: CatalogueData | null } = { data: null };
  const lineup: Lineup = {
    categories: [{ id: '5', name: category }],
    dropped: 0,
    channels: names.map(
      (name, at): Channel => ({
        ...{ id: channelId(id, at + 1), number: at + 1, name, categoryId: '5', archiveDays: 0 },
        ...{ logo: null, epgId: null },
      }),
    ),
  };
  const answer = { lineup: async (_signal?: AbortSignal): Promise<Lineup> => lineup };
  const account: ListedAccount = {
    id,
    provider: { lineup: (signal) => answer.lineup(signal) },
    store: {
      load: async () => stored.data,
      save: async (data) => {
        stored.data = data;
      },
    },
  };
  return { account, answer, stored, lineup };
}

function catalogueOf(
  accounts: readonly ListedAccount[],
  search = buildSearch,
  ownAccount?: OwnAccount,
): Catalogue {
  const own = ownAccount ? { ownAccount } : {};
  catalogue = new Catalogue({ accounts, search, ...own, clock: new FakeClock(), log: silentLogger });
  return catalogue;
}

const main = () => accountOf(mainAccount, 'Sport', 'FR| TF1 HD', 'FR| Arte HD');
const second = () => accountOf(x2, 'SPORT', 'FR: TF1 FHD', 'FR: TF1 SD', 'CNN');
const ids = (of: Catalogue) => of.snapshot().channels.map(({ id }) => id);

it('are one list in the order of the accounts, whose categories stay apart', async () => {
  const list = catalogueOf([main().account, second().account]);
  await list.refresh();
  expect(ids(list)).toEqual(['main:1', 'main:2', 'x2:1', 'x2:2', 'x2:3']);
  expect(list.snapshot().categories).toEqual([
    { id: '5', name: 'Sport' },
    { id: 'x2:5', name: 'SPORT (x2)' },
  ]);
  expect(list.allCategories.map(({ id, count }) => [id, count])).toEqual([
    ['5', 2],
    ['x2:5', 3],
  ]);
  expect(list.search('', { category: 'x2:5', limit: 9, offset: 0 }).total).toBe(3);
  expect(list.groups('tf1', { limit: 9 }).map(({ variants }) => variants.map(({ id }) => id))).toEqual([
    ['x2:1', 'main:1', 'x2:2'],
  ]);
});

it('have in each other account the variant of the nearest quality', async () => {
  const list = catalogueOf([main().account, second().account]);
  await list.refresh();
  const variants = (id: AccountId, own: number, isFit = () => true) =>
    variantsInAccounts(list, channelId(id, own), isFit);
  expect(variants(mainAccount, 1)).toEqual(['main:1', 'x2:1']);
  expect(variants(x2, 2)).toEqual(['x2:2', 'main:1']);
  expect(variants(mainAccount, 2)).toEqual(['main:2']);
  expect(variants(m1, 7)).toEqual(['m1:7']);
  expect(variants(mainAccount, 1, () => false)).toEqual(['main:1']);
});

it('do not wait for an account that does not answer, nor lose one that has become empty', async () => {
  const [one, other] = [main(), second()];
  const list = catalogueOf([one.account, other.account]);
  await list.refresh();
  one.answer.lineup = (signal) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))));
  other.answer.lineup = async () => ({ ...other.lineup, channels: other.lineup.channels.slice(0, 2) });
  void list.refreshEach().catch(() => {});
  await expect.poll(() => ids(list)).toEqual(['main:1', 'main:2', 'x2:1', 'x2:2']);
  await list.stop();
  one.answer.lineup = async () => one.lineup;
  other.answer.lineup = async () => ({ ...other.lineup, channels: [] });
  expect(await list.refreshEach()).toMatchObject([
    { account: mainAccount, after: 2 },
    { account: x2, error: { code: 'catalogue_empty' } },
  ]);
  expect(ids(list)).toHaveLength(4);
  expect(list.lists).toMatchObject([{ lastFailure: null }, { account: x2, channels: 2 }]);
});

it('fail together only if none comes, with the error of the first', async () => {
  const [one, other] = [main(), second()];
  const list = catalogueOf([one.account, other.account]);
  one.answer.lineup = () => Promise.reject(new AppError('account_expired'));
  expect(await list.refresh()).toMatchObject({ before: 0, after: 3 });
  other.answer.lineup = () => Promise.reject(new AppError('provider_unreachable'));
  await expect(list.refresh()).rejects.toMatchObject({ code: 'account_expired' });
});

it('are merged once after a start, and again only if one has changed', async () => {
  const build = vi.fn(buildSearch);
  const accounts = [main(), second(), accountOf(m1, 'World', 'BBC One')];
  for (const { stored, lineup } of accounts) stored.data = { ...lineup, refreshedAt: 5 };
  const list = catalogueOf(
    accounts.map(({ account }) => account),
    build,
  );
  await list.start();
  expect([ids(list).length, build.mock.calls.length]).toEqual([6, 1]);
  await list.refresh();
  expect(build).toHaveBeenCalledTimes(1);
});

it('follow another order without being read anew, with the same ids and names of categories', async () => {
  const [one, other] = [main(), accountOf(x2, 'SPORT', 'FR: TF1 HD', 'CNN')];
  const third = accountOf(m1, 'World', 'FR - TF1 HD');
  const ownAccount = { id: mainAccount };
  const list = catalogueOf([one.account, other.account, third.account], buildSearch, ownAccount);
  await list.refresh();
  const variants = () => list.groups('tf1', { limit: 9 }).map((group) => group.variants.map(({ id }) => id));
  const categories = () => list.snapshot().categories.map(({ id, name }) => `${id} ${name}`);
  const inAccounts = () => variantsInAccounts(list, channelId(mainAccount, 1), () => true);
  expect(categories()).toEqual(['5 Sport', 'x2:5 SPORT (x2)', 'm1:5 World']);
  expect(variants()).toEqual([['main:1', 'x2:1', 'm1:1']]);
  expect(inAccounts()).toEqual(['main:1', 'x2:1', 'm1:1']);
  const readAnew = vi.fn(async () => one.lineup);
  one.answer.lineup = readAnew;
  other.answer.lineup = readAnew;
  const { refreshedAt } = list.snapshot();
  await list.use([third.account, other.account, one.account]);
  expect(categories()).toEqual(['m1:5 World', 'x2:5 SPORT (x2)', '5 Sport']);
  expect(variants()).toEqual([['m1:1', 'x2:1', 'main:1']]);
  // A channel that somebody has named comes first; of those that stand in, the order counts.
  expect(inAccounts()).toEqual(['main:1', 'm1:1', 'x2:1']);
  expect(ids(list)).toEqual(['m1:1', 'x2:1', 'x2:2', 'main:1', 'main:2']);
  expect(list.lists.map(({ account }) => account)).toEqual([m1, x2, mainAccount]);
  expect(readAnew).not.toHaveBeenCalled();
  // Also where the first list is not there yet.
  await list.use([accountOf(accountId('m2'), 'None', 'None').account, other.account, one.account]);
  expect(list.snapshot().refreshedAt).toBe(refreshedAt);
});

it('change one by one: those that stay go on, and the first may become another', async () => {
  const [one, other] = [main(), second()];
  const list = catalogueOf([one.account, other.account]);
  await list.refresh();
  await list.use([other.account]);
  expect(ids(list)).toEqual(['x2:1', 'x2:2', 'x2:3']);
  // It is the own account now.
  expect(list.snapshot().categories).toEqual([{ id: '5', name: 'SPORT' }]);
  const third = accountOf(m1, 'World', 'BBC One');
  await list.use([third.account]);
  // Until there is another list, the former one stays.
  expect(ids(list)).toEqual(['x2:1', 'x2:2', 'x2:3']);
  await list.keepFresh(m1);
  expect(ids(list)).toEqual(['m1:1']);
});
