import { liveScreen } from './ids.ts';

/** The path of a screen's watch page. @param screen its id; also a route's parameter */
export function watchPath(screen: string): string {
  return screen === liveScreen ? '/watch' : `/watch/${screen}`;
}

/** The path of the multivariant playlist of a screen's watch page, which names `watchPlaylistPath`. @param screen as there */
export function watchVariantsPath(screen: string): string {
  return screen === liveScreen ? '/internal_auto.m3u8' : `/s/${screen}/internal_auto.m3u8`;
}

/** The path of the playlist that a screen's watch page plays. @param screen its id; also a route's parameter */
export function watchPlaylistPath(screen: string): string {
  return screen === liveScreen ? '/internal_stream.m3u8' : `/s/${screen}/internal_stream.m3u8`;
}

/**
 * The comment in front of each segment of a list of the past that begins between keyframes, where decoding cannot begin; without
 * its `#`.
 */
export const withinPictures = 'within-pictures';
