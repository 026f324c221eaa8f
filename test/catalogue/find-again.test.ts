import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { findAgain, variantsOf } from '../../src/catalogue/find-again.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

/** A catalogue of these names by id, whose provider may list others later. */
function catalogueOf(list: Record<number, string>) {
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
  return { catalogue, lineup };
}

describe('a remembered channel', () => {
  it.each([
    ['is where it was', { 1: 'FR| TF1 HD', 2: 'FR| Arte' }, 1],
    ['has another id', { 7: 'FR| TF1 HD', 2: 'FR| Arte' }, 7],
    ['has another id, and its own was given away', { 1: 'FR| Arte', 7: 'FR| TF1 HD' }, 7],
    [
      'has another id, and several qualities: its own',
      { 5: 'FR| TF1 FHD', 6: 'FR| TF1 HD', 7: 'FR| TF1 SD' },
      6,
    ],
    ['has another id, and another quality only', { 5: 'FR| TF1 FHD', 2: 'FR| Arte' }, 5],
    ['is written otherwise', { 1: '|FR| TF1 FHD' }, 1],
    ['was renamed', { 1: 'FR| La Une' }, 1],
    ['has left the list, though another country has one of that name', { 2: 'BE| TF1 HD' }, null],
    ['has left the list', { 2: 'FR| Arte', 3: 'FR| TF1 Séries' }, null],
  ])('is looked up correctly if it %s', async (_what, list, id) => {
    const { catalogue } = catalogueOf(list);
    await catalogue.refresh();
    const found = findAgain(catalogue, { channelId: mainId(1), channelName: 'FR| TF1 HD' });
    expect(found?.id ?? null).toBe(id === null ? null : mainId(id));
  });
});

describe('the variants of a remembered channel', () => {
  const qualities = { 4: 'FR| TF1 HD', 5: 'FR| TF1 FHD', 6: 'FR| TF1 SD', 7: 'FR| TF1 +1', 8: 'BE| TF1 HD' };

  it.each<[name: string, ids: number[]]>([
    ['FR| TF1 FHD', [5, 4, 6]],
    ['FR| TF1 SD', [6, 4, 5]],
    ['FR| TF1', [5, 4, 6]],
    ['FR| TF1 UHD', [5, 4, 6]],
    ['FR| Arte', []],
  ])('are sorted by the nearest quality, without other countries and timeshifts: %s', async (name, ids) => {
    const { catalogue } = catalogueOf(qualities);
    await catalogue.refresh();
    const found = variantsOf(catalogue, { channelId: mainId(99), channelName: name });
    expect(found.map(({ id }) => id)).toEqual(ids.map(mainId));
  });
});
