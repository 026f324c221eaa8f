import { describe, expect, it } from 'vitest';
import { nextPace, type Pace, playbackRate } from '../../src/web/watch/pace.ts';

describe('the pace of playback', () => {
  it.each<[previous: Pace, ahead: number, behind: number, expected: Pace]>([
    // a comfortable reserve
    ['normal', 3, 3.2, 'normal'],
    ['normal', 1.8, 2, 'normal'],
    ['normal', 5, 5.2, 'normal'],
    // too little of it, and back only when there is clearly enough
    ['normal', 1.7, 2, 'slow'],
    ['normal', 0, 0.5, 'slow'],
    ['slow', 2.3, 2.5, 'slow'],
    ['slow', 2.4, 2.6, 'normal'],
    // too far behind, and back only when clearly near
    ['normal', 5.1, 5.3, 'fast'],
    ['fast', 4.1, 4.3, 'fast'],
    ['fast', 4, 4.2, 'normal'],
    // from one end to the other
    ['slow', 6, 6.2, 'fast'],
    ['fast', 1, 1.2, 'slow'],
    // hopelessly behind, whatever is buffered
    ['normal', 20.5, 20.6, 'edge'],
    ['slow', 0.2, 45, 'edge'],
    ['fast', 18, 20, 'fast'],
    // after the jump
    ['edge', 2.9, 3, 'normal'],
    ['edge', 0, 3, 'slow'],
  ])('%s with %d s ahead, %d s behind the edge: %s', (previous, ahead, behind, expected) => {
    expect(nextPace(previous, { ahead, behind })).toBe(expected);
  });

  it('never leaves the range in which speech sounds natural', () => {
    const rates = (['slow', 'normal', 'fast', 'edge'] as const).map(playbackRate);
    expect(rates).toEqual([0.95, 1, 1.05, 1]);
  });

  it('does not flutter when the reserve hovers about a limit', () => {
    let pace: Pace = 'normal';
    for (const ahead of [1.75, 1.85, 1.79, 1.9, 1.7, 2]) {
      pace = nextPace(pace, { ahead, behind: ahead });
      expect(pace).toBe('slow');
    }
  });
});
