import { expect, it } from 'vitest';
import { hasWords } from '../../../src/web/setup/has-words.ts';

it.each([
  ['FR| Généralistes', 'generaliste fr', true],
  ['FR| Généralistes', 'GÉNÉ', true],
  ['FR| Sport', '', true],
  ['FR| Sport', 'fr movies', false],
])('%s has %j: %s', (text, typed, has) => {
  expect(hasWords(text, typed)).toBe(has);
});
