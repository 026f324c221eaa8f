import { liveScreen } from '../domain/ids.ts';

/** The paths of a screen for players. */
export interface ScreenPaths {
  /** The multivariant playlist. */
  readonly hls: string;
  /** The media playlists that it names; VLC has one of its own. */
  readonly plain: string;
  readonly vlc: string;
  /** The folder of the segments. */
  readonly segments: string;
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
    hls: `${base}.m3u8`,
    plain: `${base}/index.m3u8`,
    vlc: `${base}/vlc.m3u8`,
    segments: `${base}/seg`,
    rewind: `${base}/rewind`,
    ts: `${base}.ts`,
  };
}
