import type { Asker } from '../../domain/actor.ts';
import type { StandsInFor } from '../../domain/broadcast-status.ts';
import type { ChannelWish } from '../tuner/tuners.ts';

/** What is meant to be on air, and on whose word. */
export interface OnAirItem {
  readonly wish: ChannelWish;
  /** A variant of the channel that is on air in its place. */
  readonly standIn: StandIn | null;
  readonly askedBy: Asker | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export interface StandIn {
  readonly wish: ChannelWish;
  /** The channel that was wished for, and what is wrong with it. */
  readonly instead: StandsInFor;
}

/** What is opened for an item. */
export function aired({ wish, standIn }: OnAirItem): ChannelWish {
  return standIn?.wish ?? wish;
}
