import { describe, expect, it } from 'vitest';
import { nextVariant } from '../../../src/stream/screen/next-variant.ts';

describe('the next variant of a channel that does not come', () => {
  it.each<[what: string, tried: number[], variants: number[], next: number | null]>([
    ['is the best one', [], [2, 3], 2],
    ['is not the channel itself', [], [1, 2], 2],
    ['is the best of those that were not tried', [2], [1, 2, 3], 3],
    ['does not follow the order of the tries', [3], [1, 2, 3], 2],
    ['is none where all were tried', [2, 3], [1, 2, 3], null],
    ['is none where there is but the one', [], [1], null],
    ['is none where the channel has left the list', [], [], null],
    ['may be one that has come into the list', [2, 3], [3, 1, 4], 4],
  ])('%s', (_what, tried, variants, next) => {
    expect(nextVariant(1, tried, variants)).toBe(next);
  });

  it('is chosen among entries of several accounts in the same way', () => {
    expect(nextVariant('home:1', ['home:2'], ['home:1', 'home:2', 'other:1'])).toBe('other:1');
  });
});
