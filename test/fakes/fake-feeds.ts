import type { AudioTrack, Sound } from '../../src/domain/audio-track.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import { AudioChoices } from '../../src/stream/screen/audio-choices.ts';
import type { Feed, FeedFactory } from '../../src/stream/screen/broadcast-options.ts';
import type { FeedEnding, FeedTaker } from '../../src/stream/screen/channel-feed.ts';
import type { ScreenWish } from '../../src/stream/screen/on-air-item.ts';
import type { FakeClock } from './fake-clock.ts';
import { numberOf } from './main-id.ts';
import { segmentOf } from './synthetic-segment.ts';

/** What a channel does when it is opened: nothing (the test controls it), fail, or play until it ends. */
export type Behaviour =
  | 'by hand'
  | { readonly fails: ErrorCode; readonly after?: number }
  | { readonly firstAfter: number; readonly diesAfter?: number };

const EVERY = 2_000;

/** A provider's account that counts connections, with channels that behave on demand. */
export class FakeAccount {
  readonly feeds: FakeFeed[] = [];
  /** The events of connections, such as `open 1`, `join 1`, `leave 1`, `close 1`. */
  readonly log: string[] = [];
  readonly behaviours = new Map<number, Behaviour>();
  /** Of past programmes, where they differ from their channels. */
  readonly whenPast = new Map<number, Behaviour>();
  /** The audio tracks of channels; none by default. */
  readonly tracks = new Map<number, readonly AudioTrack[]>();
  readonly audioChoices = new AudioChoices(() => []);
  readonly clock: FakeClock;
  readonly capacity: number;
  /** Milliseconds that a feed takes to stop. */
  closeTime = 0;
  /** Seconds of the rest that a feed gives as it stops. */
  rest = 2;
  readonly #users = new Map<number, number>();

  constructor(clock: FakeClock, capacity: number) {
    this.clock = clock;
    this.capacity = capacity;
  }

  readonly createFeed: FeedFactory = (wish, taker) => {
    const feed = new FakeFeed(this, wish, taker);
    this.feeds.push(feed);
    return feed;
  };

  /** Channels with an open connection. */
  get open(): number[] {
    return [...this.#users.keys()];
  }

  /** The newest feed. */
  get last(): FakeFeed {
    const feed = this.feeds.at(-1);
    if (!feed) throw new Error('no feed was made');
    return feed;
  }

  get onAir(): FakeFeed[] {
    return this.feeds.filter((feed) => feed.onAir);
  }

  canOpen(channelId: number): boolean {
    return this.#users.has(channelId) || this.#users.size < this.capacity;
  }

  acquire(channelId: number): void {
    const users = this.#users.get(channelId) ?? 0;
    if (users === 0 && this.#users.size >= this.capacity) throw new AppError('no_slot');
    this.#users.set(channelId, users + 1);
    this.log.push(`${users === 0 ? 'open' : 'join'} ${channelId}`);
  }

  release(channelId: number): void {
    const users = (this.#users.get(channelId) ?? 0) - 1;
    if (users > 0) this.#users.set(channelId, users);
    else this.#users.delete(channelId);
    this.log.push(`${users > 0 ? 'leave' : 'close'} ${channelId}`);
  }
}

/** A feed without a network and without FFmpeg. */
export class FakeFeed implements Feed {
  readonly wish: ScreenWish;
  readonly #account: FakeAccount;
  readonly #taker: FeedTaker;
  readonly #ended = Promise.withResolvers<FeedEnding>();
  readonly #first = Promise.withResolvers<void>();
  readonly #timers: (() => void)[] = [];
  /** Of a past programme, which begins at its wish's `from`. */
  position: number | null;
  sound: Sound = { tracks: [], track: null };
  #holds = false;
  #delivered = 0;
  #isTaken = false;
  #isOver = false;
  #stopped: Promise<void> | null = null;

  constructor(account: FakeAccount, wish: ScreenWish, taker: FeedTaker) {
    this.#account = account;
    this.wish = wish;
    this.position = wish.past?.from ?? null;
    this.#taker = taker;
    this.#first.promise.catch(() => {});
  }

  get ended(): Promise<FeedEnding> {
    return this.#ended.promise;
  }

  /** The channel's number. */
  get channel(): number {
    return numberOf(this.wish.channelId);
  }

  /** Whether the feed has given segments and may give more. */
  get onAir(): boolean {
    return this.#isTaken && !this.#isOver;
  }

  async start(signal: AbortSignal): Promise<void> {
    const abort = () => this.#first.reject(signal.reason);
    try {
      await Promise.resolve();
      signal.throwIfAborted();
      this.#account.acquire(this.channel);
      this.#holds = true;
      const tracks = this.#account.tracks.get(this.channel) ?? [];
      this.sound = { tracks, track: this.#account.audioChoices.pick(this.wish.channelId, tracks) };
      signal.addEventListener('abort', abort, { once: true });
      const ofPast = this.wish.past && this.#account.whenPast.get(this.channel);
      this.#behave(ofPast ?? this.#account.behaviours.get(this.channel) ?? 'by hand');
      await this.#first.promise;
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** Gives segments of two seconds. The first are from the past, and take no time if players are to catch up. */
  deliver(burst = 1, seconds = 2): void {
    const catchesUp = this.#delivered === 0 && burst > 1 && this.#taker.catchesUp();
    const count = catchesUp ? 1 : burst;
    for (let index = 0; index < count && !this.#isOver; index++) {
      const label = `${this.channel}.${this.#account.feeds.indexOf(this)} ${this.#delivered}`;
      const start = 500 + 2 * this.#delivered++;
      const segment = segmentOf(label, { start, duration: catchesUp ? 0.5 : seconds });
      if (!this.#taker.onSegment(segment)) continue;
      if (this.position !== null) this.position += 1000 * seconds;
      this.#isTaken = true;
      this.#first.resolve();
    }
  }

  /** Fails before the first segment. */
  fail(code: ErrorCode): void {
    this.#first.reject(new AppError(code));
  }

  /** Ends by itself, still holding its share of the connection. */
  die(code: ErrorCode = 'channel_ended', retry = true): void {
    this.#isOver = true;
    const error = new AppError(code);
    this.#first.reject(error);
    this.#ended.resolve({ error, retry });
  }

  async #stop(): Promise<void> {
    const tail = this.onAir;
    this.#ended.resolve({ error: new AppError('channel_ended'), retry: false });
    for (const cancel of this.#timers) cancel();
    if (tail) this.deliver(1, this.#account.rest);
    this.#isOver = true;
    const { clock, closeTime } = this.#account;
    if (closeTime > 0) await new Promise<void>((resolve) => clock.after(closeTime, resolve));
    if (this.#holds) this.#account.release(this.channel);
    this.#holds = false;
  }

  #behave(behaviour: Behaviour): void {
    if (behaviour === 'by hand') return;
    if ('fails' in behaviour) this.#later(behaviour.after ?? 0, () => this.fail(behaviour.fails));
    else {
      this.#later(behaviour.firstAfter, () => this.#play());
      if (behaviour.diesAfter !== undefined)
        this.#later(behaviour.firstAfter + behaviour.diesAfter, () => this.die());
    }
  }

  #play(): void {
    this.deliver();
    this.#later(EVERY, () => this.#play());
  }

  #later(delay: number, callback: () => void): void {
    this.#timers.push(this.#account.clock.after(delay, () => !this.#isOver && callback()));
  }
}
