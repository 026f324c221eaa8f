import type { CutSegment } from '../segments/segmenter.ts';
import type { BroadcastOptions, Feed } from './broadcast-options.ts';
import type { FeedEnding } from './channel-feed.ts';
import { aired, type OnAirItem } from './on-air-item.ts';

export interface SourceSwitchOptions extends Pick<BroadcastOptions, 'live' | 'tuners' | 'createFeed'> {
  /** What is on air is closed before the next source is there. */
  readonly onGap: () => void;
  /** A source has given its first segment: it is on air from there. */
  readonly onAir: (item: OnAirItem) => void;
  /** What was on air has come to its end. */
  readonly onEnded: (feed: Feed, ending: FeedEnding) => void;
}

/** How a channel is opened: `anew`; or `joins`, on the connection that there is, where it is on air already. */
export type Way = 'anew' | 'joins';

export interface Opening {
  readonly way: Way;
  /** Another channel is on air: players have a reserve, so what the source sends of its past is shown in no time. */
  readonly isSwitch: boolean;
}

/**
 * Seconds that players are left with while a switch is under way. What the last source gives beyond that is held back,
 * and never published if the next one comes in time: each switch would otherwise put players further behind.
 */
const ENOUGH = 2;
/** … for as long as this, in seconds: players ask in vain only so often (see LiveChannel.fill). */
const LONGEST_HOLD = 3;

/**
 * Which source is on air. The next one is opened beside it and takes over with its first segment; where there is no
 * connection for both, the last one is closed first. One source at a time is opened.
 */
export class SourceSwitch {
  readonly #options: SourceSwitchOptions;
  #feed: Feed | null = null;
  #opening: { feed: Feed; item: OnAirItem; signal: AbortSignal } | null = null;
  /** From before the last source is closed until the next one is there, or does not come. */
  #isSwitching = false;
  /** What the last source gave meanwhile, oldest first. */
  #held: { feed: Feed; segment: CutSegment }[] = [];
  /** It holds the connection until its successor has joined it. */
  #failed: Feed | null = null;
  #closing: Promise<unknown> = Promise.resolve();

  constructor(options: SourceSwitchOptions) {
    this.#options = options;
  }

  /** What is on air; null is the slate. */
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
      const wish = aired(item);
      const { channelId } = wish;
      const isAnew = way === 'anew' && this.#feed?.wish.channelId === channelId;
      if (this.#feed && (isAnew || !tuners.canOpen(channelId))) {
        onGap();
        await this.close();
      }
      const feed = createFeed(wish, {
        onSegment: (segment) => this.#onSegment(feed, segment),
        catchesUp: () => isSwitch && live.lead > ENOUGH,
      });
      this.#opening = { feed, item, signal };
      await feed.start(signal);
    } finally {
      this.#opening = null;
      this.#isSwitching = false;
      this.releaseHeld();
    }
  }

  /** Publishes what was held back and is needed now; to be called a few times a second. */
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

  /** Lets go of a source that has ended by itself: nothing is to join its connection any more. */
  dropFailed(): void {
    this.#closing = Promise.all([this.#closing, this.#failed?.stop()]);
    this.#failed = null;
  }

  /** Back to the slate. */
  async close(): Promise<void> {
    this.dropFailed();
    const feed = this.#feed;
    // It may still deliver its last segment while it stops; after that it is no longer on air.
    const stopping = feed?.stop();
    if (this.#feed === feed) this.#feed = null;
    if (!this.#isSwitching) this.#held = [];
    this.#closing = Promise.all([this.#closing, stopping]);
    await this.#closing;
  }

  #onSegment(feed: Feed, segment: CutSegment): boolean {
    const { live, onAir } = this.#options;
    const opening = this.#opening?.feed === feed ? this.#opening : null;
    // Whoever wanted it wants something else by now.
    if (opening?.signal.aborted) return false;
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
    // Its last segment would only come between: the next source is there.
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
