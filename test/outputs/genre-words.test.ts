import { expect, it } from 'vitest';
import { withGenreWords } from '../../src/outputs/genre-words.ts';

it.each<[string[], string[]]>([
  [['Film'], ['Film', 'Movie']],
  [
    ['Cinéma', 'Drame'],
    ['Cinéma', 'Drame', 'Movie'],
  ],
  [['Movie'], ['Movie']],
  [['Série'], ['Série', 'Series']],
  [
    ['Sport', 'Football'],
    ['Sport', 'Football', 'Sports'],
  ],
  [['Actualités'], ['Actualités', 'News']],
  [['Dessin animé'], ['Dessin animé', 'Kids']],
  [
    ['Infantil', 'Series'],
    ['Infantil', 'Series', 'Kids'],
  ],
  [['Transport'], ['Transport']],
  [['Documentaire'], ['Documentaire']],
])('%j become %j', (categories, expected) => {
  expect(withGenreWords(categories)).toEqual(expected);
});
