/** A segment of the playlist: its media sequence number, and its place on the player's timeline in seconds. */
export interface Segment {
  readonly sn: number;
  readonly start: number;
  readonly duration: number;
}

/** wait: the playlist does not have the segment yet · done: no jump is needed · jump: move the playhead to `to`. */
export type Zap = { readonly kind: 'wait' | 'done' } | { readonly kind: 'jump'; readonly to: number };

/** Seconds behind the live edge at which playback begins: enough to start without a stall. */
export const LIVE_DISTANCE = 3;
/** A channel that began less than this many seconds ago is shown from its beginning, which is always a keyframe. */
const FRESH = 8;
const WORTH_A_JUMP = 0.3;
/** Seconds inside a segment, so that rounding cannot lead to the one before. */
const INSIDE = 0.01;
/** Seconds that browsers decode ahead of the playhead: the refused bytes are there. */
const DECODED_AHEAD = 0.3;
/** Seconds that one skip goes beyond the refused bytes at most: about a group of pictures, since a further try is quick. */
const LONGEST_SKIP = 1;

/**
 * How to reach a new channel that begins with segment `first`. Jumps go only forward and only to that segment, since the
 * segments after it may begin between keyframes.
 */
export function zap(segments: readonly Segment[], first: number, currentTime: number): Zap {
  const newest = segments.at(-1);
  if (!newest || first > newest.sn) return { kind: 'wait' };
  const target = segments.find((segment) => segment.sn === first);
  if (!target || target.start - currentTime <= WORTH_A_JUMP) return { kind: 'done' };
  return { kind: 'jump', to: target.start + INSIDE };
}

/** Where playback starts: at the beginning of a channel that is new, else at the segment LIVE_DISTANCE behind the edge. */
export function startPosition(segments: readonly Segment[], first: number | null): number {
  const last = segments.at(-1);
  if (!last) return 0;
  const edge = last.start + last.duration;
  const usual = segmentAt(segments, edge - LIVE_DISTANCE)?.start ?? last.start;
  const fresh = segments.find((segment) => segment.sn === first);
  return fresh && edge - fresh.start <= FRESH ? fresh.start : usual;
}

/** The position near the live edge to jump to; null if it is not ahead of the playhead. */
export function livePosition(segments: readonly Segment[], currentTime: number): number | null {
  const last = segments.at(-1);
  if (!last) return null;
  const target = segmentAt(segments, last.start + last.duration - LIVE_DISTANCE) ?? last;
  return target.start - currentTime > WORTH_A_JUMP ? target.start + INSIDE : null;
}

/**
 * Where playback resumes after a decoder error at `currentTime`: at the next segment, since most begin with a keyframe,
 * or within a long one. If no segment is left, at the end of the playlist, where playback waits for the next segment.
 */
export function skipPosition(segments: readonly Segment[], currentTime: number): number {
  const decoded = currentTime + DECODED_AHEAD;
  const longest = decoded + LONGEST_SKIP;
  const last = segments.at(-1);
  const edge = last ? last.start + last.duration : longest;
  const next = segments.find(({ start }) => start > decoded)?.start ?? edge;
  return Math.max(currentTime, Math.min(next + INSIDE, longest));
}

function segmentAt(segments: readonly Segment[], time: number): Segment | undefined {
  return segments.findLast((segment) => segment.start <= time) ?? segments[0];
}
