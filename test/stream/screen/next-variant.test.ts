import { describe, expect, it } from 'vitest';
import { nextVariant } from '../../../src/stream/screen/next-variant.ts';

describe('nextVariant', () => {
  it.each<[what: string, tried: number[], variants: number[], next: number | null]>([
    ['returns the best variant', [], [2, 3], 2],
    ['skips the channel itself', [], [1, 2], 2],
    ['returns the best untried variant', [2], [1, 2, 3], 3],
    ['ignores the order of the tries', [3], [1, 2, 3], 2],
    ['returns null once all were tried', [2, 3], [1, 2, 3], null],
    ['returns null for the only variant', [], [1], null],
    ['returns null for a channel that has left the list', [], [], null],
    ['returns a variant that is new in the list', [2, 3], [3, 1, 4], 4],
  ])('%s', (_what, tried, variants, next) => {
    expect(nextVariant(1, tried, variants)).toBe(next);
  });

  it('chooses among entries of several accounts in the same way', () => {
    expect(nextVariant('home:1', ['home:2'], ['home:1', 'home:2', 'other:1'])).toBe('other:1');
  });
});
