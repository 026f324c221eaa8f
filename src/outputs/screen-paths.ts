import { liveScreen } from '../domain/ids.ts';

/** The media playlists of a picture, which multivariant playlists name. */
export interface MediaPaths {
  readonly plain: string;
  /** VLC has one of its own. */
  readonly vlc: string;
  /** The folder of the segments. */
  readonly segments: string;
}

/** The folder of the lower rendition, below a screen's. */
export const lowFolder = '540p';

/** The paths of a screen for players. */
export interface ScreenPaths extends MediaPaths {
  /** The multivariant playlist. */
  readonly hls: string;
  /** The one that names the lower rendition, too. */
  readonly auto: string;
  readonly low: MediaPaths;
  /** Leads to a playlist of the past. */
  readonly rewind: string;
  /** One MPEG-TS without end. */
  readonly ts: string;
}

/** The paths of a screen; the default one has those of versions that had one screen. @param id also a route's parameter */
export function screenPaths(id: string): ScreenPaths {
  return id === liveScreen ? pathsBelow('/live') : pathsBelow(`/s/${id}`);
}

/** The paths of all screens as routes: those of the default screen, and those that name one. */
export const screenRoutes: readonly ScreenPaths[] = [pathsBelow('/live'), pathsBelow('/s/:screen')];

/** What routes of `screenRoutes` get; the default screen's name none. */
export interface ScreenParams {
  readonly screen?: string;
}

function pathsBelow(base: string): ScreenPaths {
  return {
    ...playlistsBelow(base),
    hls: `${base}.m3u8`,
    auto: `${base}/auto.m3u8`,
    low: { ...playlistsBelow(`${base}/${lowFolder}`), segments: `${base}/${lowFolder}` },
    segments: `${base}/seg`,
    rewind: `${base}/rewind`,
    ts: `${base}.ts`,
  };
}

function playlistsBelow(base: string): Omit<MediaPaths, 'segments'> {
  return { plain: `${base}/index.m3u8`, vlc: `${base}/vlc.m3u8` };
}
