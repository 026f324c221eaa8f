import PQueue from 'p-queue';
import type { Asker } from '../../domain/actor.ts';
import type {
  BroadcastState,
  BroadcastStatus,
  Reason,
  WantedChannel,
} from '../../domain/broadcast-status.ts';
import { AppError } from '../../domain/errors.ts';
import type { ScreenId } from '../../domain/ids.ts';
import { orAborted } from '../../lib/abort.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { ChannelWish } from '../tuner/tuners.ts';
import type { AudioChoices } from './audio-choices.ts';
import type { BroadcastOptions, Feed } from './broadcast-options.ts';
import type { FeedEnding } from './channel-feed.ts';
import { Heartbeat } from './heartbeat.ts';
import type { LiveChannel } from './live-channel.ts';
import { aired, type OnAirItem } from './on-air-item.ts';
import { knownError, supersededBy, toOnAir, toReason } from './reason.ts';
import { Recovery } from './recovery.ts';
import { SourceSwitch, type Way } from './source-switch.ts';

/** Milliseconds for which the slate goes on after the last viewer. */
const LONGEST_UNWATCHED_SLATE = 500;

/**
 * One shared screen: decides what is on it. All changes go through one queue; a new wish calls off what is under
 * way, so the last one wins. What is on air stays there until the next source has given its first segment, and
 * comes back if that one fails.
 */
export class Broadcast {
  readonly id: ScreenId;
  readonly live: LiveChannel;
  readonly audioChoices: AudioChoices;
  readonly #options: BroadcastOptions;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #changes: Emitter<BroadcastStatus>;
  readonly #heartbeat: Heartbeat;
  readonly #sourceSwitch: SourceSwitch;
  readonly #recovery: Recovery;
  #state: BroadcastState = 'idle';
  #item: OnAirItem | null = null;
  #activity = new AbortController();
  #pending: { channelId: number; outcome: Promise<BroadcastStatus> } | null = null;
  #wanted: WantedChannel | null = null;
  #reason: Reason | null = null;
  #attempt: BroadcastStatus['attempt'] = null;
  #restartCount = 0;
  #lastFailure: BroadcastStatus['lastFailure'] = null;
  #onAirSince = 0;
  #viewers = 0;
  /** The source on air has given nothing for so long that viewers see the slate; it may go on by itself. */
  #isDry = false;
  /** What is on air is being replaced, and nobody asked. */
  #isExchanging = false;
  #isShutDown = false;

