import { liveScreen } from './ids.ts';

/** The path of a screen's watch page. @param screen its id; also a route's parameter */
export function watchPath(screen: string): string {
  return screen === liveScreen ? '/watch' : `/watch/${screen}`;
}

/** What a screen's watch page plays: both pictures, or one of them. */
export type WatchPlaylist = 'auto' | 'stream' | '540p';

/** The path of a playlist that a screen's watch page plays. @param screen its id; also a route's parameter */
export function watchPlaylistPath(screen: string, name: WatchPlaylist = 'stream'): string {
  return `${screen === liveScreen ? '' : `/s/${screen}`}/internal_${name}.m3u8`;
}

/**
 * The comment in front of each segment of a list of the past that begins between keyframes, where decoding cannot begin; without
 * its `#`.
 */
export const withinPictures = 'within-pictures';
