import type { Asker } from './actor.ts';
import type { ErrorCode, ErrorParams } from './errors.ts';
import type { ChannelId } from './ids.ts';
import type { RecordingNames } from './recording-names.ts';
import type { Span } from './span.ts';

/**
 * planned: it is still to begin · waiting: it is due, but there is no connection or no picture · recording · finishing: its
 * parts become one file · done: complete · incomplete: a file with holes · failed: nothing was recorded.
 */
export const recordingStates = [
  'planned',
  'waiting',
  'recording',
  'finishing',
  'done',
  'incomplete',
  'failed',
] as const;
export type RecordingState = (typeof recordingStates)[number];

/** Why a recording waits, is incomplete or has failed. */
export interface RecordingReason {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** What the guide told of the programme. Times are epoch milliseconds, without any margin. */
export interface RecordedProgramme {
  readonly title: string;
  readonly start: number;
  readonly stop: number;
  readonly subTitle?: string | undefined;
  readonly description?: string | undefined;
  readonly season?: number | undefined;
  readonly episode?: number | undefined;
}

/** A channel that is recorded from `start` to `stop`. Times are epoch milliseconds. */
export interface Recording {
  readonly id: number;
  readonly channelId: ChannelId;
  readonly channelName: string;
  readonly title: string;
  readonly start: number;
  readonly stop: number;
  /** Null where the guide knew nothing. */
  readonly programme: RecordedProgramme | null;
  /** Whether its times follow the programme in the guide. */
  readonly isFollowing: boolean;
  /** Whether it is taken from the provider's archive once its time is over, instead of the channel as it comes. */
  readonly isFromArchive: boolean;
  readonly state: RecordingState;
  readonly reason: RecordingReason | null;
  /** What is missing, in order. */
  readonly holes: readonly Span[];
  /** Whether only a person may remove it. */
  readonly isProtected: boolean;
  /** Its place below RECORDINGS_DIR, with `/` between the parts; null until there is one. */
  readonly file: string | null;
  /** Of the file; 0 until it is there. */
  readonly bytes: number;
  /** Who wants it. */
  readonly by: Asker;
  readonly createdAt: number;
}

/** Milliseconds that are recorded before and after a programme. */
export interface RecordingMargins {
  readonly before: number;
  readonly after: number;
}

/** How the files of recordings are made. */
export interface RecordingFiles {
  readonly names: RecordingNames;
  readonly format: RecordingFormat;
}

/** `mp4` where everything fits into it, else `mkv`. */
export const recordingFormats = ['mkv', 'mp4'] as const;
export type RecordingFormat = (typeof recordingFormats)[number];

/** What is kept of recordings; null for no limit. */
export interface RecordingRules {
  readonly keepDays: number | null;
  /** Of recordings with the same title, the newest. */
  readonly keepPerTitle: number | null;
  /** Bytes of all recordings together. */
  readonly mostBytes: number | null;
  /** Bytes that stay free on the disk: below, nothing more is recorded. */
  readonly leastFree: number;
}

/** Whether nothing more will be recorded. */
export function isOver({ state }: Pick<Recording, 'state'>): boolean {
  return state === 'finishing' || state === 'done' || state === 'incomplete' || state === 'failed';
}

/** Whether there may be parts of it that are not one file yet. */
export function isUnderWay({ state }: Pick<Recording, 'state'>): boolean {
  return state === 'waiting' || state === 'recording' || state === 'finishing';
}

/** Whether there is a file in which a player can seek by a playlist. */
export function isIndexed(recording: Pick<Recording, 'state' | 'file'>): boolean {
  return hasFile(recording) && /\.(?:mkv|mp4)$/.test(recording.file ?? '');
}

/** Whether there is a file to play. */
export function hasFile({ state, file }: Pick<Recording, 'state' | 'file'>): boolean {
  return file !== null && (state === 'done' || state === 'incomplete');
}
