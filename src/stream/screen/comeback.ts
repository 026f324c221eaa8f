import type { ErrorCode } from '../../domain/errors.ts';
import { type Clock, sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ChannelWish, TunerLease, Tuners } from '../tuner/tuners.ts';
import type { Broadcast } from './broadcast.ts';

export interface ComebackOptions {
  readonly broadcast: Pick<Broadcast, 'subscribe' | 'item' | 'comeBack'> & {
    readonly live: { readonly viewers: { readonly count: number } };
  };
  readonly tuners: Pick<Tuners, 'canOpen' | 'acquire'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const MINUTE = 60_000;
/** Milliseconds between two checks for a due try. */
const CHECK_EVERY = 10_000;
/** Waits before a try that costs viewers nothing, with a free connection or no viewer; each failure doubles them. */
const FREE = { first: MINUTE / 2, longest: 10 * MINUTE };
/** Waits before a try for which the stand-in must give up the only connection, for a moment that players bridge. */
const COSTLY = { first: 3 * MINUTE, longest: 60 * MINUTE, most: 6 };
/** Milliseconds on air after which a comeback counts as successful and earlier tries are forgotten. */
const WELL_AFTER = 10 * MINUTE;
/** Milliseconds for which a trial must deliver pictures, and the longest pause between two pieces. */
const STEADY = 8_000;
const LONGEST_PAUSE = 4_000;
/** Milliseconds for the chosen channel's first picture: beside the stand-in, and in its place. */
const PATIENCE = { beside: 10_000, instead: 3_000 };

/** Faults that a trial cannot detect, since the channel's bytes keep coming; they show only on air. */
const pictureFaults: ReadonlySet<ErrorCode> = new Set(['channel_black', 'channel_frozen', 'channel_notice']);

/** Puts the chosen channel back on air once it works again, in place of the variant that stands in for it. */
export class Comeback {
  readonly #options: ComebackOptions;
  readonly #ending = new AbortController();
  #unsubscribe: () => void = () => {};
  #cancel: () => void = () => {};
  /** The wish that the counters below belong to. */
  #wish: ChannelWish | null = null;
  #isStandingIn = false;
  /** Number of tries, including comebacks that did not last. */
  #rounds = 0;
  #costlyRounds = 0;
  /** Time of the last try, and of the last comeback; milliseconds, monotonic. */
  #lastTry = 0;
  #backSince = Number.NEGATIVE_INFINITY;

  constructor(options: ComebackOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.broadcast.subscribe(() => this.#follow());
  }

  stop(): void {
    this.#unsubscribe();
    this.#cancel();
    this.#ending.abort(new Error('the comeback is called off'));
  }

  #follow(): void {
    const { broadcast, clock } = this.#options;
    const { item } = broadcast;
    if (item && item.wish !== this.#wish) {
      this.#wish = item.wish;
      this.#forget();
    }
    const isStandingIn = item?.standIn != null;
    if (isStandingIn === this.#isStandingIn) return;
    this.#isStandingIn = isStandingIn;
    this.#cancel();
    const now = clock.monotonic();
    if (!isStandingIn) this.#backSince = now;
    else {
      if (now - this.#backSince > WELL_AFTER) this.#forget();
      this.#lastTry = now;
      this.#checkLater();
    }
  }

  #forget(): void {
    this.#rounds = 0;
    this.#costlyRounds = 0;
  }

  #checkLater(): void {
    this.#cancel = this.#options.clock.after(CHECK_EVERY, () => void this.#check());
  }

  async #check(): Promise<void> {
    const { broadcast, tuners, clock, logger } = this.#options;
    const { item } = broadcast;
    const wish = item?.wish;
    // A past programme would begin anew; its channel comes back at its end.
    if (!wish || !item.standIn || wish.past || this.#ending.signal.aborted) return;
    const isFree = tuners.canOpen(wish);
    const isCostly = !isFree && broadcast.live.viewers.count > 0;
    const pace = isCostly || pictureFaults.has(item.standIn.instead.code) ? COSTLY : FREE;
    const wait = Math.min(pace.longest, pace.first * 2 ** this.#rounds);
    const isDue =
      clock.monotonic() - this.#lastTry >= wait && !(isCostly && this.#costlyRounds >= COSTLY.most);
    if (isDue) {
      this.#rounds++;
      if (isCostly) this.#costlyRounds++;
      const isBack = isFree ? await this.#comeBackBeside(wish) : await broadcast.comeBack(PATIENCE.instead);
      this.#lastTry = clock.monotonic();
      logger.info({ channelId: wish.channelId, isBack }, 'tried to bring the chosen channel back');
    }
    if (this.#isStandingIn) this.#checkLater();
  }

  /** Tries the channel on a free connection for some seconds, and puts it on air if it is steady. */
  async #comeBackBeside(wish: ChannelWish): Promise<boolean> {
    const { broadcast, tuners } = this.#options;
    const { signal } = this.#ending;
    let lease: TunerLease | null = null;
    try {
      lease = await tuners.acquire(wish, 'warm-up', signal);
      const isSteady = await this.#isSteady(lease);
      return isSteady && broadcast.item?.wish === wish && (await broadcast.comeBack(PATIENCE.beside));
    } catch {
      return false;
    } finally {
      await lease?.release();
    }
  }

  /** Resolves with true if the lease delivered pictures all the time. */
  async #isSteady(lease: TunerLease): Promise<boolean> {
    const { clock } = this.#options;
    let lastPiece = clock.monotonic();
    let longestPause = 0;
    let starts = 0;
    let isOver = false;
    const unlisten = lease.listen(({ isStart }) => {
      longestPause = Math.max(longestPause, clock.monotonic() - lastPiece);
      lastPiece = clock.monotonic();
      if (isStart) starts++;
    });
    void lease.ended.then(() => {
      isOver = true;
    });
    await sleep(clock, STEADY, this.#ending.signal).finally(unlisten);
    longestPause = Math.max(longestPause, clock.monotonic() - lastPiece);
    return !isOver && starts > 0 && longestPause < LONGEST_PAUSE && lease.layout.video !== null;
  }
}
