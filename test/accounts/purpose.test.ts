import { describe, expect, it } from 'vitest';
import { highestOf, outranks, purposes } from '../../src/accounts/purpose.ts';

describe('purposes', () => {
  it('rank a screen above a recording, a client and a warm-up', () => {
    for (const [rank, purpose] of purposes.entries())
      expect(purposes.filter((other) => outranks(purpose, other))).toEqual(purposes.slice(rank + 1));
    expect(purposes).toEqual(['screen', 'recording', 'client', 'warm-up']);
  });

  it('have a highest one unless the list is empty', () => {
    expect(highestOf(['warm-up', 'screen', 'client'])).toBe('screen');
    expect(highestOf([])).toBeNull();
  });
});
