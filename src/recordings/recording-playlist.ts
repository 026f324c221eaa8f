/** A keyframe of a part, or its end. */
export interface PartEntry {
  /** Bytes from the part's beginning. */
  readonly offset: number;
  /** Seconds of the stream, from any beginning. */
  readonly seconds: number;
  readonly isEnd: boolean;
}

/** A part with the places where a player may enter it, in order. */
export interface ListedPart {
  /** From 1. */
  readonly number: number;
  /** Bytes that are on the disk. */
  readonly bytes: number;
  readonly entries: readonly PartEntry[];
}

/** Seconds: a segment ends with the first keyframe after so many. */
const SHORTEST = 4;
const SHORTEST_END = 0.001;
/** Seconds, for all segments of usual channels. */
const TARGET_DURATION = 10;

/** Segments as byte ranges of the parts, or each with an address of its own. */
export type SegmentForm = 'ranges' | 'addresses';

/**
 * The playlist of a recording that is not one file yet (RFC 8216, EVENT): its parts from keyframe to keyframe.
 * What it has listed once stays as it is.
 * @param isOver whether nothing more comes. @param query behind each address, such as `?key=…`.
 */
export function recordingPlaylist(
  parts: readonly ListedPart[],
  {
    isOver,
    query,
    form = 'ranges',
  }: { readonly isOver: boolean; readonly query: string; readonly form?: SegmentForm },
): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:4',
    `#EXT-X-TARGETDURATION:${TARGET_DURATION}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:EVENT',
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  const listed = parts.map((part) => linesOf(part, query, form)).filter((segments) => segments.length > 0);
  for (const [at, segments] of listed.entries()) {
    if (at > 0) lines.push('#EXT-X-DISCONTINUITY');
    lines.push(...segments);
  }
  if (isOver) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

function linesOf({ number, bytes, entries }: ListedPart, query: string, form: SegmentForm): string[] {
  const lines: string[] = [];
  const known = entries.filter(({ offset }) => offset <= bytes);
  let from = known[0];
  for (const to of known.slice(1)) {
    if (!from) break;
    const seconds = to.seconds - from.seconds;
    // The end of a part ends its last segment, however short.
    if (to.offset <= from.offset || seconds < (to.isEnd ? SHORTEST_END : SHORTEST)) continue;
    lines.push(`#EXTINF:${seconds.toFixed(3)},`);
    if (form === 'addresses') lines.push(`part-${number}-${from.offset}-${to.offset}.ts${query}`);
    else
      lines.push(`#EXT-X-BYTERANGE:${to.offset - from.offset}@${from.offset}`, `part-${number}.ts${query}`);
    from = to;
  }
  return lines;
}

/** The first line of the list of a part that comes from the archive. @param at when its beginning was shown, in epoch milliseconds. */
export function shownLine(at: number): string {
  return `shown ${at}\n`;
}

/** When the last listed keyframe of a part was shown, in epoch milliseconds; null for a part that does not come from the archive. */
export function shownUntil(text: string): number | null {
  const [, at] = /^shown (\d+)\n/.exec(text) ?? [];
  if (at === undefined) return null;
  const entries = readEntries(text);
  const [first, last] = [entries[0], entries.at(-1)];
  return Number(at) + (first && last ? Math.max(0, Math.round((last.seconds - first.seconds) * 1000)) : 0);
}

/** A line of a part's list of entries. */
export function entryLine({ offset, seconds, isEnd }: PartEntry): string {
  return `${offset} ${seconds.toFixed(3)}${isEnd ? ' end' : ''}\n`;
}

/** The entries in a list, without a line that a crash has cut. */
export function readEntries(text: string): PartEntry[] {
  return [...text.matchAll(/^(\d+) (-?\d+\.\d{3})( end)?\n/gm)].map(([, offset, seconds, end]) => ({
    offset: Number(offset),
    seconds: Number(seconds),
    isEnd: end !== undefined,
  }));
}
