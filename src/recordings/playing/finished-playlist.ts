import type { Span } from '../../domain/span.ts';
import type { FileIndex } from '../container/file-index.ts';

/** Seconds: a segment ends with the first keyframe after so many. */
const SHORTEST = 6;

/** The segments of a finished recording, in seconds: from keyframe to keyframe. */
export function segmentsOf({ keyframes, duration }: Pick<FileIndex, 'keyframes' | 'duration'>): Span[] {
  const segments: Span[] = [];
  let [from = 0] = keyframes;
  for (const to of keyframes) {
    if (to - from < SHORTEST) continue;
    segments.push({ from, to });
    from = to;
  }
  return duration > from ? [...segments, { from, to: duration }] : segments;
}

/** The playlist of a finished recording (RFC 8216, VOD). @param query behind each address, such as `?key=…` */
export function finishedPlaylist(segments: readonly Span[], query: string): string {
  const longest = Math.max(...segments.map(({ from, to }) => to - from), 1);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    `#EXT-X-TARGETDURATION:${Math.ceil(longest)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...segments.flatMap(({ from, to }, at) => [
      `#EXTINF:${(to - from).toFixed(3)},`,
      `segment-${at}.ts${query}`,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
}
