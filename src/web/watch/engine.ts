/** What the player is told by whatever plays the stream. */
export interface EngineEvents {
  /** The source is about to be set anew: the browser drops the picture and pauses. */
  reloading(): void;
  /** It has been set: play again. */
  reloaded(): void;
  /** The stream is lost and being looked for. */
  reconnecting(): void;
  /** The decoder refuses what is on air. */
  undecodable(): void;
  /** What the stream is coded with, such as `avc1.4d4028` and `mp4a.40.2`; told at each change. */
  codecs(names: readonly string[]): void;
  /** Twice a second while it plays: seconds in reserve, and behind the channel's edge. */
  reading(ahead: number, behind: number): void;
}

/** Plays the live stream into a video element and keeps it playing. */
export interface Engine {
  start(): void;
  stop(): void;
  /** Segment with which the channel that is on air begins. */
  setFirstSegment(first: number | null): void;
  /** To be called when playback goes on after a pause: television does not wait. */
  resumed(): void;
}
