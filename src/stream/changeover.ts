import type { BroadcastOptions, Feed, Programme } from './broadcast-options.ts';
import { BurstPolicy, isFarBehind, type Way } from './burst-policy.ts';
import type { FeedEnding } from './channel-feed.ts';
import type { CutSegment } from './segmenter.ts';

export interface ChangeoverOptions
  extends Pick<BroadcastOptions, 'live' | 'tuners' | 'createFeed' | 'clock'> {
  /** What is on air is closed before the next source is there. */
  readonly onGap: () => void;
  /** A source has given its first segment: it is on air from there. */
  readonly onAir: (programme: Programme) => void;
  /** What was on air has come to its end. */
  readonly onEnded: (feed: Feed, ending: FeedEnding) => void;
}

export interface Opening {
  readonly way: Way;
  /** Whatever of its burst would leave a player too far behind is left out. */
  readonly isSwitch: boolean;
}

/**
 * Which source is on air. The next one is opened beside it and takes over with its first segment; where there is no
 * connection for both, or a player is too far behind, the last one is closed first. One source at a time is opened.
 */
export class Changeover {
  readonly #options: ChangeoverOptions;
  #feed: Feed | null = null;
  #opening: { feed: Feed; programme: Programme; burst: BurstPolicy | null } | null = null;
  /** It holds the connection until its successor has joined it. */
  #failed: Feed | null = null;
  #closing: Promise<unknown> = Promise.resolve();

  constructor(options: ChangeoverOptions) {
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
  async open(programme: Programme, signal: AbortSignal, { way, isSwitch }: Opening): Promise<void> {
    const { live, tuners, createFeed, onGap } = this.#options;
    await this.#closing;
    signal.throwIfAborted();
    const { channelId } = programme.wish.source;
    const isAnew = way === 'anew' && this.#feed?.wish.source.channelId === channelId;
    if (this.#feed && (isAnew || !tuners.canOpen(channelId) || isFarBehind(live.backlog, way))) {
      onGap();
      await this.close();
    }
    const feed = createFeed(programme.wish, (segment) => this.#onSegment(feed, segment));
    this.#opening = { feed, programme, burst: isSwitch ? new BurstPolicy() : null };
    try {
      await feed.start(signal);
    } finally {
      if (this.#opening?.feed === feed) this.#opening = null;
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
    this.#closing = Promise.all([this.#closing, stopping]);
    await this.#closing;
  }

  #onSegment(feed: Feed, segment: CutSegment): boolean {
    const { live, onAir } = this.#options;
    const opening = this.#opening?.feed === feed ? this.#opening : null;
    if (opening && this.#leavesOut(opening.burst, segment)) return false;
    if (opening) this.#takeOver(feed);
    if (feed !== this.#feed) return false;
    live.publish(segment, feed);
    if (opening) onAir(opening.programme);
    return true;
  }

  #leavesOut(burst: BurstPolicy | null, { independent }: CutSegment): boolean {
    const { live, clock } = this.#options;
    const { backlog } = live;
    return burst?.leavesOut({ independent, backlog, now: clock.monotonic() }) === true;
  }

  #takeOver(feed: Feed): void {
    this.#opening = null;
    // The last one delivers its last segment as it stops, and is on air until then.
    this.#closing = Promise.all([this.#closing, this.#feed?.stop()]);
    this.#feed = feed;
    void feed.ended.then((ending) => this.#ended(feed, ending));
  }

  #ended(feed: Feed, ending: FeedEnding): void {
    if (feed !== this.#feed) return;
    this.#feed = null;
    this.#failed = feed;
    this.#options.onEnded(feed, ending);
  }
}
