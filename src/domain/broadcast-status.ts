import type { Asker } from './actor.ts';
import type { Sound } from './audio-track.ts';
import type { ErrorCode, ErrorParams } from './errors.ts';
import type { ChannelId, ScreenId } from './ids.ts';
import type { PastProgramme } from './past-programme.ts';

/**
 * idle: the slate is on air and no channel is wanted · starting: the first channel is being opened · live: a channel is on
 * air · switching: another channel is being opened · recovering: the source died and is being reopened · paused: something of the
 * past stands still · stopping.
 */
export const broadcastStates = [
  'idle',
  'starting',
  'live',
  'switching',
  'recovering',
  'paused',
  'stopping',
] as const;
export type BroadcastState = (typeof broadcastStates)[number];

/** Who stopped the picture, and when, in epoch milliseconds. */
export interface Pause {
  readonly by: Asker | null;
  readonly at: number;
}

/** Why a channel is not on air, or no longer. */
export interface Reason {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  /** The channel that the reason concerns; null if it concerns none. */
  readonly channel: OnAirChannel | null;
}

/** The channel that viewers see, or the one that a reason concerns. */
export interface OnAirChannel {
  readonly id: ChannelId;
  readonly name: string;
}

/** The channel that somebody chose, and why a variant replaces it. */
export interface StandsInFor extends Reason {
  readonly channel: OnAirChannel;
}

/** The programme of the past that viewers see. */
export interface PastOnAir extends Omit<PastProgramme, 'from'> {
  /** Milliseconds by which the picture is behind what the channel shows now; it stays the same while the picture moves. */
  readonly behind: number;
  /** Null while it plays. */
  readonly pause: Pause | null;
}

/** A channel that is being opened. */
export interface WantedChannel extends OnAirChannel {
  readonly askedBy: Asker | null;
}

/** An immutable snapshot of one broadcast, sent as a whole at every change. Times are epoch milliseconds. */
export interface BroadcastStatus {
  /** The screen. */
  readonly id: ScreenId;
  readonly state: BroadcastState;
  /** The channel that viewers see; null for the slate. */
  readonly channel: OnAirChannel | null;
  /** The chosen channel while `channel` is a variant that replaces it; null while the chosen channel itself is on air. */
  readonly standsInFor: StandsInFor | null;
  /** The programme from the channel's archive; null while the channel is shown as it comes. */
  readonly past: PastOnAir | null;
  /** The channel that was asked for and is not on air yet. */
  readonly wanted: WantedChannel | null;
  readonly sound: Sound;
  readonly startedAt: number | null;
  readonly askedBy: Asker | null;
  /** The media sequence number of the current channel's first segment, to which players jump. */
  readonly firstSegment: number | null;
  /** The number of the current try, from 1, and the total; `of` is null if the tries go on for as long as somebody watches. */
  readonly attempt: { readonly number: number; readonly of: number | null } | null;
  readonly reason: Reason | null;
  readonly viewers: number;
  /** The bitrate of the last few segments, in bits per second. */
  readonly bitrate: number | null;
  readonly restarts: number;
  /** Why and when the last source died on air. */
  readonly lastFailure: (Reason & { readonly at: number }) | null;
}

/** The channel that somebody chose, even while a variant replaces it. */
export function chosenChannel({
  channel,
  standsInFor,
}: Pick<BroadcastStatus, 'channel' | 'standsInFor'>): OnAirChannel | null {
  return standsInFor?.channel ?? channel;
}
