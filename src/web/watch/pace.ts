/**
 * slow: builds up a reserve after an instant start. fast: catches up with the live edge. edge: jumps to the live edge.
 */
export type Pace = 'slow' | 'normal' | 'fast' | 'edge';

/** A measurement of the playback, in seconds. */
export interface Reading {
  /** Media that is buffered from the playhead on, without a hole. */
  readonly ahead: number;
  /** The lowest `ahead` over the last segments, which was therefore never needed; null while unknown. */
  readonly lowest: number | null;
  /** Distance from the playhead to the end of the playlist. */
  readonly behind: number;
}

/**
 * Each pace begins and ends at different limits, so that the rate does not flutter around one. The lowest reserve says
 * how much can be given up: just before a segment arrives it is two seconds lower than just after, or six.
 */
const limits = {
  slow: { below: 1.8, until: 2.4 },
  fast: { above: 2.5, until: 2 },
  edge: { above: 20 },
} as const;

/** The next pace for the current one and a reading. */
export function nextPace(pace: Pace, { ahead, lowest, behind }: Reading): Pace {
  if (behind > limits.edge.above) return 'edge';
  if (ahead < (pace === 'slow' ? limits.slow.until : limits.slow.below)) return 'slow';
  if (lowest !== null && lowest > (pace === 'fast' ? limits.fast.until : limits.fast.above)) return 'fast';
  return 'normal';
}

/** The playback rate of a pace; all are too close to 1 to be heard. */
export function playbackRate(pace: Pace): number {
  switch (pace) {
    case 'slow':
      return 0.95;
    case 'fast':
      return 1.05;
    case 'normal':
    case 'edge':
      return 1;
  }
}
