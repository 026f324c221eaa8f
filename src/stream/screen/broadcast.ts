import type { Asker } from '../../domain/actor.ts';
import type { BroadcastStatus, Reason } from '../../domain/broadcast-status.ts';
import { AppError } from '../../domain/errors.ts';
import type { ScreenId } from '../../domain/ids.ts';
import { orAborted } from '../../lib/abort.ts';
import { pausedAt } from './archive-course.ts';
import type { AudioChoices } from './audio-choices.ts';
import type { BroadcastOptions } from './broadcast-options.ts';
import { ChangeQueue } from './change-queue.ts';
import { Continuity } from './continuity.ts';
import { Heartbeat } from './heartbeat.ts';
import { IdleStop } from './idle-stop.ts';
import type { LiveChannel } from './live-channel.ts';
import { knownError, toOnAirChannel, toReason } from './off-air-reason.ts';
import { channelOnAir, isSameWish, type OnAirItem, type ScreenWish } from './on-air-item.ts';
import { Recovery } from './recovery.ts';
import { shownNow } from './shown-now.ts';
import { SourceSwitch } from './source-switch.ts';
import { StateMachine } from './state-machine.ts';

/** Seconds by which what was paused goes back, since the source is ahead of the segments. */
const BACK = 2;
/** Milliseconds for which the slate goes on after the last viewer. */
const LONGEST_UNWATCHED_SLATE = 500;

/**
 * Decides which channel is on a shared screen. The last wish wins. A channel stays on air until the next source has given
 * its first segment, and comes back if that one fails.
 */
export class Broadcast {
  readonly id: ScreenId;
  readonly live: LiveChannel;
  readonly audioChoices: AudioChoices;
  readonly #options: BroadcastOptions;
  readonly #queue = new ChangeQueue();
  readonly #machine: StateMachine;
  readonly #heartbeat: Heartbeat;
  readonly #idleStop: IdleStop;
  readonly #sourceSwitch: SourceSwitch;
  readonly #recovery: Recovery;
  readonly #continuity: Continuity;

