import { expect, it } from 'vitest';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { alternatives } from '../../src/commands/alternatives.ts';
import { type AccountId, accountId, channelId, mainAccount } from '../../src/domain/ids.ts';
import { someMarks } from '../fakes/channel-marks.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

/** What the buttons say where channel 1 of the first account does not come. */
async function labels(lists: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
  const accounts = Object.entries(lists).map(([name, names]) => {
    const id: AccountId = accountId(name);
    const channels = names.map((each, at) => ({
      ...{ id: channelId(id, at + 1), name: each, number: null, categoryId: null },
      ...{ logo: null, epgId: null, archiveDays: 0 },
    }));
    return {
      id,
      provider: { lineup: async () => ({ categories: [], channels, dropped: 0 }) },
      store: { load: async () => null, save: async () => {} },
    };
  });
  const catalogue = new Catalogue({ accounts, clock: new FakeClock(), log: silentLogger });
  await catalogue.refresh();
  const failed = { id: channelId(mainAccount, 1), name: 'FR| TF1 HD' };
  const marks = { of: () => '~1', read: someMarks.read.bind(someMarks) };
  return alternatives({ catalogue, marks }, failed, 'en')
    .flat()
    .map(({ label }) => label);
}

it('names the variants of a channel by quality', async () => {
  expect(await labels({ main: ['FR| TF1 HD', 'FR| TF1 FHD'] })).toEqual(['TF1 · FHD']);
});

it('names their accounts too where there are several', async () => {
  expect(await labels({ main: ['FR| TF1 HD', 'FR| TF1 FHD'], x2: ['FR| TF1 HD', 'FR| Arte'] })).toEqual([
    'TF1 · FHD · subscription 1',
    'TF1 · HD · subscription 2',
  ]);
});
