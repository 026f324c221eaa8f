import { describe, expect, it } from 'vitest';
import { buildSearch } from '../../../src/catalogue/search/build-search.ts';
import type { ChannelSearch } from '../../../src/catalogue/search/channel-search.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { mainId } from '../../fakes/main-id.ts';

const names: [string, string][] = [
  ['FR| TF1 HD', 'fr'],
  ['FR| TF1 FHD', 'fr'],
  ['FR| FRANCE 2', 'fr'],
  ['4 SEVEN', 'uk'],
  ['CANAL+ SPORT', 'fr'],
  ['CANAL+ CINÉMA', 'fr'],
  ['DISNEY CINEMAGIC HD', 'uk'],
  ['[UK] SKY SPORTS NEWS', 'uk'],
  ['[DE] SKY SPORT NEWS', 'de'],
  ['RTL', 'de'],
  ['9 канал', 'ru'],
  ['5', 'uk'],
];
const channels: Channel[] = names.map(([name, categoryId], index) => ({
  id: mainId(100 + index),
  number: index + 1,
  name,
  categoryId,
  logo: null,
  epgId: null,
  archiveDays: 0,
}));

function find(search: ChannelSearch, query: string, category?: string): string[] {
  const options = { limit: 25, offset: 0, ...(category === undefined ? {} : { category }) };
  return search.search(query, options).items.map(({ name }) => name);
}

describe('the search for entries', async () => {
  const search = await buildSearch(channels);

  it.each([
    ['tf1', 'FR| TF1 FHD'],
    ['tf', 'FR| TF1 FHD'],
    ['TF1 HD', 'FR| TF1 HD'],
    ['france2', 'FR| FRANCE 2'],
    ['canal plus sport', 'CANAL+ SPORT'],
    ['canal+ cinema', 'CANAL+ CINÉMA'],
    ['disneycinemagic', 'DISNEY CINEMAGIC HD'],
    ['disny cinemagik', 'DISNEY CINEMAGIC HD'],
    ['sky sprots news', '[UK] SKY SPORTS NEWS'],
    ['канал', '9 канал'],
  ])('finds for %j first %s', (query, first) => {
    expect(find(search, query)[0]).toBe(first);
  });

  it('finds all qualities of a name, best first', () => {
    expect(find(search, 'tf1').slice(0, 2)).toEqual(['FR| TF1 FHD', 'FR| TF1 HD']);
  });

  it('ranks a channel number before names', () => {
    expect(find(search, '4')[0]).toBe('4 SEVEN');
    expect(find(search, '5').slice(0, 2)).toEqual(['CANAL+ SPORT', '5']);
  });

  it('returns only channels of the given category', () => {
    expect(find(search, 'sky sport news', 'de')).toEqual(['[DE] SKY SPORT NEWS']);
    expect(find(search, '1', 'uk')).not.toContain('FR| TF1 HD');
    expect(find(search, 'sky', 'nowhere')).toEqual([]);
  });

  it('returns the whole list in pages for an empty text', () => {
    expect(search.search('', { limit: 5, offset: 10 })).toEqual({ items: channels.slice(10), total: 12 });
    expect(search.search('  ', { limit: 1, offset: 1, category: 'de' })).toEqual({
      items: [channels[9]],
      total: 2,
    });
    expect(search.search('', { limit: 5, offset: 0, category: 'nowhere' })).toEqual({ items: [], total: 0 });
  });

  it('never finds a separator', async () => {
    const separated = channels.map((one) =>
      one.name === 'RTL' ? { ...one, name: '##### SPORT #####' } : one,
    );
    const search = await buildSearch(separated);
    expect(search.search('', { limit: 100, offset: 0 }).total).toBe(11);
    expect(find(search, 'sport')).not.toContain('##### SPORT #####');
  });

  it('returns the results in pages', () => {
    const { items, total } = search.search('sport', { limit: 100, offset: 0 });
    expect(total).toBe(items.length);
    expect(search.search('sport', { limit: 1, offset: 1 })).toEqual({ items: items.slice(1, 2), total });
  });

  it.each(['zzzzqqqq', '★', '?!', '\\', 'x'.repeat(10_000)])(
    'finds nothing for %j and does not fail',
    (query) => {
      expect(find(search, query)).toEqual([]);
    },
  );

  it('finds nothing in an empty list', async () => {
    const empty = await buildSearch([]);
    expect(empty.search('tf1', { limit: 5, offset: 0 })).toEqual({ items: [], total: 0 });
  });

  it('can be aborted while it is built', async () => {
    const many = Array.from(
      { length: 100_000 },
      (_, id) => ({ ...channels[0], id: mainId(id), name: `Channel ${id}` }) as Channel,
    );
    await expect(buildSearch(many, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  it('finds one name among 150,000', async () => {
    const many = Array.from(
      { length: 150_000 },
      (_, id) => ({ ...channels[0], id: mainId(id), name: `|FR| Station ${id * 7919} HD` }) as Channel,
    );
    const big = await buildSearch(many);
    expect(find(big, `station ${123_456 * 7919}`)[0]).toBe(`|FR| Station ${123_456 * 7919} HD`);
  }, 60_000);
});
