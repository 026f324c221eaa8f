import { describe, expect, it } from 'vitest';
import { hashOf, readHash } from '../../src/web/console/address.ts';

describe('the console’s address', () => {
  it.each([
    ['#guide', { view: 'guide', screen: 'live' }],
    ['#guide/sport', { view: 'guide', screen: 'sport' }],
    ['#history/salle-2', { view: 'history', screen: 'salle-2' }],
  ])('names a view and a screen: %s', (hash, place) => {
    expect(readHash(hash)).toEqual(place);
    expect(hashOf(place)).toBe(hash);
  });

  it.each(['', '#', '#token=ab/cd', '#guide/', '#guide/../x'])('means the default screen: %j', (hash) => {
    expect(readHash(hash).screen).toBe('live');
  });
});