  constructor(options: BroadcastOptions) {
    this.id = options.id;
    this.live = options.live;
    this.audioChoices = options.audioChoices;
    this.#options = options;
    const { clock, live, logger } = options;
    this.#changes = new Emitter((err) => logger.error({ err }, 'a listener of the broadcast failed'));
    this.#heartbeat = new Heartbeat(clock, live.viewers, logger, (unwatched) => this.#beat(unwatched));
    this.#sourceSwitch = new SourceSwitch({
      ...options,
      onGap: () => {
        if (this.#state === 'live') this.#transition('recovering', {});
      },
      onAir: (item) => this.#onAir(item),
      onEnded: (feed, ending) => this.#feedEnded(feed, ending),
    });
    this.#recovery = new Recovery({
      ...{ clock, logger, failover: options.failover },
      open: (item, signal, way) => this.#open(item, signal, way),
      isOnAir: () => this.#sourceSwitch.feed !== null,
      onTry: () => this.#transition('recovering', { attempt: this.#recovery.attempt }),
      onFailed: (reason) => {
        this.#reason = reason;
      },
      dropFailed: () => this.#sourceSwitch.dropFailed(),
    });
  }

  /** Ends everything; players get no more segments. May be called twice. */
  async shutdown(): Promise<void> {
    this.#isShutDown = true;
    this.#callOff();
    await this.#queue.onIdle();
    await this.#sourceSwitch.close();
    this.#heartbeat.stop();
  }

  /** Is told of every change; the returned function ends that. */
  subscribe(listener: (status: BroadcastStatus) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  get item(): OnAirItem | null {
    return this.#item;
  }

  get status(): BroadcastStatus {
    return {
      id: this.id,
      state: this.#state,
      channel: this.#item && toOnAir(aired(this.#item)),
      standsInFor: this.#item?.standIn?.instead ?? null,
      wanted: this.#wanted,
      sound: this.#sourceSwitch.feed?.sound ?? { tracks: [], track: null },
      startedAt: this.#item?.startedAt ?? null,
      askedBy: this.#item?.askedBy ?? null,
      firstSegment: this.live.firstSegment,
      attempt: this.#attempt,
      reason: this.#reason,
      viewers: this.live.viewers.count,
      bitrate: this.#sourceSwitch.feed ? this.live.bitrate : null,
      restarts: this.#restartCount,
      lastFailure: this.#lastFailure,
    };
  }

  /**
   * Puts a channel on air. Resolves once it is.
   * @throws AppError why it could not be; `overtaken`, `called_off` or `superseded` if somebody wanted something else
   * meanwhile.
   */
  play(wish: ChannelWish, askedBy: Asker | null): Promise<BroadcastStatus> {
    const { channelId } = wish;
    if (this.#pending?.channelId === channelId) return this.#pending.outcome;
    const signal = this.#callOff(askedBy, wish.name);
    const outcome = this.#queue
      .add(() => this.#switchTo(wish, askedBy, signal))
      .finally(() => {
        if (this.#pending?.outcome === outcome) this.#pending = null;
      });
    this.#pending = { channelId, outcome };
    this.#heartbeat.wake();
    return outcome;
  }

  /**
   * Goes back to what was on air before a restart of the process, with the patience of a recovery.
   * @param ready the provider can be asked, or will not be in time; never rejects.
   */
  resume(item: OnAirItem, ready: Promise<unknown>): void {
    const signal = this.#callOff();
    this.#item = item;
    this.#recovery.failed(null);
    this.#transition('recovering', {});
    void this.#queue.add(async () => {
      await orAborted(ready, signal).catch(() => {});
      await this.#recover(signal);
    });
    this.#heartbeat.wake();
  }

  /**
   * Closes the source of what is on air and opens it anew; the slate bridges the gap. Does nothing while there is none.
   * @throws AppError why it cannot be had any more; then it is tried again as after any failure.
   */
  async restart(by: Asker | null = null): Promise<BroadcastStatus> {
    if (!this.#item) return this.status;
    const signal = this.#callOff(by);
    await this.#queue.add(() => this.#reopen(signal));
    return this.status;
  }

  /**
   * Lets all hear another of the channel's tracks, on the same connection; the old one is heard until then.
   * @throws AppError audio_not_there; as `play` if somebody wanted something else meanwhile, or why it could not be had.
   */
  async chooseAudio(trackId: number, by: Asker | null = null): Promise<BroadcastStatus> {
    const item = this.#item;
    const { tracks, track } = this.status.sound;
    if (!item || this.#state !== 'live' || !tracks.some(({ id }) => id === trackId))
      throw new AppError('audio_not_there');
    if (track?.id === trackId && !this.#sourceSwitch.isOpening) return this.status;
    const signal = this.#callOff(by);
    await this.#queue.add(async () => {
      signal.throwIfAborted();
      const takeBack = this.audioChoices.choose(aired(item).channelId, trackId);
      try {
        await this.#openOrGoBack(item, signal, 'joins');
      } catch (error) {
        takeBack();
        throw error;
      }
    });
    return this.status;
  }

  /** Back to the slate. */
  async stop(reason: Reason | null = null, by: Asker | null = null): Promise<BroadcastStatus> {
    this.#callOff(by);
    await this.#queue.add(() => this.#stop(reason));
    return this.status;
  }

  /** Puts the chosen channel on air again, where a variant stands in for it. @param patience milliseconds for its picture. */
  comeBack(patience: number): Promise<boolean> {
    return this.#exchange(async (item, signal) =>
      item.standIn ? this.#recovery.comeBack(item, signal, patience) : false,
    );
  }

  /** Puts a variant on air in place of a channel that comes, but is bad. */
  failOver(why: AppError): Promise<boolean> {
    return this.#exchange((item, signal) => this.#recovery.replace(item, why, signal));
  }

  /** A player asks for the channel: from now on it must be there, also if nobody had been watching. */
  demand(): void {
    this.#heartbeat.wake();
  }

  /**
   * Calls off whatever is under way; gives the signal of what comes instead.
   * @param by who wants something else, which is told to whoever wanted what is called off. @param wanted that channel.
   */
  #callOff(by: Asker | null = null, wanted: string | null = null): AbortSignal {
    this.#activity.abort(supersededBy(by, wanted));
    this.#activity = new AbortController();
    // Whatever is wanted from then on comes too late.
    if (this.#isShutDown) this.#activity.abort(new AppError('superseded'));
    this.#pending = null;
    return this.#activity.signal;
  }

  async #switchTo(wish: ChannelWish, askedBy: Asker | null, signal: AbortSignal): Promise<BroadcastStatus> {
    signal.throwIfAborted();
    this.#sourceSwitch.dropFailed();
    const before = this.#item;
    const item = { wish, standIn: null, askedBy, startedAt: this.#options.clock.now() };
    const sameChannel = before && aired(before).channelId === wish.channelId;
    if (this.#sourceSwitch.feed && sameChannel) {
      // It is there: if it dies from now on, it is brought back like any other. What stood in is what is wanted by now.
      this.#pending = null;
      if (before.standIn) this.#item = item;
      this.#transition('live', { wanted: null, reason: null });
      return this.status;
    }
    this.#recovery.begin();
    this.#transition(before ? 'switching' : 'starting', {
      wanted: { ...toOnAir(wish), askedBy },
      reason: null,
    });
    await this.#openOrGoBack(item, signal);
    return this.status;
  }

  async #reopen(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const item = this.#item;
    if (!item) return;
    this.#recovery.begin();
    this.#transition('recovering', { wanted: null, reason: null });
    await this.#openOrGoBack({ ...item, standIn: null }, signal);
    this.#restartCount++;
    this.#notify();
  }

  async #openOrGoBack(item: OnAirItem, signal: AbortSignal, way: Way = 'anew'): Promise<void> {
    try {
      await this.#recovery.open(item, signal, way);
    } catch (error) {
      if (signal.aborted) throw error;
      const known = knownError(error, this.#options.logger);
      this.#goBack(toReason(known, item.wish), signal);
      throw known;
    }
  }

  /**
   * Puts something else on air that nobody asked for: only while nothing is under way, and any wish calls it off.
   * @returns whether it is on air.
   */
  async #exchange(job: (item: OnAirItem, signal: AbortSignal) => Promise<boolean>): Promise<boolean> {
    const item = this.#item;
    const { signal } = this.#activity;
    if (!item || this.#state !== 'live' || this.#pending || this.#isExchanging) return false;
    this.#isExchanging = true;
    const isDone = await this.#queue.add(async () => {
      try {
        return !signal.aborted && (await job(item, signal));
      } catch (error) {
        if (signal.aborted) return false;
        this.#goBack(toReason(knownError(error, this.#options.logger), item.wish), signal);
        return false;
      } finally {
        this.#isExchanging = false;
      }
    });
    return isDone ?? false;
  }

  /** After a failed wish: what was on air stays, or comes back, or there is the slate and a reason. */
  #goBack(reason: Reason, signal: AbortSignal): void {
    if (this.#sourceSwitch.feed) this.#transition('live', { wanted: null });
    else if (this.#item) {
      this.#transition('recovering', { wanted: null });
      this.#recovery.failed(null);
      void this.#queue.add(() => this.#recover(signal));
    } else this.#transition('idle', { wanted: null, reason });
  }

  async #open(item: OnAirItem, signal: AbortSignal, way: Way): Promise<void> {
    const isSwitch = this.#state === 'switching' || this.#isExchanging;
    await this.#sourceSwitch.open(item, signal, { way, isSwitch });
  }

  #onAir(item: OnAirItem): void {
    this.#item = item;
    this.#onAirSince = this.#options.clock.monotonic();
    this.#transition('live', { wanted: null, reason: null });
  }

  #feedEnded(feed: Feed, { error, retry }: FeedEnding): void {
    this.#options.logger.warn(
      { channelId: feed.wish.channelId, code: error.code, err: error },
      'source ended',
    );
    // While another channel is wanted, that goes on; if it fails, #goBack brings this one back.
    const wasOnAir = this.#state === 'live' || this.#isDry;
    if (this.#pending || !wasOnAir) {
      if (wasOnAir) this.#transition('recovering', {});
      this.#sourceSwitch.dropFailed();
      return;
    }
    this.#recovery.failed(this.#options.clock.monotonic() - this.#onAirSince);
    this.#reason = toReason(error, feed.wish);
    this.#lastFailure = { ...this.#reason, at: this.#options.clock.now() };
    const signal = this.#callOff();
    // Not only once its turn has come: another sound that was being opened may take a moment to be called off.
    this.#transition('recovering', { attempt: this.#recovery.attempt });
    void this.#queue.add(() => (retry ? this.#recover(signal, error) : this.#giveUp()));
  }

  async #recover(signal: AbortSignal, why: AppError | null = null): Promise<void> {
    const item = this.#item;
    if (item && (await this.#recovery.bringBack(item, why, signal))) this.#restartCount++;
  }

  #giveUp(): void {
    this.#sourceSwitch.dropFailed();
    this.#item = null;
    this.#transition('idle', {});
  }

  async #stop(reason: Reason | null): Promise<void> {
    if (this.#item || this.#sourceSwitch.feed) this.#transition('stopping', {});
    await this.#sourceSwitch.close();
    this.#item = null;
    this.#transition('idle', { wanted: null, reason });
  }

  /** The only place that changes the state. What is not named stays, except that a try only counts while recovering. */
  #transition(
    state: BroadcastState,
    change: { wanted?: WantedChannel | null; reason?: Reason | null; attempt?: BroadcastStatus['attempt'] },
  ): void {
    if (this.#state !== state) this.#options.logger.info({ from: this.#state, to: state }, 'broadcast');
    this.#state = state;
    this.#isDry = false;
    this.#attempt = change.attempt ?? null;
    if (change.wanted !== undefined) this.#wanted = change.wanted;
    if (change.reason !== undefined) this.#reason = change.reason;
    this.#notify();
  }

  #notify(): void {
    const { status } = this;
    this.#viewers = status.viewers;
    this.#changes.emit(status);
  }

  /** Counts viewers and tops up the slate. @returns false once there is nothing to look after any more */
  #beat(unwatched: number): boolean {
    const { logger, idleStop } = this.#options;
    const shownBefore = this.live.firstSegment;
    this.#sourceSwitch.releaseHeld();
    const goesOn = this.#state !== 'idle' || unwatched <= LONGEST_UNWATCHED_SLATE;
    if (goesOn)
      this.live.fill(this.#sourceSwitch.feed ? 'live' : this.#state === 'idle' ? 'idle' : 'between');
    this.#tellWhetherDry();
    if (this.#viewers !== this.live.viewers.count || this.live.firstSegment !== shownBefore) this.#notify();
    const isKept = this.#state === 'live' || this.#state === 'recovering';
    if (isKept && idleStop !== null && unwatched > idleStop) {
      logger.info('nobody has been watching: stopping');
      void this.stop();
    }
    return goesOn;
  }

  /** The slate over a source that is on air is no live channel, and is told as what it is. */
  #tellWhetherDry(): void {
    if (this.#state === 'live' && this.live.showsSlate) {
      this.#transition('recovering', {});
      this.#isDry = true;
    } else if (this.#isDry && !this.live.showsSlate) this.#transition('live', {});
  }
}
