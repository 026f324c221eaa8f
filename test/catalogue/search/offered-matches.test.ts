import { beforeAll, describe, expect, it } from 'vitest';
import { buildSearch } from '../../../src/catalogue/search/build-search.ts';
import type { ChannelSearch } from '../../../src/catalogue/search/channel-search.ts';
import { offeredMatches } from '../../../src/catalogue/search/offered-matches.ts';
import { mainId } from '../../fakes/main-id.ts';

const names = [
  'FR: France 2 HD',
  'FR: France 2 FHD',
  'FR: France 24',
  'FR: France Info',
  'FR: France 3',
  'MT: France 2',
  'EN| France 24 in English',
  'EN| France24',
  'FR: Arté',
  'FR: TF1',
  'FR: M6 (MP2)',
  'XX: Stalls after 8 s',
  'AR: صوت الشباب',
  'FR: Canal+',
  'FR: Canal+ Sport',
  'FR: Canal J',
  'FR: Eurosport 1',
  'FR: Eurosport 2',
  'FR: beIN Sports 1',
  'FR: RMC Sport 1',
  'UK: Sky Sports News',
  'FR: TF1 Séries Films',
  'FR: CNews',
  'UK: Star Gold',
  'IN: Star Plus',
  'RU: Первый канал',
  'DE: RTL',
];
const channels = names.map((name, at) => ({
  id: mainId(at + 1),
  number: at + 1,
  name,
  categoryId: name.startsWith('FR') ? '1' : '2',
  logo: null,
  epgId: null,
  archiveDays: 0,
}));

let search: ChannelSearch;
beforeAll(async () => {
  search = await buildSearch(channels, undefined, [
    { id: '1', name: 'FRANCE' },
    { id: '2', name: 'WORLD' },
  ]);
});

const good = (typed: string) =>
  offeredMatches(typed, search.groups(typed, { limit: 25 })).map(({ label }) => label);

describe('goodMatches', () => {
  it.each<[typed: string, without: RegExp, withThem: readonly string[]]>([
    ['france', /TF1|M6|Stalls|Canal|Art/, ['France 24', 'France Info', 'France 2 (MT)', 'EN| France24']],
    ['stalls', /صوت|Star/, ['XX: Stalls after 8 s']],
    ['canal', /канал/, ['Canal+', 'Canal J', 'Canal+ Sport']],
    ['sport', /صوت|France/, ['RMC Sport 1', 'beIN Sports 1', 'Sky Sports News', 'Canal+ Sport']],
    ['star', /صوت/, ['Star Gold', 'Star Plus']],
    ['news', /France|TF1/, ['CNews', 'Sky Sports News']],
    ['frnace', /TF1|M6/, ['France 2 (FR)', 'France 3', 'France 24', 'France Info']],
    ['первый', /Star|TF1/, ['Первый канал']],
    ['صوت', /Star|Stalls/, ['صوت الشباب']],
  ])('returns for %s nothing like %s', (typed, without, withThem) => {
    const labels = good(typed);
    expect(labels).toEqual(expect.arrayContaining([...withThem]));
    expect(labels.join(' ')).not.toMatch(without);
  });

  it.each(['xyzzyplugh', ''])('returns nothing for %j', (typed) => {
    expect(good(typed)).toEqual([]);
  });

  it('keeps a channel by its current programme beside names that match', () => {
    const found = search.groups('france', { limit: 25, onNow: () => [mainId(10)] });
    expect(offeredMatches('france', found).map(({ label }) => label)).toContain('TF1');
  });
});
