import { describe, expect, it } from 'vitest';
import { nextPace, type Pace, playbackRate } from '../../src/web/watch/pace.ts';

describe('nextPace and playbackRate', () => {
  it.each<[previous: Pace, ahead: number, lowest: number | null, behind: number, expected: Pace]>([
    // a comfortable reserve
    ['normal', 3, 2, 3.2, 'normal'],
    ['normal', 1.8, 1.8, 2, 'normal'],
    ['normal', 4.5, 2.5, 4.7, 'normal'],
    // too small a reserve, and back only when there is clearly enough
    ['normal', 1.7, 1.7, 2, 'slow'],
    ['normal', 0, null, 0.5, 'slow'],
    ['slow', 2.3, 1.7, 2.5, 'slow'],
    ['slow', 2.4, 1.7, 2.6, 'normal'],
    // more than was needed recently, and back only when clearly near the edge
    ['normal', 4.6, 2.6, 4.8, 'fast'],
    ['fast', 4.1, 2.1, 4.3, 'fast'],
    ['fast', 4, 2, 4.2, 'normal'],
    // long segments need a large reserve
    ['normal', 6.2, 0.3, 6.4, 'normal'],
    // the lowest reserve is not known yet after a start
    ['normal', 6, null, 6.2, 'normal'],
    // from fast to slow and the other way round
    ['slow', 6, 4, 6.2, 'fast'],
    ['fast', 1, 1, 1.2, 'slow'],
    // too far behind, whatever is buffered
    ['normal', 20.5, 18, 20.6, 'edge'],
    ['slow', 0.2, 0.1, 45, 'edge'],
    ['fast', 18, 16, 20, 'fast'],
    // after a jump to the edge
    ['edge', 2.9, null, 3, 'normal'],
    ['edge', 0, null, 3, 'slow'],
  ])(
    'changes %s with %d s ahead, %d at the lowest, %d s behind the edge to %s',
    (previous, ahead, lowest, behind, expected) => {
      expect(nextPace(previous, { ahead, lowest, behind })).toBe(expected);
    },
  );

  it('keeps the rate in the range in which speech sounds natural', () => {
    const rates = (['slow', 'normal', 'fast', 'edge'] as const).map(playbackRate);
    expect(rates).toEqual([0.95, 1, 1.05, 1]);
  });

  it('keeps the pace while the reserve varies around a limit', () => {
    let pace: Pace = 'normal';
    for (const ahead of [1.75, 1.85, 1.79, 1.9, 1.7, 2]) {
      pace = nextPace(pace, { ahead, lowest: ahead, behind: ahead });
      expect(pace).toBe('slow');
    }
  });
});
