import type { ListedSegment } from './segment.ts';

/** What a media playlist (RFC 8216) says of the channel. */
export interface MediaPlaylist {
  /** Seconds. */
  readonly targetDuration: number;
  readonly discontinuitySequence: number;
  /** Oldest first, at least one, sequence numbers in a row. */
  readonly segments: readonly ListedSegment[];
}

/** How the playlist of one kind of player differs from another's. */
export interface PlaylistForm {
  /** The address of a segment, relative to the playlist. */
  readonly uri: (segment: ListedSegment) => string;
  /**
   * Invite the player to ask for the next segment before it exists (draft-pantos-hls-rfc8216bis, 6.2.5.2).
   * Only for players known to take it from a playlist without partial segments: Apple's ends with error -15410.
   */
  readonly blockingReload: boolean;
  /** Mark each change of the source. */
  readonly discontinuities: boolean;
}

/** The text of a live media playlist. It never has an EXT-X-ENDLIST: the channel does not end. */
export function renderMediaPlaylist(playlist: MediaPlaylist, form: PlaylistForm): string {
  const { targetDuration, discontinuitySequence, segments } = playlist;
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    `#EXT-X-TARGETDURATION:${targetDuration}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.sequence ?? 0}`,
  ];
  if (form.discontinuities) lines.push(`#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitySequence}`);
  if (segments.every((segment) => segment.independent)) lines.push('#EXT-X-INDEPENDENT-SEGMENTS');
  if (form.blockingReload) lines.push('#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES');
  for (const [index, segment] of segments.entries()) {
    const isBreak = segment.discontinuity && form.discontinuities;
    if (isBreak) lines.push('#EXT-X-DISCONTINUITY');
    if (isBreak || index === 0) lines.push(timeTag(segment));
    lines.push(`#EXTINF:${segment.duration.toFixed(3)},`, form.uri(segment));
  }
  return `${lines.join('\n')}\n`;
}

/** The tag that says when the segment after it was shown. */
export function timeTag({ programDateTime }: Pick<ListedSegment, 'programDateTime'>): string {
  return `#EXT-X-PROGRAM-DATE-TIME:${new Date(programDateTime).toISOString()}`;
}
