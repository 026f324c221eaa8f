/** Seconds that a player may be behind, of a window of 24, for a switch to begin with all that the provider sends. */
const LARGEST_BACKLOG = 10;
/** … and for another sound of the same channel, which has no burst and adds little more than a second. */
const LARGEST_BACKLOG_JOINING = 18;
/** Segments of a new source that may be left out: about what a burst has. */
const MOST_LEFT_OUT = 6;
/** Milliseconds in which a burst has come. */
const BURST_TIME = 400;

/** How a channel is opened: `anew`; or `joins`, on the connection that there is, where it is on air already. */
export type Way = 'anew' | 'joins';

/** A player so far behind may soon want what is no longer in the playlist. @param backlog seconds */
export function isFarBehind(backlog: number, way: Way = 'anew'): boolean {
  return backlog > (way === 'joins' ? LARGEST_BACKLOG_JOINING : LARGEST_BACKLOG);
}

/** The first segments of a new source, one after another. */
export interface Offer {
  /** The segment begins with a keyframe. */
  readonly independent: boolean;
  /** Seconds that the slowest player is behind. */
  readonly backlog: number;
  /** Milliseconds, monotonic. */
  readonly now: number;
}

/**
 * Decides what a switch leaves out, one policy a switch. Providers begin with a burst, and the last channel goes on
 * while the next one is opened, so each switch leaves a player that plays everything further behind, until what it
 * wants is no longer in the playlist; VLC ends then. Where one is far behind, the last channel is closed first, the
 * burst is left out, and the next keyframe begins: that player catches up by some seconds.
 */
export class BurstPolicy {
  #since: number | null = null;
  #leftOut = 0;

  /** True if the channel should not be on air with this segment yet. */
  leavesOut({ independent, backlog, now }: Offer): boolean {
    this.#since ??= now;
    // What comes in its own time is no burst, and is waited for: then only for a keyframe.
    const isTooMuch = isFarBehind(backlog) && now - this.#since < BURST_TIME;
    if (this.#leftOut >= MOST_LEFT_OUT || (independent && !isTooMuch)) return false;
    this.#leftOut++;
    return true;
  }
}
