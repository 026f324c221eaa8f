import type { Asker } from './actor.ts';
import type { Sound } from './audio-track.ts';
import type { ErrorCode, ErrorParams } from './errors.ts';

/**
 * idle: the slate, nothing wanted · starting: the first channel is being opened · live: a channel is on air ·
 * switching: another one is being opened · recovering: the source died and is being brought back · stopping.
 */
export type BroadcastState = 'idle' | 'starting' | 'live' | 'switching' | 'recovering' | 'stopping';

/** Why a channel is not, or no longer, on air. */
export interface Reason {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  /** Of which channel it is said; null where it is about none. */
  readonly channel: OnAirChannel | null;
}

export interface OnAirChannel {
  readonly id: number;
  readonly name: string;
}

/** The channel that somebody chose, and what is wrong with it. */
export interface StandsInFor extends Reason {
  readonly channel: OnAirChannel;
}

/** A channel that is being opened. */
export interface WantedChannel extends OnAirChannel {
  readonly askedBy: Asker | null;
}

/** An immutable picture of one broadcast, sent whole at every change. Times are epoch milliseconds. */
export interface BroadcastStatus {
  readonly id: string;
  readonly state: BroadcastState;
  /** What viewers see; null is the slate. */
  readonly channel: OnAirChannel | null;
  /** Why `channel` is not the one that somebody chose, but a variant that stands in for it; null: it is. */
  readonly standsInFor: StandsInFor | null;
  /** What was asked for and is not on air yet. */
  readonly wanted: WantedChannel | null;
  readonly sound: Sound;
  readonly startedAt: number | null;
  readonly askedBy: Asker | null;
  /** Media sequence number of the first segment of what is on now: where a player jumps to. */
  readonly firstSegment: number | null;
  /** Which try is under way, from 1, of how many; `of` is null where it is tried for as long as somebody watches. */
  readonly attempt: { readonly number: number; readonly of: number | null } | null;
  readonly reason: Reason | null;
  readonly viewers: number;
  /** Of the last few segments, bits per second. */
  readonly bitrate: number | null;
  readonly restarts: number;
  /** Why the last source that died on air did so, and when. */
  readonly lastFailure: (Reason & { readonly at: number }) | null;
}

/** The channel that somebody chose, also while another variant of it stands in. */
export function chosenChannel({
  channel,
  standsInFor,
}: Pick<BroadcastStatus, 'channel' | 'standsInFor'>): OnAirChannel | null {
  return standsInFor?.channel ?? channel;
}
