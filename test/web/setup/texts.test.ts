import { expect, it } from 'vitest';
import { en } from '../../../src/web/setup/texts.en.ts';
import { fr } from '../../../src/web/setup/texts.fr.ts';

it('the plural of channels and connections follows the rules of each language', () => {
  expect([1, 2].map(en.connections)).toEqual(['1 connection', '2 connections']);
  expect([0, 2].map((count) => fr.channels(count, String(count)))).toEqual(['0 chaîne', '2 chaînes']);
});
