import { describe, expect, it } from 'vitest';
import { livePosition, type Segment, skipPosition, startPosition, zap } from '../../src/web/watch/zap.ts';

/** Segments 100, 101, … of 2 s each, from second 40 of the player's timeline. */
const window = (count: number, length = 2): readonly Segment[] =>
  Array.from({ length: count }, (_, index) => ({
    sn: 100 + index,
    start: 40 + index * length,
    duration: length,
  }));

describe('zap', () => {
  it.each([
    ['waits for a segment that the playlist does not have yet', window(5), 105, 45, { kind: 'wait' }],
    ['waits while there is no playlist', [], 105, 0, { kind: 'wait' }],
    ['jumps just inside the first segment', window(6), 105, 46, { kind: 'jump', to: 50.01 }],
    ['does not jump to a first segment that is about to play anyway', window(6), 105, 49.8, { kind: 'done' }],
    ['never jumps back', window(8), 104, 53, { kind: 'done' }],
    ['does not jump to a channel that began before the window', window(8), 90, 45, { kind: 'done' }],
  ] as const)('%s', (_name, segments, first, currentTime, expected) => {
    expect(zap(segments, first, currentTime)).toEqual(expected);
  });
});

describe('startPosition', () => {
  it('is the beginning of a segment about 3 s behind the edge', () => {
    expect(startPosition(window(10), null)).toBe(56);
    expect(startPosition(window(10, 1), 90)).toBe(47);
  });

  it('is the beginning of a channel that began within 8 s of the edge', () => {
    expect(startPosition(window(10), 109)).toBe(58);
    expect(startPosition(window(10), 106)).toBe(52);
  });

  it('is not the beginning of a channel that began earlier', () => {
    expect(startPosition(window(10), 101)).toBe(56);
  });

  it('is a segment of the playlist even where that is short or has long segments', () => {
    expect(startPosition(window(1, 1), null)).toBe(40);
    expect(startPosition(window(3, 6), null)).toBe(52);
    expect(startPosition([], null)).toBe(0);
  });
});

describe('livePosition', () => {
  it('leads forward to where playback would start', () => {
    expect(livePosition(window(10), 41)).toBeCloseTo(56.01);
  });

  it('is null where it would lead back', () => {
    expect(livePosition(window(10), 58)).toBeNull();
    expect(livePosition([], 0)).toBeNull();
  });
});

describe('skipPosition', () => {
  it.each([
    ['goes to the next segment', window(10, 1), 44.4, 45.01],
    ['leaves out a segment that was about to be decoded', window(10, 1), 44.85, 46.01],
    ['goes to a place within a long segment', window(5, 6), 47, 48.3],
    ['goes to the end of the playlist where no segment is left', window(10), 59.4, 60.01],
    ['stays at a playhead that waits for the next segment', window(10), 60.2, 60.2],
    ['goes on by itself while there is no playlist', [], 50, 51.3],
  ] as const)('%s', (_name, segments, currentTime, expected) => {
    expect(skipPosition(segments, currentTime)).toBeCloseTo(expected);
  });
});
