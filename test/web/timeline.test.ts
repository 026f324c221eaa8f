import { describe, expect, it } from 'vitest';
import { findTitles } from '../../src/web/console/find-titles.ts';
import { halfHours, placeOf, spanFrom } from '../../src/web/console/timeline.ts';

const at = (hour: number, minutes = 0) => Date.UTC(2026, 10, 24, hour, minutes);
const programme = (title: string, from: number, to: number) => ({
  ...{ title, description: '' },
  start: new Date(from).toISOString(),
  stop: new Date(to).toISOString(),
});

describe('the guide’s grid', () => {
  const span = spanFrom(at(20, 42), 4);

  it('begins with the half-hour before now', () => {
    expect(span).toEqual({ from: at(20, 30), to: at(24, 30) });
    expect(halfHours(span).map((time) => new Date(time).toISOString().slice(11, 16))).toEqual([
      '20:30',
      '21:00',
      '21:30',
      '22:00',
      '22:30',
      '23:00',
      '23:30',
      '00:00',
    ]);
  });

  it.each([
    ['inside', at(21, 30), at(22, 30), { left: 0.25, width: 0.25 }],
    ['from before', at(18), at(21, 30), { left: 0, width: 0.25 }],
    ['to after', at(23, 30), at(26), { left: 0.75, width: 0.25 }],
    ['over', at(18), at(20, 30), null],
    ['later', at(25), at(26), null],
    ['without a length', at(21), at(21), null],
  ])('has a place for a programme %s', (_where, from, to, expected) => {
    expect(placeOf(programme('x', from, to), span)).toEqual(expected);
  });

  it('has none for times that are none', () => {
    expect(placeOf({ start: 'soon', stop: 'later' }, span)).toBeNull();
  });
});

describe('a search in titles', () => {
  const rows = [
    {
      channel: 'One',
      programmes: [programme('Le Journal', at(20), at(21)), programme('Cinéma : Élise', at(23), at(24))],
    },
    {
      channel: 'Two',
      programmes: [programme('Ciné-club', at(21), at(22)), programme('Le cinema d’hier', at(10), at(11))],
    },
  ];
  const find = (text: string) =>
    findTitles(rows, text, at(20, 30)).map(({ channel, programme: { title } }) => `${channel}: ${title}`);

  it('finds words in any case and without accents, soonest first, and nothing that is over', () => {
    expect(find('CINE')).toEqual(['Two: Ciné-club', 'One: Cinéma : Élise']);
    expect(find('elise cinéma')).toEqual(['One: Cinéma : Élise']);
    expect(find('journal')).toEqual(['One: Le Journal']);
    expect(find('  ')).toEqual([]);
  });
});
