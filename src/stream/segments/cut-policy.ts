/** Decides where a live stream is cut into segments. All times are seconds. */

/** RFC 8216 EXT-X-TARGETDURATION: no segment may be longer than this, rounded. It never changes. */
export const TARGET_DURATION = 6;

/** The usual length: keyframes from here on begin a new segment. */
const USUAL = 1.75;
/** The first segment is closed after this long, even within a group of pictures: the picture is there at once. */
const FIRST = 1;
/** … unless it came within so many seconds: in a burst, a keyframe may be next. */
const BURST = 0.2;
/** A shorter segment is not worth a request. */
const SHORTEST = 0.5;
/** Just under the length that would round to more than TARGET_DURATION. */
const LONGEST = TARGET_DURATION + 0.45;
/** What a viewer must have left when the next segment appears: time for a request, a transfer and a decoder's start. */
const MARGIN = 0.25;
/** A player that was started at the live edge plays this slowly until it has a reserve. */
const SLOW = 0.95;
/** … of this much: then it plays at full speed. */
const RESERVE = 3.5;

/** A video frame as the policy is told of it. */
export interface Frame {
  readonly keyframe: boolean;
  /** Length of the segment that would end before this frame. */
  readonly length: number;
  /** Wall clock, monotonic. */
  readonly now: number;
}

/**
 * Follows an imaginary viewer who starts with the very first segment, the moment it appears, and cuts early enough
 * that this viewer never runs dry. So segments are short after a switch and grow with the reserve; where keyframes
 * are far apart, that means cutting within a group of pictures, which is playable in sequence (RFC 8216 asks for
 * independent segments only where EXT-X-INDEPENDENT-SEGMENTS is set). A provider that sends a burst gives the
 * reserve at once, and keyframes decide from the start.
 */
export class CutPolicy {
  #published = 0;
  #watched = 0;
  /** The length of the segment so far, to know how far apart frames are. */
  #length = 0;
  #clock: number | null = null;
  /** When the first frame came. */
  #since: number | null = null;
  /** The last cut fell within a group of pictures; a cut at a keyframe ends that. */
  #adrift = false;

  /** True if the segment should end before this frame. The caller then cuts, and the policy counts it as published. */
  shouldCut({ keyframe, length, now }: Frame): boolean {
    this.#watch(now);
    this.#since ??= now;
    const step = length - this.#length;
    this.#length = length;
    const cut =
      length + step > LONGEST ||
      (keyframe && length >= (this.#adrift ? SHORTEST : this.#usualLength())) ||
      (length >= SHORTEST && this.#runsDry(length, now));
    if (!cut) return false;
    this.#length = 0;
    this.#adrift = !keyframe;
    this.#published += length;
    this.#clock ??= now;
    return true;
  }

  get #reserve(): number {
    return this.#published - this.#watched;
  }

  /** With little in reserve, the policy cuts at every keyframe. */
  #usualLength(): number {
    return Math.min(USUAL, Math.max(SHORTEST, this.#reserve - 0.5));
  }

  #runsDry(length: number, now: number): boolean {
    if (this.#clock !== null) return this.#reserve <= MARGIN;
    return length >= FIRST && now - (this.#since ?? now) >= BURST;
  }

  #watch(now: number): void {
    if (this.#clock === null) return;
    const played = this.#watched + SLOW * (now - this.#clock);
    this.#watched = Math.min(this.#published, Math.max(played, this.#published - RESERVE));
    this.#clock = now;
  }
}
