import { describe, expect, it } from 'vitest';
import { shownNow } from '../../../src/stream/screen/shown-now.ts';

const segment = (sequence: number, duration = 2, independent = true) => ({ sequence, duration, independent });

describe('shownNow', () => {
  it('is the segment that players have reached', () => {
    const listed = [1, 2, 3, 4, 5].map((sequence) => segment(sequence));
    // Four seconds are left to the player at the edge, and others are two seconds behind it.
    expect(shownNow(listed, 4)).toEqual({ segments: [segment(3)], untilEnd: 6 });
  });

  it('begins with the keyframe before it', () => {
    const listed = [segment(1), segment(2), segment(3, 2, false), segment(4, 2, false), segment(5)];
    expect(shownNow(listed, 1)).toEqual({ segments: listed.slice(1, 4), untilEnd: 8 });
  });

  it('is the first one where there is less', () => {
    expect(shownNow([segment(1), segment(2)], 60)).toEqual({
      segments: [segment(1), segment(2)],
      untilEnd: 4,
    });
    expect(shownNow([], 3)).toEqual({ segments: [], untilEnd: 0 });
  });
});
