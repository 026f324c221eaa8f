import type { Quality } from './quality.ts';

/** What an engine plays. */
export interface EngineSource {
  /** The id of the screen. */
  readonly screen: string;
  /** True for one of several pictures on a page, which keeps and asks for as little as it can. */
  readonly isTile?: boolean;
}

/** The full picture, or the lower rendition. */
export type Picture = Exclude<Quality, 'auto'>;

/** What an engine tells the player. */
export interface EngineEvents {
  /** The engine is about to set the source again: the browser will drop the picture and pause. */
  reloading(): void;
  /** The source is set: play again. */
  reloaded(): void;
  /** The stream is lost, and the engine is trying to get it back. */
  reconnecting(): void;
  /** The browser cannot decode the stream. */
  undecodable(): void;
  /** The codecs of the stream, such as `avc1.4d4028` and `mp4a.40.2`, at each change. */
  codecs(names: readonly string[]): void;
  /** Which picture is shown where there are two, at each change; null where there is one. */
  picture(shown: Picture | null): void;
  /** Twice a second during playback: seconds that are buffered ahead, and seconds behind the live edge. */
  reading(ahead: number, behind: number): void;
}

/** Plays the live stream into a video element and keeps it playing. */
export interface Engine {
  start(): void;
  stop(): void;
  /** Tells the media sequence number of the first segment of the channel on air. */
  setFirstSegment(first: number | null): void;
  /** Returns to the live edge; to be called when playback resumes after a pause. */
  resumed(): void;
  /** When the picture that is shown was on the screen, in epoch milliseconds; null while that is not known. */
  moment(): number | null;
}
