/** slow lets a reserve grow after an instant start, fast comes back to the edge, edge gives the lost time up at once. */
export type Pace = 'slow' | 'normal' | 'fast' | 'edge';

/** Seconds. */
export interface Reading {
  /** Media that is buffered without a hole from the playhead on. */
  readonly ahead: number;
  /** The least of that over the last segments, so what was never needed; null while that is not known. */
  readonly lowest: number | null;
  /** Distance from the playhead to the end of the playlist. */
  readonly behind: number;
}

/**
 * Each way in is further out than the way back, so that the rate does not flutter around a limit. What may be given up
 * is told by the least reserve: just before a segment comes there is two seconds less of it than just after, or six.
 */
const limits = {
  slow: { below: 1.8, until: 2.4 },
  fast: { above: 2.5, until: 2 },
  edge: { above: 20 },
} as const;

/** The next pace from the present one and a reading. Both rates are too close to 1 to be heard. */
export function nextPace(pace: Pace, { ahead, lowest, behind }: Reading): Pace {
  if (behind > limits.edge.above) return 'edge';
  if (ahead < (pace === 'slow' ? limits.slow.until : limits.slow.below)) return 'slow';
  if (lowest !== null && lowest > (pace === 'fast' ? limits.fast.until : limits.fast.above)) return 'fast';
  return 'normal';
}

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
