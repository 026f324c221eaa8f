import type { ListedSegment } from '../segments/segment.ts';

/** Seconds by which players are behind the last segment that they could play, usually. */
const RESERVE = 2;

/** What players show at the moment. */
export interface ShownNow<T> {
  /** From the last keyframe on that begins a segment before the moment, to the segment of the moment. */
  readonly segments: readonly T[];
  /** Seconds from the beginning of the first of these to the end of the playlist. */
  readonly untilEnd: number;
}

/**
 * The segment that players show.
 * @param listed all segments of the playlist, in order. @param lead seconds that are left to a player that has played each as it came.
 */
export function shownNow<T extends Pick<ListedSegment, 'duration' | 'independent'>>(
  listed: readonly T[],
  lead: number,
): ShownNow<T> {
  let untilEnd = 0;
  let last = listed.length;
  for (let at = listed.length - 1; at >= 0; at--) {
    const segment = listed[at];
    untilEnd += segment?.duration ?? 0;
    if (untilEnd < lead + RESERVE) continue;
    if (last === listed.length) last = at + 1;
    if (segment?.independent) return { segments: listed.slice(at, last), untilEnd };
  }
  return { segments: listed.slice(0, last), untilEnd };
}
