import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/catalogue/search/query.ts';

const everywhere = () => true;

describe('parseQuery', () => {
  it.each<[string, readonly string[]]>([
    ['TF1', ['tf1']],
    ['tf1hd', ['tf1hd', 'tf1']],
    ['tf1 fhd', ['tf1 fhd', 'tf1']],
    ['FR| TF1', ['fr tf1', 'tf1 FR', 'tf1']],
    ['tf1 fr', ['tf1 fr', 'tf1 FR']],
    ['bbc one', ['bbc one', 'bbc 1']],
    ['fr', ['fr']],
    ['★', []],
  ])('parses %j to the forms %j', (typed, forms) => {
    const said = parseQuery(typed, everywhere).forms.map(({ words, country }) =>
      country ? `${words} ${country}` : words,
    );
    expect(said).toEqual(forms);
  });

  it('gives the typed words more worth than derived forms', () => {
    const [first, ...others] = parseQuery('bbc one hd uk', everywhere).forms;
    expect(first).toMatchObject({ words: 'bbc one hd uk', worth: 1 });
    expect(others.every(({ worth }) => worth < 1)).toBe(true);
  });

  it('recognises no country without channels', () => {
    expect(parseQuery('yle tv', () => false).forms).toHaveLength(1);
  });

  it.each([
    ['tf1 uhd', 'UHD', null],
    ['tf14k', 'UHD', null],
    ['sky sd', 'SD', null],
    ['12', null, 12],
    [' 7 ', null, 7],
    ['12345678', null, null],
    ['tf1', null, null],
  ])('finds in %j the quality %s and the number %s', (typed, quality, number) => {
    expect(parseQuery(typed, everywhere)).toMatchObject({ quality, number });
  });

  it('recognises Latin letters', () => {
    expect(parseQuery('матч 1', everywhere).forms[0]?.isLatin).toBe(false);
    expect(parseQuery('télé 1', everywhere).forms[0]?.isLatin).toBe(true);
  });
});
