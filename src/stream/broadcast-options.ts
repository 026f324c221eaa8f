import type { Asker } from '../domain/actor.ts';
import type { StandsInFor } from '../domain/broadcast-status.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { AudioChoices } from './audio-choices.ts';
import type { ChannelFeed, FeedTaker } from './channel-feed.ts';
import type { FailoverOptions } from './failover.ts';
import type { LiveChannel } from './live-channel.ts';
import type { Tuners, TunerWish } from './tuners.ts';

/** What is meant to be on air, and on whose word. */
export interface Programme {
  readonly wish: TunerWish;
  /** A variant of the channel that is on air in its place. */
  readonly standIn: StandIn | null;
  readonly askedBy: Asker | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

export interface StandIn {
  readonly wish: TunerWish;
  /** The channel that was wished for, and what is wrong with it. */
  readonly instead: StandsInFor;
}

/** What is opened for a programme. */
export function aired({ wish, standIn }: Programme): TunerWish {
  return standIn?.wish ?? wish;
}

/** What a broadcast needs of a channel on its way to the air. */
export type Feed = Pick<ChannelFeed, 'wish' | 'sound' | 'ended' | 'start' | 'stop'>;

export type FeedFactory = (wish: TunerWish, taker: FeedTaker) => Feed;

export interface BroadcastOptions {
  readonly id: string;
  readonly live: LiveChannel;
  readonly tuners: Pick<Tuners, 'canOpen'>;
  readonly createFeed: FeedFactory;
  readonly audioChoices: AudioChoices;
  /** Null: a channel that is gone has no stand-in. */
  readonly failover: FailoverOptions | null;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds without a viewer after which the channel is stopped; null for never. */
  readonly idleStop: number | null;
}
