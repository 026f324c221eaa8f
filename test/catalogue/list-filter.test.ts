import { describe, expect, it } from 'vitest';
import { filterList, keepAll, type ListFilter } from '../../src/catalogue/list-filter.ts';
import { namePatterns } from '../../src/catalogue/name-patterns.ts';
import { foldWords } from '../../src/catalogue/names/fold.ts';
import { mainId } from '../fakes/main-id.ts';

describe('patterns of names', () => {
  it.each([
    ['adult', 'XX| ADULT HD', true],
    ['adult', 'ADULTES', false],
    ['adult*', 'ADULTES', true],
    ['*dult', 'Young-Adult', true],
    ['serie', '┃FR┃ SÉRIE CLUB', true],
    ['SÉRIE CLUB', 'fr| serie-club', true],
    ['serie club', 'CLUB SERIE', false],
    ['24/7', '24-7: FRIENDS', true],
    ['ppv * vs *', 'PPV 07: Fury vs Usyk', true],
    ['ppv * vs *', 'PPV 07', false],
    ['ppv *', 'PPVX 07', false],
    ['a*b*c', 'abc', true],
    ['a*bb*c', 'abc', false],
    ['первый', 'RU | Первый канал', true],
    ['*', 'TF1', false],
  ])('%s in %s: %s', (pattern, name, expected) => {
    expect(namePatterns([pattern])(foldWords(name))).toBe(expected);
  });
});

describe('the filter of a list', () => {
  const data = {
    categories: [
      { id: '1', name: 'FR| SPORT' },
      { id: '2', name: 'UK| Kids' },
      { id: '3', name: 'XXX' },
    ],
    channels: [
      ['beIN 1', '1'],
      ['beIN XXL', '1'],
      ['Cartoon', '2'],
      ['BBC News', null],
      ['Late night', '3'],
    ].map(([name, categoryId], at) => ({
      ...{ id: mainId(at + 1), number: null, name: name ?? '', categoryId: categoryId ?? null },
      ...{ logo: null, epgId: null, archiveDays: 0 },
    })),
    refreshedAt: 7,
  };
  const names = async (filter: Partial<ListFilter>) => {
    const { channels, categories } = await filterList(data, { ...keepAll, ...filter });
    return [channels.map(({ name }) => name), categories.map(({ id }) => id)];
  };

  it('keeps the list as it is without anything to leave out', async () => {
    expect(await filterList(data, keepAll)).toBe(data);
  });

  it.each([
    [{ hiddenCategories: new Set(['1', '3']) }, ['Cartoon', 'BBC News'], ['2']],
    [{ hiddenChannels: ['xx*', 'kids'] }, ['beIN 1', 'BBC News'], ['1']],
    [{ onlyChannels: ['fr', 'bbc'] }, ['beIN 1', 'beIN XXL', 'BBC News'], ['1']],
    [{ onlyChannels: ['fr'], hiddenChannels: ['xxl'] }, ['beIN 1'], ['1']],
    [{ onlyChannels: ['nothing'] }, [], []],
  ])('with %j has %j in %j', async (filter, channels, categories) => {
    expect(await names(filter)).toEqual([channels, categories]);
  });
});
