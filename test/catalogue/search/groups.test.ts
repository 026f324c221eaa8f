import { describe, expect, it } from 'vitest';
import { type Boosts, MAX_BOOST } from '../../../src/catalogue/search/boosts.ts';
import { buildSearch } from '../../../src/catalogue/search/build-search.ts';
import type { GroupOptions } from '../../../src/catalogue/search/channel-search.ts';
import type { ChannelId } from '../../../src/domain/ids.ts';
import { mainId } from '../../fakes/main-id.ts';
import { categories, channels, idOf } from '../lineup.ts';

describe('the search for channels', async () => {
  const search = await buildSearch(channels, undefined, categories);
  const find = (typed: string, options: Partial<GroupOptions> = {}) =>
    search.groups(typed, { limit: 10, ...options });
  const labels = (typed: string, boosts: Boosts = {}) => find(typed, { boosts }).map(({ label }) => label);

  it('returns a channel once with its variants, best first, backups last', () => {
    const [tf1, ...others] = find('tf1');
    expect(tf1).toMatchObject({ name: 'TF1', label: 'TF1', country: 'FR', language: 'fr', kind: 'plain' });
    expect(tf1?.qualities).toEqual(['UHD', 'FHD', 'HD', 'SD']);
    expect(tf1?.variants.map(({ name }) => name)).toEqual([
      'FR| TF1 FHD',
      'FR| TF1 HD',
      'FR| TF1 UHD',
      'FR| TF1 SD',
      'FR| TF1 HD BACKUP',
    ]);
    expect(others.map(({ name }) => name)).not.toContain('TF1');
  });

  it('ranks the typed quality first', () => {
    expect(find('tf1 sd')[0]?.variants[0].name).toBe('FR| TF1 SD');
  });

  it('adds the country to a label only if two channels have the same name', () => {
    expect(labels('disney channel').slice(0, 2).toSorted()).toEqual(
      ['Disney Channel (UK)', 'DISNEY CHANNEL (FR)'].toSorted(),
    );
    expect(labels('sky atlantic')[0]).toBe('Sky Atlantic');
  });

  it('ranks a channel number first and names the reason', () => {
    const number = channels.find(({ name }) => name === 'UK: BBC Two HD')?.number;
    expect(find(String(number))[0]).toMatchObject({ name: 'BBC Two', why: ['number'] });
  });

  it.each([
    ['fr sport', '|FR| SPORT'],
    ['sport fr', '|FR| SPORT'],
    ['france sport', '|FR| SPORT'],
    ['uk sport', 'UK | SPORT'],
    ['deutschland', 'DE - DEUTSCHLAND'],
    ['cinema fr', '|FR| CINÉMA'],
  ])('finds for %j channels of the category %s', (typed, category) => {
    const id = categories.find(({ name }) => name === category)?.id;
    const found = find(typed, { limit: 5 });
    expect(found.length).toBe(5);
    expect(found.filter(({ why }) => why.includes('category')).length).toBeGreaterThan(3);
    expect(
      found.every(({ variants, why }) => variants[0].categoryId === id || !why.includes('category')),
    ).toBe(true);
  });

  it('finds a channel by its current programme, after better names', () => {
    const asked: string[] = [];
    const onNow = (text: string) => {
      asked.push(text);
      return [idOf('UK: TNT Sports 2 HD'), mainId(999_999)];
    };
    expect(find('arsenal chelsea', { onNow })[0]).toMatchObject({ name: 'TNT Sports 2', why: ['on now'] });
    expect(find('the match', { onNow })[0]).toMatchObject({ name: 'TNT Sports 2' });
    expect(find('arte', { onNow })[0]).toMatchObject({ name: 'ARTE', why: [] });
    expect(asked).toEqual(['arsenal chelsea', 'the match', 'arte']);
  });

  it.each<[string, Boosts, string, string]>([
    ['eurosport 1', { country: 'UK' }, 'Eurosport 1 (UK)', 'your country'],
    ['eurosport 1', { country: 'FR' }, 'EUROSPORT 1 (FR)', 'your country'],
    ['disney channel', { language: 'en' }, 'Disney Channel (UK)', 'your language'],
    ['sky', { favourites: new Set([idOf('UK: Sky Atlantic FHD')]) }, 'Sky Atlantic', 'favourite'],
    ['canal', { recents: new Set([idOf('FR| CANAL+ FOOT HD')]) }, 'CANAL+ FOOT', 'recent'],
    ['f', { popular: new Set([idOf('FR| FRANCE 24')]) }, 'FRANCE 24', 'popular'],
    ['sky sports', { hasGuide: ({ name }) => name.includes('News') }, 'Sky Sports News', 'has guide'],
  ])('finds for %j with %o first %s: %s', (typed, boosts, label, why) => {
    const [first] = find(typed, { boosts });
    expect(first?.label).toBe(label);
    expect(first?.why).toContain(why);
  });

  it('applies a favourite variant to its channel', () => {
    const favourites = new Set([idOf('FR| TF1 HD BACKUP')]);
    expect(find('tf1', { boosts: { favourites } })[0]?.why).toEqual(['favourite']);
  });

  it('never ranks a favourite above a name that was typed in full', () => {
    const id = idOf('FR| TF1 SÉRIES FILMS HD');
    const all = new Set([id]);
    const boosts = {
      favourites: all,
      recents: all,
      popular: all,
      hasGuide: ({ id: one }: { id: ChannelId }) => one === id,
    };
    expect(labels('tf1', boosts)[0]).toBe('TF1');
    expect(labels('tf1', boosts)[1]).toBe('TF1 SÉRIES FILMS');
    expect(MAX_BOOST).toBeLessThan(1);
  });

  it('returns the asker’s channels for an empty text', () => {
    const boosts = {
      favourites: new Set([idOf('UK: Dave')]),
      recents: new Set([idOf('DE - VOX')]),
      popular: new Set([idOf('ES | Cuatro'), mainId(999_999)]),
    };
    expect(labels('', boosts)).toEqual(['Dave', 'VOX', 'Cuatro']);
    expect(find('')).toEqual([]);
  });

  it('keeps other names among the results when one name is in many countries', async () => {
    const many = ['FR', 'DE', 'ES', 'IT', 'PT', 'PL', 'UK'].map((country) => `${country}| MOVIE TIME`);
    const list = [...many, 'UK| MOVIE TIMELESS', 'UK| MOVIE TIMES'].map((name, id) => ({
      id: mainId(id),
      number: null,
      name,
      categoryId: null,
      logo: null,
      epgId: null,
      archiveDays: 0,
    }));
    const names = (await buildSearch(list)).groups('movie ti', { limit: 5 }).map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
  });

  it.each(['?!', '★', 'zzzzqqqq', '\\', 'x'.repeat(10_000)])('finds nothing for %j', (typed) => {
    expect(find(typed)).toEqual([]);
  });

  it('finds the channel of which an entry is a variant', () => {
    expect(search.groupOf(idOf('FR| TF1 SD'))).toMatchObject({ label: 'TF1', variants: { length: 5 } });
    expect(search.groupOf(idOf('##### FRANCE #####'))).toBeNull();
    expect(search.groupOf(mainId(999_999))).toBeNull();
  });

  it('returns the channels of a category in pages, in the list’s order, without separators', () => {
    const [category] = categories;
    const names = (limit: number, offset: number) =>
      search.browse('', { category: category?.id ?? '', limit, offset }).items.map(({ name }) => name);
    expect(names(3, 0)).toEqual(['TF1', 'TF1 SÉRIES FILMS', 'TF1 +1']);
    expect(names(2, 2)).toEqual(['TF1 +1', 'FRANCE 2']);
    const { total } = search.browse('', { category: category?.id ?? '', limit: 0, offset: 0 });
    expect(names(100, 0)).toHaveLength(total);
    expect(search.browse('', { category: 'none', limit: 5, offset: 0 })).toEqual({ items: [], total: 0 });
  });

  it('returns at most the given number of results', () => {
    expect(find('s', { limit: 3 })).toHaveLength(3);
    expect(find('s', { limit: 0 })).toEqual([]);
  });
});
