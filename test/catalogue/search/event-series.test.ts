import { describe, expect, it } from 'vitest';
import { eventSlotOf } from '../../../src/catalogue/names/event-slot.ts';
import { parseName } from '../../../src/catalogue/names/parse-name.ts';
import { buildSearch } from '../../../src/catalogue/search/build-search.ts';
import { mainId } from '../../fakes/main-id.ts';

const slotOf = (raw: string) => {
  const { key, country } = parseName(raw);
  return eventSlotOf(raw, key, country);
};
const listOf = (names: readonly string[], categoryId: string | null = null) =>
  names.map((name, at) => ({
    ...{ id: mainId(at + 1), number: null, name, categoryId },
    ...{ logo: null, epgId: null, archiveDays: 0 },
  }));
const eventsOf = async (names: readonly string[]) =>
  (await buildSearch(listOf(names))).events.events.map(({ text }) => text);
const numbered = (count: number, name: (number: number) => string) =>
  Array.from({ length: count }, (_, at) => name(at + 1));

describe('a name of a numbered series', () => {
  it.each([
    ['PPV 07: Fury - Usyk', 7, 'Fury - Usyk'],
    ['PPV 07:', 7, ''],
    ['PPV 07', 7, null],
    ['PPV 07 HD', 7, null],
    ['PPV 07 | FHD - BACKUP', 7, null],
    ['EVENT 3: NO EVENT TODAY', 3, 'NO EVENT TODAY'],
    ['Sky Sports Event 2 | ', 2, ''],
    ['US (PPV 12) | UFC 300: Pereira vs Hill', 12, 'UFC 300: Pereira vs Hill'],
    ['FLO 04 - Hockey 19:30', 4, 'Hockey 19:30'],
  ])('%s', (raw, number, text) => {
    expect(slotOf(raw)).toMatchObject({ number, text });
  });

  it.each(['TF1', 'UK: DAZN 5 | UK', 'LIVE 20:30 News', 'Radio 1000', '24/7: FRIENDS'])(
    'is not %s',
    (raw) => {
      expect(slotOf(raw)?.text ?? null).toBeNull();
    },
  );

  it('has one series, however full it is', () => {
    const all = ['UK: PPV 1: Fury - Usyk', 'UK: PPV 02 |', 'UK: PPV 3 HD'].map((raw) => slotOf(raw)?.series);
    expect(new Set(all).size).toBe(1);
  });
});

describe('channels for events', () => {
  it('are told by the sign that nothing follows, or by what many say', async () => {
    expect(await eventsOf(['PPV 1: Fury - Usyk', 'PPV 2:', 'PPV 3:', 'PPV 4 |'])).toEqual(['Fury - Usyk']);
    expect(
      await eventsOf([
        ...numbered(5, (number) => `EVENT ${number}: KEIN EVENT HEUTE`),
        'EVENT 6: UFC 300',
        'EVENT 7: Golf, Masters',
      ]),
    ).toEqual(['UFC 300', 'Golf, Masters']);
    expect(await eventsOf([...numbered(30, (number) => `PPV ${number}`), 'PPV 31: UFC 300'])).toEqual([
      'UFC 300',
    ]);
  });

  it.each([
    ['numbered channels', numbered(12, (number) => `SKY SPORTS ${number} HD`)],
    [
      'channels with the same words behind them',
      numbered(12, (number) => `SKY SPORTS ${number} | EAST FEED`),
    ],
    [
      'stations of cities',
      ['Boston', 'Chicago', 'Dallas', 'Denver'].map((city, at) => `ABC ${at + 2} - ${city}`),
    ],
    ['a few with a subject', ['SKY 1: F1', 'SKY 2: GOLF', ...numbered(6, (number) => `SKY ${number + 2}`)]],
    ['two numbers', ['PPV 1: UFC 300', 'PPV 2:']],
  ])('are not %s', async (_, names) => {
    const search = await buildSearch(listOf(names));
    expect(search.events).toEqual({ series: [], events: [] });
    expect(search.browse('', { limit: 99, offset: 0 }).items.map(({ variants: [{ name }] }) => name)).toEqual(
      names,
    );
  });

  it('come last while they wait, and with the others when they have one, found by its words', async () => {
    const names = ['PPV 1 |', 'PPV 2 | UFC 300: Pereira', 'PPV 3 |', 'PPV 4 |', 'PPV TV', 'Arte'];
    const search = await buildSearch(listOf(names, '1'), undefined, [{ id: '1', name: 'All' }]);
    const page = { limit: 9, offset: 0 };
    const labels = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
    const last = ['PPV 1', 'PPV 3', 'PPV 4'];
    expect(labels(search.browse('', page).items)).toEqual([
      'PPV 2 | UFC 300: Pereira',
      'PPV TV',
      'Arte',
      ...last,
    ]);
    expect(labels(search.browse('', { ...page, category: '1' }).items).slice(3)).toEqual(last);
    expect(
      labels(search.groups('ppv', { limit: 9 }))
        .slice(0, 2)
        .sort(),
    ).toEqual(['PPV 2 | UFC 300: Pereira', 'PPV TV']);
    expect(search.groups('pereira', { limit: 9 })[0]?.name).toBe('PPV 2 | UFC 300: Pereira');
  });
});
