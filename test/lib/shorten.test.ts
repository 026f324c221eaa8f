import { describe, expect, it } from 'vitest';
import { shorten } from '../../src/lib/shorten.ts';

describe('shorten', () => {
  it.each([
    ['TF1', 3, 'TF1'],
    ['France 2', 7, 'France…'],
    ['France 24', 8, 'France…'],
    ['a', 1, 'a'],
    ['ab', 1, '…'],
    ['ab', 0, ''],
    ['abc😀def', 5, 'abc…'],
    ['abc😀def', 6, 'abc😀…'],
    ['ab👨‍👩‍👧‍👦c', 8, 'ab…'],
    ['Te\u0301le\u0301vision', 4, 'Te\u0301…'],
    ['🇫🇷🇩🇪', 5, '🇫🇷…'],
  ])('cuts %j to %d as %j', (text, most, expected) => {
    expect(shorten(text, most)).toBe(expected);
  });

  it('never splits a surrogate pair, whatever the length', () => {
    const text = '𝔘😀👩🏽‍🚀é'.repeat(20);
    for (let most = 0; most <= text.length; most++) {
      const cut = shorten(text, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.isWellFormed()).toBe(true);
    }
  });

  it('cuts an endless grapheme', () => {
    expect(shorten(`e${'\u0301'.repeat(500)}`, 100).length).toBeLessThanOrEqual(100);
  });
});
