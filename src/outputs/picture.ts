import type { Screen } from '../stream/screen/screen.ts';
import type { PlaylistForm } from '../stream/segments/playlist-text.ts';
import type { ListedSegment } from '../stream/segments/segment.ts';

/** The picture of a screen as it comes, or its lower rendition. */
export type Picture = 'full' | 'low';

/** The playlist of a picture, and where its segments are. */
export function playlistOf(
  { broadcast, rendition }: Pick<Screen, 'broadcast' | 'rendition'>,
  picture: Picture,
) {
  return picture === 'low' ? rendition : broadcast.live.playlist;
}

/** What tells when the next segment of a picture is listed. */
export function newsOf({ broadcast, rendition }: Pick<Screen, 'broadcast' | 'rendition'>, picture: Picture) {
  return picture === 'low' ? rendition : broadcast.live;
}

/** The forms of a media playlist for players, by what they need. */
export interface PlayerForms {
  readonly plain: PlaylistForm;
  readonly vlc: PlaylistForm;
}

/** @param uri the address of a segment, relative to the playlist */
export function playerForms(uri: (segment: ListedSegment) => string): PlayerForms {
  const plain: PlaylistForm = { uri, blockingReload: false, discontinuities: true };
  // VLC plays out all it has at each discontinuity, stands still, and is a second further behind. What we send is one
  // continuous transport stream, so it needs none: the same bytes, one after another, are /live.ts.
  return { plain, vlc: { ...plain, discontinuities: false } };
}
