import type { Asker } from '../../domain/actor.ts';
import type { StandsInFor } from '../../domain/broadcast-status.ts';
import type { ChannelWish } from '../tuner/tuners.ts';

/** The channel that is meant to be on air, and who asked for it. */
export interface OnAirItem {
  readonly wish: ChannelWish;
  /** The variant that is on air in place of the channel; null if the channel itself is. */
  readonly standIn: StandIn | null;
  readonly askedBy: Asker | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export interface StandIn {
  readonly wish: ChannelWish;
  /** The channel that was asked for, and its fault. */
  readonly instead: StandsInFor;
}

/** The channel that is opened for an item. */
export function channelOnAir({ wish, standIn }: OnAirItem): ChannelWish {
  return standIn?.wish ?? wish;
}
