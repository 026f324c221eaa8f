import type { ScreenId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { StoredSegment } from '../segments/segment.ts';
import type { Tuners } from '../tuner/tuners.ts';
import type { AudioChoices } from './audio-choices.ts';
import type { ChannelFeed, FeedTaker } from './channel-feed.ts';
import type { FailoverOptions } from './failover.ts';
import type { LiveChannel } from './live-channel.ts';
import type { ScreenWish } from './on-air-item.ts';
import type { Slate } from './slate.ts';

/** The part of a channel's feed that a broadcast needs. */
export type Feed = Pick<ChannelFeed, 'wish' | 'sound' | 'position' | 'ended' | 'start' | 'stop'>;

export type FeedFactory = (wish: ScreenWish, taker: FeedTaker) => Feed;

export interface BroadcastOptions {
  readonly id: ScreenId;
  readonly live: LiveChannel;
  readonly tuners: Pick<Tuners, 'canOpen'>;
  readonly createFeed: FeedFactory;
  readonly audioChoices: AudioChoices;
  /** Null: a channel that is gone has no stand-in. */
  readonly failover: FailoverOptions | null;
  /** Makes a slate of the first picture of segments. Rejects where there is none. */
  readonly stillFrame: (segments: readonly StoredSegment[]) => Promise<Slate>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds without a viewer after which the channel is stopped; null for never. */
  readonly idleStop: () => number | null;
}
