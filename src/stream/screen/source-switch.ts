import type { CutSegment } from '../segments/segmenter.ts';
import type { BroadcastOptions, Feed } from './broadcast-options.ts';
import type { FeedEnding } from './channel-feed.ts';
import { channelOnAir, isSameWish, type OnAirItem } from './on-air-item.ts';

export interface SourceSwitchOptions extends Pick<BroadcastOptions, 'live' | 'tuners' | 'createFeed'> {
  /** The source on air is closed before the next one is there. */
  readonly onGap: () => void;
  /** A source has given its first segment: it is on air from there on. */
  readonly onAir: (item: OnAirItem) => void;
  /** The source on air has ended. */
  readonly onEnded: (feed: Feed, ending: FeedEnding) => void;
}

/** How a channel is opened: `anew`; or `joins`, which shares the connection of the source on air where it is the same channel. */
export type Way = 'anew' | 'joins';

export interface Opening {
  readonly way: Way;
  /** Another channel is on air: players have a reserve, so the past that the source sends first is shown in no time. */
  readonly isSwitch: boolean;
}

/**
 * Seconds of reserve that players keep during a switch. The last source's segments beyond that are held back, and never
 * published if the next source comes in time: each switch would otherwise put players further behind.
 */
const ENOUGH = 2;
/** Seconds for which segments are held back at most: players ask in vain only so often (see LiveChannel.fill). */
const LONGEST_HOLD = 3;
/**
 * Seconds of the last segment before the process ends, at least. Players ask for the next playlist after the length of the last
 * segment that it lists, and FFmpeg ends if nobody answers then: a short rest would send them back before the next process is there.
 */
const SHORTEST_LAST = 1.5;

/**
 * Decides which source is on air. The next one is opened beside it and takes over with its first segment; where there is
 * no connection for both, the last one is closed first. One source at a time is opened.
 */
export class SourceSwitch {
  readonly #options: SourceSwitchOptions;
  #feed: Feed | null = null;
  #opening: { feed: Feed; item: OnAirItem; signal: AbortSignal } | null = null;
  /** From before the last source is closed until the next one is there, or does not come. */
  #isShuttingDown = false;
  #isSwitching = false;
  /** Segments of the last source that are held back, oldest first. */
  #held: { feed: Feed; segment: CutSegment }[] = [];
  /** The source that ended by itself; it holds the connection until its successor has joined that. */
  #failed: Feed | null = null;
  #closing: Promise<unknown> = Promise.resolve();

  constructor(options: SourceSwitchOptions) {
    this.#options = options;
  }

  /** The source on air; null for the slate. */
  get feed(): Feed | null {
    return this.#feed;
  }

  get isOpening(): boolean {
    return this.#opening !== null;
  }

  /** Resolves once it is on air. @throws AppError why it could not be, or the signal's reason. */
  async open(item: OnAirItem, signal: AbortSignal, { way, isSwitch }: Opening): Promise<void> {
    const { live, tuners, createFeed, onGap } = this.#options;
    await this.#closing;
    signal.throwIfAborted();
    this.#isSwitching = true;
    try {
      const wish = channelOnAir(item);
      const isAnew = way === 'anew' && this.#feed !== null && isSameWish(this.#feed.wish, wish);
      if (this.#feed && (isAnew || !tuners.canOpen(wish))) {
        onGap();
        await this.close();
      }
      const start = async () => {
        const feed = createFeed(wish, {
          onSegment: (segment) => this.#onSegment(feed, segment),
          catchesUp: () => isSwitch && live.lead > ENOUGH,
        });
        this.#opening = { feed, item, signal };
        await feed.start(signal);
      };
      try {
        await start();
      } catch (error) {
        // The provider has refused one connection more than it allows, which is known by now.
        if (signal.aborted || !this.#feed || tuners.canOpen(wish)) throw error;
        this.#opening = null;
        onGap();
        await this.close();
        await start();
      }
    } finally {
      this.#opening = null;
      this.#isSwitching = false;
      this.releaseHeld();
    }
  }

  /** Publishes the held segments that players need now; to be called a few times a second. */
  releaseHeld(): void {
    const { live } = this.#options;
    // Without a source on air there is only this and the slate.
    const isSaved = this.#isSwitching || this.#feed === null;
    while (!(isSaved && live.lead > ENOUGH && live.silence < LONGEST_HOLD)) {
      const held = this.#held.shift();
      if (!held) return;
      live.publish(held.segment, held.segment.run ?? held.feed);
    }
  }

  /** Lets go of a source that has ended by itself: nothing will join its connection any more. */
  dropFailed(): void {
    this.#closing = Promise.all([this.#closing, this.#failed?.stop()]);
    this.#failed = null;
  }

  /** Closes the source on air before the process ends: nothing follows, so a short rest of it is left out. */
  async shutdown(): Promise<void> {
    this.#isShuttingDown = true;
    await this.close();
  }

  /** Closes the source on air; the slate follows. */
  async close(): Promise<void> {
    this.dropFailed();
    const feed = this.#feed;
    // The source may still deliver its last segment while it stops; after that it is no longer on air.
    const stopping = feed?.stop();
    if (this.#feed === feed) this.#feed = null;
    if (!this.#isSwitching) this.#held = [];
    this.#closing = Promise.all([this.#closing, stopping]);
    await this.#closing;
  }

  #onSegment(feed: Feed, segment: CutSegment): boolean {
    const { live, onAir } = this.#options;
    const opening = this.#opening?.feed === feed ? this.#opening : null;
    // Something else is wanted by now.
    if (opening?.signal.aborted) return false;
    if (this.#isShuttingDown && segment.ticks < SHORTEST_LAST * 90_000) return false;
    if (opening) this.#takeOver(feed);
    if (feed !== this.#feed) return false;
    if (opening) {
      live.publish(segment, segment.run ?? feed);
      onAir(opening.item);
    } else {
      this.#held.push({ feed, segment });
      this.releaseHeld();
    }
    return true;
  }

  #takeOver(feed: Feed): void {
    const last = this.#feed;
    this.#opening = null;
    this.#isSwitching = false;
    this.#held = [];
    this.#feed = feed;
    // The last segment of the old source is not wanted any more: the next source is there.
    this.#closing = Promise.all([this.#closing, last?.stop()]);
    void feed.ended.then((ending) => this.#ended(feed, ending));
  }

  #ended(feed: Feed, ending: FeedEnding): void {
    if (feed !== this.#feed) return;
    this.#feed = null;
    this.#failed = feed;
    this.#options.onEnded(feed, ending);
  }
}
