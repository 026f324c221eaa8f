import { describe, expect, it } from 'vitest';
import { livePosition, type Segment, startPosition, zap } from '../../src/web/watch/zap.ts';

/** Segments 100, 101, … of 2 s each, from second 40 of the player's timeline. */
const window = (count: number, length = 2): readonly Segment[] =>
  Array.from({ length: count }, (_, index) => ({
    sn: 100 + index,
    start: 40 + index * length,
    duration: length,
  }));

describe('the jump to a new channel', () => {
  it.each([
    ['waits for a segment that the playlist does not have yet', window(5), 105, 45, { kind: 'wait' }],
    ['waits while there is no playlist', [], 105, 0, { kind: 'wait' }],
    ['jumps just inside the first segment', window(6), 105, 46, { kind: 'jump', to: 50.01 }],
    ['stays where the first segment is about to play anyway', window(6), 105, 49.8, { kind: 'done' }],
    ['never jumps back', window(8), 104, 53, { kind: 'done' }],
    ['forgets a channel that began before the window', window(8), 90, 45, { kind: 'done' }],
  ] as const)('%s', (_name, segments, first, currentTime, expected) => {
    expect(zap(segments, first, currentTime)).toEqual(expected);
  });
});

describe('the start', () => {
  it('is about 3 s from the edge, at the beginning of a segment', () => {
    expect(startPosition(window(10), null)).toBe(56);
    expect(startPosition(window(10, 1), 90)).toBe(47);
  });

  it('is the beginning of a channel that has only just come on', () => {
    expect(startPosition(window(10), 109)).toBe(58);
    expect(startPosition(window(10), 106)).toBe(52);
  });

  it('does not go back to the beginning of a channel that has been on for a while', () => {
    expect(startPosition(window(10), 101)).toBe(56);
  });

  it('takes what there is of a short or long-winded playlist', () => {
    expect(startPosition(window(1, 1), null)).toBe(40);
    expect(startPosition(window(3, 6), null)).toBe(52);
    expect(startPosition([], null)).toBe(0);
  });
});

describe('the way back to the edge', () => {
  it('leads forward to where one would have started', () => {
    expect(livePosition(window(10), 41)).toBeCloseTo(56.01);
  });

  it('is not taken when it would lead back', () => {
    expect(livePosition(window(10), 58)).toBeNull();
    expect(livePosition([], 0)).toBeNull();
  });
});
