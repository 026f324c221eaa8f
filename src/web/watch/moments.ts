import type { Segment } from './zap.ts';

/** A segment of the player's list, with the time at which it was shown. */
export interface TimedSegment extends Segment {
  /** Epoch milliseconds; null where the list does not tell it. */
  readonly time: number | null;
  /** It begins with a keyframe, so that decoding can begin there. */
  readonly independent: boolean;
}

/** Where decoding must begin for the picture at a position, in seconds. */
export function decodableFrom(segments: readonly TimedSegment[], position: number): number {
  const before = segments.filter(({ start }) => start <= position);
  return (before.findLast(({ independent }) => independent) ?? segments[0])?.start ?? position;
}

/** Seconds inside a segment, so that rounding cannot lead to the one before. */
const INSIDE = 0.01;

/** The moment of which the picture at a position is, in epoch milliseconds; null where it is not known. */
export function momentAt(segments: readonly TimedSegment[], position: number): number | null {
  const segment = segments.findLast(({ start }) => start <= position) ?? segments[0];
  if (!segment || segment.time === null) return null;
  const inside = Math.min(Math.max(0, position - segment.start), segment.duration);
  return segment.time + inside * 1000;
}

/**
 * The position that shows a moment, in seconds; in a hole of the list, the first one after it. Null if the list begins later or
 * ends before.
 * @param moment epoch milliseconds
 */
export function positionOf(segments: readonly TimedSegment[], moment: number): number | null {
  const [first] = segments;
  if (!first || first.time === null || moment < first.time) return null;
  for (const { start, duration, time } of segments) {
    if (time === null || moment >= time + duration * 1000) continue;
    return start + Math.max(INSIDE, (moment - time) / 1000);
  }
  return null;
}
