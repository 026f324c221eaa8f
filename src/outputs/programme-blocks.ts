import type { Programme } from '../domain/channel.ts';
import type { Span } from '../domain/span.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The length of a block that stands where no programme is known. */
export const BLOCK = 2 * HOUR;
/** A shorter gap stays a gap. */
const SHORTEST_GAP = 60_000;

/**
 * Programmes without overlaps, with blocks where none is known, since Plex and Jellyfin hide channels without programmes. The
 * programmes at the edges keep their own times, but none reaches more than a day beyond the span.
 * @param programmes by start.
 * @param title of the blocks, which begin and end at even hours (UTC).
 */
export function* withoutGaps(
  programmes: Iterable<Programme>,
  { from, to }: Span,
  title: string,
): Generator<Programme> {
  let told = from - DAY;
  for (const programme of programmes) {
    const start = Math.max(wholeSecond(programme.start), told);
    const stop = Math.min(wholeSecond(programme.stop), to + DAY);
    if (start >= to) break;
    if (stop <= start || stop <= from) continue;
    const gap = Math.max(told, from);
    if (start - gap >= SHORTEST_GAP) yield* blocks({ from: gap, to: start }, title);
    const isAsListed = start === programme.start && stop === programme.stop;
    yield isAsListed ? programme : { ...programme, start, stop };
    told = stop;
  }
  yield* blocks({ from: Math.max(told, from), to }, title);
}

/** The end of the block that a time is in. */
export function endOfBlock(time: number): number {
  return (Math.floor(time / BLOCK) + 1) * BLOCK;
}

function* blocks({ from, to }: Span, title: string): Generator<Programme> {
  for (let start = from; start < to; ) {
    const stop = Math.min(endOfBlock(start), to);
    yield { title, description: '', start, stop };
    start = stop;
  }
}

/** XMLTV knows no less than a second. */
function wholeSecond(time: number): number {
  return time - (time % 1000);
}