  constructor(options: BroadcastOptions) {
    this.id = options.id;
    this.live = options.live;
    this.audioChoices = options.audioChoices;
    this.#options = options;
    const { id, clock, live, logger, idleStop: after } = options;
    this.#machine = new StateMachine({ id, live, clock, logger, feed: () => this.#sourceSwitch.feed });
    this.#idleStop = new IdleStop({ after, logger, stop: () => this.stop() });
    this.#heartbeat = new Heartbeat(clock, live.viewers, logger, (unwatched) => this.#beat(unwatched));
    this.#sourceSwitch = new SourceSwitch({
      ...options,
      onGap: () => {
        this.#continuity.keepPlace();
        if (this.#machine.state === 'live') this.#machine.transition('recovering');
      },
      onAir: (item) => this.#continuity.onAir(item),
      onEnded: (feed, ending) => this.#continuity.ended(feed, ending),
    });
    this.#recovery = new Recovery({
      clock,
      logger,
      failover: options.failover,
      open: (item, signal, way) => {
        const isSwitch = this.#machine.state === 'switching' || this.#queue.isExchanging;
        return this.#sourceSwitch.open(item, signal, { way, isSwitch });
      },
      isOnAir: () => this.#sourceSwitch.feed !== null,
      onTry: () => this.#machine.transition('recovering', { attempt: this.#recovery.attempt }),
      onFailed: (reason) => this.#machine.noteReason(reason),
      dropFailed: () => this.#sourceSwitch.dropFailed(),
    });
    this.#continuity = new Continuity({
      machine: this.#machine,
      queue: this.#queue,
      sourceSwitch: this.#sourceSwitch,
      recovery: this.#recovery,
      clock,
      logger,
    });
  }

  /** Ends everything; players get no more segments. May be called twice. */
  async shutdown(): Promise<void> {
    await this.#queue.close();
    this.#continuity.keepPlace();
    await this.#sourceSwitch.shutdown();
    this.#heartbeat.stop();
  }

  /** Calls the listener at every change until the returned function is called. */
  subscribe(listener: (status: BroadcastStatus) => void): () => void {
    return this.#machine.subscribe(listener);
  }

  get item(): OnAirItem | null {
    return this.#machine.item;
  }

  /** The item as it goes on after a break; null for the slate. */
  get resumedItem(): OnAirItem | null {
    return this.#continuity.resumedItem;
  }

  /** What the source on air shows; null for the slate. */
  get picture(): ScreenWish | null {
    return this.#sourceSwitch.feed?.wish ?? null;
  }

  get status(): BroadcastStatus {
    return this.#machine.status;
  }

  /**
   * Puts a channel on air. Resolves once it is.
   * @throws AppError why it could not be; `overtaken`, `called_off` or `superseded` if somebody wanted something else
   * meanwhile.
   */
  play(wish: ScreenWish, askedBy: Asker | null): Promise<BroadcastStatus> {
    const pending = this.#queue.pendingFor(wish);
    if (pending) return pending;
    const signal = this.#queue.callOff(askedBy, wish);
    const outcome = this.#queue.addWish(wish, () => this.#switchTo(wish, askedBy, signal));
    this.#heartbeat.wake();
    return outcome;
  }

  /**
   * Goes back to what was on air before a restart of the process, with the patience of a recovery.
   * @param ready resolves once the provider can be asked, or will not be in time; never rejects.
   */
  resume(item: OnAirItem, ready: Promise<unknown>): void {
    const signal = this.#queue.callOff();
    if (item.pause) {
      this.#machine.transition('paused', { item });
      this.#heartbeat.wake();
      return;
    }
    this.#recovery.failed(null);
    this.#machine.transition('recovering', { item });
    void this.#queue.add(async () => {
      await orAborted(ready, signal).catch(() => {});
      await this.#continuity.recover(signal);
    });
    this.#heartbeat.wake();
  }

  /**
   * Closes the source on air and opens it again; the slate bridges the gap. Does nothing while there is none.
   * @throws AppError why it cannot be opened any more; then it is tried again as after any failure.
   */
  async restart(by: Asker | null = null): Promise<BroadcastStatus> {
    if (!this.item) return this.status;
    const signal = this.#queue.callOff(by);
    await this.#queue.add(async () => {
      signal.throwIfAborted();
      const item = this.resumedItem;
      if (!item) return;
      this.#recovery.begin();
      this.#machine.transition('recovering', { wanted: null, reason: null });
      await this.#continuity.open({ ...item, standIn: null }, signal);
      this.#machine.countRestart();
      this.#machine.notify();
    });
    return this.status;
  }

  /**
   * Chooses the audio track for everybody, on the same connection; the old one is heard until then.
   * @throws AppError audio_not_there; as `play` if somebody wanted something else meanwhile, or why it could not be had.
   */
  async chooseAudio(trackId: number, by: Asker | null = null): Promise<BroadcastStatus> {
    const { item } = this;
    const { tracks, track } = this.status.sound;
    if (!item || this.#machine.state !== 'live' || !tracks.some(({ id }) => id === trackId))
      throw new AppError('audio_not_there');
    if (track?.id === trackId && !this.#sourceSwitch.isOpening) return this.status;
    const signal = this.#queue.callOff(by);
    await this.#queue.add(async () => {
      signal.throwIfAborted();
      const takeBack = this.audioChoices.choose(channelOnAir(item).channelId, trackId);
      try {
        await this.#continuity.open(item, signal, 'joins');
      } catch (error) {
        takeBack();
        throw error;
      }
    });
    return this.status;
  }

  /**
   * Lets what is of the past stand still for everybody; the picture of the moment stays on the screen.
   * @throws AppError nothing_to_pause; as `play` if somebody wanted something else meanwhile
   */
  async pause(by: Asker | null = null): Promise<BroadcastStatus> {
    const { live, item } = this;
    const { state, status } = this.#machine;
    if (state === 'paused') return status;
    if (!item || state !== 'live' || !status.past) throw new AppError('nothing_to_pause');
    const signal = this.#queue.callOff(by);
    const { clock } = this.#options;
    const shown = shownNow(live.playlist.listed(), live.lead);
    const at = clock.now() - status.past.behind - (shown.untilEnd + BACK) * 1000;
    await this.#queue.add(async () => {
      const still = await this.#options.stillFrame(shown.segments).catch((error: unknown) => {
        this.#options.logger.warn({ err: error }, 'there is no still frame of a paused picture');
        return null;
      });
      signal.throwIfAborted();
      const paused = pausedAt(item, at, { by, at: clock.now() });
      await this.#sourceSwitch.close();
      // After the last segment of the source.
      live.hold(still);
      this.#machine.transition('paused', { item: paused });
      this.#beat(0);
    });
    return this.status;
  }

  /** Goes on with what stands still. @throws AppError as `play` */
  async goOn(by: Asker | null = null): Promise<BroadcastStatus> {
    const { item } = this;
    if (!item?.pause) return this.status;
    const signal = this.#queue.callOff(by);
    await this.#queue.add(async () => {
      signal.throwIfAborted();
      this.#recovery.begin();
      this.#machine.transition('switching', { reason: null });
      await this.#continuity.open(item, signal);
    });
    return this.status;
  }

  /** Goes back to the slate. */
  async stop(reason: Reason | null = null, by: Asker | null = null): Promise<BroadcastStatus> {
    this.#queue.callOff(by);
    await this.#queue.add(async () => {
      if (this.item || this.#sourceSwitch.feed) this.#machine.transition('stopping');
      await this.#sourceSwitch.close();
      this.live.hold(null);
      this.#machine.transition('idle', { item: null, wanted: null, reason });
    });
    return this.status;
  }

  /**
   * Takes the channel on air from another source, such as the same channel of another account, whose id may be the same.
   * The old source stays on air until the new one has a segment.
   * @throws AppError as `play`
   */
  async changeSource(wish: ScreenWish): Promise<void> {
    const signal = this.#queue.callOff();
    await this.#queue.add(async () => {
      signal.throwIfAborted();
      const before = this.item;
      if (!before) return;
      this.#recovery.begin();
      this.#machine.transition('switching', {
        wanted: { ...toOnAirChannel(wish), askedBy: before.askedBy },
        reason: null,
      });
      await this.#continuity.open({ ...before, wish, standIn: null }, signal);
    });
  }

  /** Puts the chosen channel on air in place of its stand-in. @param patience milliseconds for its first picture. */
  comeBack(patience: number): Promise<boolean> {
    return this.#exchange(async (item, signal) =>
      item.standIn ? this.#recovery.comeBack(item, signal, patience) : false,
    );
  }

  /** Puts a variant on air in place of a channel whose picture is bad. */
  failOver(why: AppError): Promise<boolean> {
    return this.#exchange((item, signal) => this.#recovery.replace(item, why, signal));
  }

  /** A player asks for the channel: it must be there from now on, even if nobody has been watching. */
  demand(): void {
    this.#heartbeat.wake();
  }

  async #switchTo(wish: ScreenWish, askedBy: Asker | null, signal: AbortSignal): Promise<BroadcastStatus> {
    signal.throwIfAborted();
    this.#sourceSwitch.dropFailed();
    const before = this.item;
    const item = { wish, standIn: null, askedBy, startedAt: this.#options.clock.now() };
    if (this.#sourceSwitch.feed && before && !wish.past && isSameWish(channelOnAir(before), wish)) {
      // It is there: if it dies from now on, it is brought back like any other. A stand-in is the chosen channel from now on.
      this.#queue.settlePending();
      this.#machine.transition('live', { item: before.standIn ? item : before, wanted: null, reason: null });
      return this.status;
    }
    this.#recovery.begin();
    this.#machine.transition(before ? 'switching' : 'starting', {
      wanted: { ...toOnAirChannel(wish), askedBy },
      reason: null,
    });
    await this.#continuity.open(item, signal);
    return this.status;
  }

  /** Puts something on air that nobody asked for (ChangeQueue.addUnasked). @returns whether it is on air. */
  async #exchange(job: (item: OnAirItem, signal: AbortSignal) => Promise<boolean>): Promise<boolean> {
    const { item, state } = this.#machine;
    if (!item || state !== 'live') return false;
    return this.#queue.addUnasked(async (signal) => {
      try {
        return await job(this.resumedItem ?? item, signal);
      } catch (error) {
        if (signal.aborted) return false;
        this.#continuity.goBack(toReason(knownError(error, this.#options.logger), item.wish), signal);
        return false;
      }
    });
  }

  /** Counts viewers and tops up the slate. @returns false once there is nothing to look after any more */
  #beat(unwatched: number): boolean {
    const { live } = this;
    const firstSegmentBefore = live.firstSegment;
    this.#sourceSwitch.releaseHeld();
    const { state } = this.#machine;
    const goesOn = state !== 'idle' || unwatched <= LONGEST_UNWATCHED_SLATE;
    const isStill = state === 'idle' || state === 'paused';
    if (goesOn) live.fill(this.#sourceSwitch.feed ? 'live' : isStill ? 'idle' : 'between');
    this.#machine.noteSlate();
    if (this.#machine.hasNewViewers || live.firstSegment !== firstSegmentBefore) this.#machine.notify();
    this.#idleStop.check(this.#machine.state, unwatched);
    return goesOn;
  }
}
