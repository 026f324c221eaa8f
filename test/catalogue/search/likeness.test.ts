import { describe, expect, it } from 'vitest';
import { Likeness } from '../../../src/catalogue/search/likeness.ts';

describe('Likeness', () => {
  it.each([
    ['tf1', 'tf1', 'tf1 series films', 'all of it before a beginning'],
    ['france2', 'france 2', 'france 24', 'spaces do not count, digits do'],
    ['sky sports 2', 'sky sports 2', 'sky sports 3', 'another number is another channel'],
    ['sport canal', 'canal sport', 'sport 1', 'words the other way round'],
    ['main event sky', 'sky sports main event', 'sky news', 'words left out and turned'],
    ['hi d', 'hi drama', 'hidive', 'a space that was typed is meant'],
    ['sky', 'sky one', 'bluesky', 'a beginning before an end'],
    ['eurosprot', 'eurosport', 'euronews', 'a typing error'],
    ['disney ch', 'disney channel', 'disney junior', 'a word that is not yet finished'],
    ['bein sport 1', 'beinsports 1', 'bein sports en 1', 'nothing of the name left over'],
  ])('rates %j more similar to %j than to %j: %s', (query, nearer, farther) => {
    const likeness = new Likeness(query);
    expect(likeness.of(nearer)).toBeGreaterThan(likeness.of(farther));
  });

  it('is 1 for equal words and less for all others', () => {
    const likeness = new Likeness('canal plus');
    expect(likeness.of('canal plus')).toBe(1);
    expect(likeness.of('canalplus')).toBe(1);
    for (const name of ['canal plus 1', 'plus canal', 'canal', 'canal plu', ''])
      expect(likeness.of(name)).toBeLessThan(1);
  });
});
