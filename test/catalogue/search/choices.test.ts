import { describe, expect, it } from 'vitest';
import { buildSearch } from '../../../src/catalogue/search/build-search.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import type { ChannelChoice } from '../../../src/domain/channel-choice.ts';
import { accountId, type ChannelId, channelId } from '../../../src/domain/ids.ts';
import type { StoredChoice } from '../../../src/store/channel-choices.ts';
import { mainId, numberOf } from '../../fakes/main-id.ts';

const categories = [
  { id: 'fr', name: 'FR| TV' },
  { id: 'de', name: 'DE| TV' },
];
const channel = (id: number | ChannelId, name: string, more: Partial<Channel> = {}): Channel => ({
  id: typeof id === 'number' ? mainId(id) : id,
  number: typeof id === 'number' ? id : null,
  ...{ name, categoryId: null, logo: null, epgId: null, archiveDays: 0 },
  ...more,
});
const choice = (id: number, channelName: string, chosen: Partial<ChannelChoice>, isAlone = false) => ({
  ...{ channelId: mainId(id), channelName, isAlone },
  choice: { called: null, number: null, isHidden: false, ...chosen },
});
const hidden = { isHidden: true };
const called = (name: string, country: string | null = null) => ({ called: { name, country } });
const searchWith = (channels: readonly Channel[], all: readonly StoredChoice[], knowsIds = true) =>
  buildSearch(channels, undefined, categories, { all: () => all, knowsIdsOf: () => knowsIds });
const apply = async (...given: Parameters<typeof searchWith>) => (await searchWith(...given)).channels;
const idsOf = (channels: readonly Channel[]) => channels.map(({ id }) => numberOf(id));

describe('choices in the list', () => {
  it('cost nothing where there are none', async () => {
    const channels = [channel(1, 'TF1')];
    expect(await apply(channels, [])).toBe(channels);
  });

  it('hide a channel with the variants that come later, and no other of its name', async () => {
    const channels = [
      channel(1, 'RTL HD', { categoryId: 'de' }),
      channel(2, 'RTL HD', { categoryId: 'fr' }),
      channel(3, 'RTL UHD ◉', { categoryId: 'de' }),
      channel(4, 'RTL Zwei', { categoryId: 'de' }),
    ];
    expect(idsOf(await apply(channels, [choice(1, 'RTL HD', hidden)]))).toEqual([2, 4]);
  });

  it.each([
    ['an entry that got another id', [channel(7, 'TF1 HD'), channel(1, 'Arte')], [1]],
    ['one that also looks otherwise', [channel(7, '|FR| TF1 HD ◉'), channel(1, 'Arte')], [1]],
    ['an entry that the provider renamed', [channel(1, 'La Première'), channel(2, 'Arte')], [2]],
    ['nothing where it has left', [channel(2, 'Arte')], [2]],
  ])('follow %s', async (_, channels, left) => {
    expect(idsOf(await apply(channels, [choice(1, 'TF1 HD', hidden)]))).toEqual(left);
  });

  it('do not take another login’s id for the same channel', async () => {
    const channels = [channel(1, 'Arte')];
    expect(await apply(channels, [choice(1, 'TF1 HD', hidden)], false)).toEqual(channels);
  });

  it('hold for the same channel of another account, but not if they are about one entry', async () => {
    const other = channel(channelId(accountId('x2'), '9'), 'TF1 FHD');
    expect(await apply([other], [choice(1, 'TF1 HD', hidden)])).toEqual([]);
    expect(await apply([other], [choice(1, 'TF1 HD', hidden, true)])).toEqual([other]);
  });

  it('give a number, which no other channel is found by any more', async () => {
    const channels = [channel(1, 'TF1 HD'), channel(101, 'Arte'), channel(3, 'TF1 SD')];
    const search = await searchWith(channels, [choice(1, 'TF1 HD', { number: 101 })]);
    expect(search.channels.map(({ number }) => number)).toEqual([101, null, 101]);
    const [group, ...others] = search.groups('101', { limit: 5 });
    expect([group?.name, others.length]).toEqual(['TF1', 0]);
  });

  it('give a name, by which a channel is known from then on, and found by the former one too', async () => {
    const channels = [channel(1, 'FR| TF1 HD'), channel(2, 'FR| TF1 4K'), channel(3, 'FR| Arte')];
    const search = await buildSearch(
      await apply(channels, [choice(1, 'FR| TF1 HD', called('La Une', 'FR'))]),
    );
    for (const typed of ['la une', 'tf1']) {
      const [group] = search.groups(typed, { limit: 5 });
      expect([typed, group?.label, group?.qualities]).toEqual([typed, 'La Une', ['UHD', 'HD']]);
    }
    expect(search.groupOf(mainId(3))?.label).toBe('Arte');
  });

  it('make two channels one, and one entry a channel of its own', async () => {
    const channels = [channel(1, 'TF1 HD'), channel(2, 'TF1 SD'), channel(3, 'Télé Une')];
    const joined = await searchWith(channels, [choice(3, 'Télé Une', called('TF1'))]);
    expect(joined.groupOf(mainId(3))?.variants.map(({ id }) => numberOf(id))).toEqual([1, 3, 2]);
    const split = await searchWith(channels, [choice(2, 'TF1 SD', called('TF1 Suisse'), true)]);
    expect([1, 2].map((id) => split.groupOf(mainId(id))?.variants.length)).toEqual([1, 1]);
    expect(split.groups('tf1 suisse', { limit: 1 })[0]?.name).toBe('TF1 Suisse');
  });
});
