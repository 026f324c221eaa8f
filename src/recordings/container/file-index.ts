import type { AudioTrack } from '../../domain/audio-track.ts';

/** What a finished recording has, and where it can be entered, in seconds from its beginning. */
export interface FileIndex {
  /** Of keyframes, in order. */
  readonly keyframes: readonly number[];
  readonly duration: number;
  readonly tracks: readonly AudioTrack[];
}
