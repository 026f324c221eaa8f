/** One segment of the playlist as the player knows it: media sequence number, place on its timeline in seconds. */
export interface Segment {
  readonly sn: number;
  readonly start: number;
  readonly duration: number;
}

/** wait: the segment is not known yet · done: there is nothing (more) to do · jump: move the playhead to `to`. */
export type Zap = { readonly kind: 'wait' | 'done' } | { readonly kind: 'jump'; readonly to: number };

/** Where playback should begin behind the edge, seconds: what a stream needs to start without a stall. */
export const LIVE_DISTANCE = 3;
/** A channel that began this recently is shown from its beginning, which is certain to be a key frame. */
const FRESH = 8;
const WORTH_A_JUMP = 0.3;
/** Just inside a segment, so that rounding cannot land on the one before. */
const INSIDE = 0.01;
/** Browsers decode about this much ahead of the playhead, so that the refused bytes are there; seconds. */
const DECODED_AHEAD = 0.3;
/** Seconds beyond the refused bytes that one skip may take: most groups of pictures are about as long, and tries are quick. */
const LONGEST_SKIP = 1;

/**
 * What to do about a new channel that begins with segment `first`. Only ever forward, and only to that segment:
 * the ones after it may begin between key frames.
 */
export function zap(segments: readonly Segment[], first: number, currentTime: number): Zap {
  const newest = segments.at(-1);
  if (!newest || first > newest.sn) return { kind: 'wait' };
  const target = segments.find((segment) => segment.sn === first);
  if (!target || target.start - currentTime <= WORTH_A_JUMP) return { kind: 'done' };
  return { kind: 'jump', to: target.start + INSIDE };
}

/** Where to start: the beginning of a channel that is fresh, else the segment that is LIVE_DISTANCE from the edge. */
export function startPosition(segments: readonly Segment[], first: number | null): number {
  const last = segments.at(-1);
  if (!last) return 0;
  const edge = last.start + last.duration;
  const usual = segmentAt(segments, edge - LIVE_DISTANCE)?.start ?? last.start;
  const fresh = segments.find((segment) => segment.sn === first);
  return fresh && edge - fresh.start <= FRESH ? fresh.start : usual;
}

/** Where to go to be live again; null where that would not be forward. */
export function livePosition(segments: readonly Segment[], currentTime: number): number | null {
  const last = segments.at(-1);
  if (!last) return null;
  const target = segmentAt(segments, last.start + last.duration - LIVE_DISTANCE) ?? last;
  return target.start - currentTime > WORTH_A_JUMP ? target.start + INSIDE : null;
}

/**
 * Where to play on after a decoder error at `currentTime`: at the next segment, since most begin with a keyframe, or
 * within a long one. Where none is left, the end of the playlist, at which playback waits for the next segment.
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
