import type { Asker } from '../../domain/actor.ts';
import type { Pause, StandsInFor } from '../../domain/broadcast-status.ts';
import type { PastProgramme } from '../../domain/past-programme.ts';
import type { ChannelWish } from '../tuner/tuners.ts';

/** A channel for a screen, or one of its past programmes. */
export interface ScreenWish extends ChannelWish {
  readonly past?: PastProgramme;
}

/** The channel that is meant to be on air, and who asked for it. */
export interface OnAirItem {
  readonly wish: ScreenWish;
  /** What is on air in place of the wish: a variant, or the live picture in place of a past programme; null for the wish itself. */
  readonly standIn: StandIn | null;
  readonly askedBy: Asker | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Absent while it plays. */
  readonly pause?: Pause | undefined;
}

export interface StandIn {
  readonly wish: ScreenWish;
  /** The channel that was asked for, and its fault. */
  readonly instead: StandsInFor;
}

/** The channel that is opened for an item. */
export function channelOnAir({ wish, standIn }: OnAirItem): ScreenWish {
  return standIn?.wish ?? wish;
}

/** Whether two wishes are for the same picture. */
export function isSameWish(one: ChannelWish, other: ChannelWish): boolean {
  return (
    one.channelId === other.channelId &&
    one.past?.from === other.past?.from &&
    one.past?.recording === other.past?.recording
  );
}
