import { describe, expect, it } from 'vitest';
import { findLike } from '../../src/catalogue/names/find-like.ts';
import { fuzzy } from '../../src/lib/fuzzy.ts';

const find = (list: readonly string[], typed: string) => findLike(list, typed, (item) => [item]);

const people = ['Ana', 'Anna Maria', 'Banana Joe', 'Diana', 'Bob', 'Zoë', 'Émile', 'Jean-Pierre', 'Пётр'];
const channels = [
  'TF1',
  'Canal+',
  'Canal+ Sport',
  'beIN SPORTS 1',
  'Arte',
  'M6',
  'France 2',
  'RMC Découverte',
  'Eurosport 2',
  'France 24',
];
const titles = [
  'UEFA Champions League: PSG - Arsenal',
  'Le Journal de 20h',
  'Championnat de France',
  'Plus belle la vie',
  'Des chiffres et des lettres',
  'The Big Bang Theory',
  'Top Chef',
  'Tour de France, étape 3',
  'Ligue des champions',
];

describe('fuzzy', () => {
  it.each<[typed: string, list: readonly string[], first: string]>([
    ['ana', people, 'Ana'],
    ['zoe', people, 'Zoë'],
    ['emil', people, 'Émile'],
    ['jeanpiere', people, 'Jean-Pierre'],
    ['petr', people, 'Пётр'],
    ['maria anna', people, 'Anna Maria'],
    ['dianna', people, 'Diana'],
    ['cannal plus', channels, 'Canal+'],
    ['beinsport', channels, 'beIN SPORTS 1'],
    ['frnace', channels, 'France 2'],
    ['decouvrete', channels, 'RMC Découverte'],
    ['sports bein', channels, 'beIN SPORTS 1'],
    ['champoins league', titles, 'UEFA Champions League: PSG - Arsenal'],
    ['champions leauge', titles, 'UEFA Champions League: PSG - Arsenal'],
    ['jounal', titles, 'Le Journal de 20h'],
    ['plus bele la vie', titles, 'Plus belle la vie'],
    ['chifres et letres', titles, 'Des chiffres et des lettres'],
    ['big bnag', titles, 'The Big Bang Theory'],
    ['topchef', titles, 'Top Chef'],
    ['tour de fance', titles, 'Tour de France, étape 3'],
  ])('finds items for %j despite typing errors', (typed, list, first) => {
    expect(find(list, typed)[0]).toBe(first);
  });

  it.each([
    ['xyzzy', channels],
    ['', channels],
    ['  !! ', channels],
    ['tf2', ['TF1']],
    ['bb', people],
  ])('finds nothing for %j', (typed, list) => {
    expect(find(list, typed)).toEqual([]);
  });

  it('ranks equal texts before beginnings, and beginnings before other occurrences', () => {
    expect(find(['Banana', 'Anastasia', 'Ana'], 'ana')).toEqual(['Ana', 'Anastasia', 'Banana']);
  });

  it('leaves out similar items if an item contains the typed text', () => {
    expect(find(['Anna', 'Ana'], 'anna')).toEqual(['Anna']);
  });

  it('returns each item once and at most the given number', () => {
    const items = [{ names: ['TF1', 'FR: TF1 HD'] }, { names: ['TF1 Séries'] }];
    const options = { textsOf: (item: { names: string[] }) => item.names, fold: (text: string) => text };
    expect(fuzzy(items, 'TF1', options)).toEqual(items);
    expect(fuzzy(items, 'TF1', { ...options, limit: 1 })).toEqual([items[0]]);
  });

  it('searches only the first 500 items', () => {
    const list = [...Array.from({ length: 500 }, (_, at) => `Number ${at}`), 'Arte'];
    expect(find(list, 'arte')).toEqual([]);
  });
});
