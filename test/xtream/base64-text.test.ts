import { describe, expect, it } from 'vitest';
import { decodeBase64Text } from '../../src/xtream/base64-text.ts';

describe('decodeBase64Text', () => {
  it.each([
    [Buffer.from('Le journal de 20 heures').toString('base64'), 'Le journal de 20 heures'],
    [Buffer.from('Météo').toString('base64'), 'Météo'],
    ['News', 'News'],
    ['Le journal', 'Le journal'],
    ['', ''],
  ])('decodes %j', (raw, text) => {
    expect(decodeBase64Text(raw)).toBe(text);
  });
});
