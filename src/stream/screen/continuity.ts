import type { Reason } from '../../domain/broadcast-status.ts';
import type { AppError } from '../../domain/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { afterwards, isFinal, resumed } from './archive-course.ts';
import type { Feed } from './broadcast-options.ts';
import type { ChangeQueue } from './change-queue.ts';
import type { FeedEnding } from './channel-feed.ts';
import { knownError, toReason } from './off-air-reason.ts';
import type { OnAirItem, ScreenWish } from './on-air-item.ts';
import type { Recovery } from './recovery.ts';
import type { SourceSwitch, Way } from './source-switch.ts';
import type { StateMachine } from './state-machine.ts';

export interface ContinuityOptions {
  readonly machine: StateMachine;
  readonly queue: ChangeQueue;
  readonly sourceSwitch: SourceSwitch;
  readonly recovery: Recovery;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Decides what follows on a screen after a source has ended or a wish has failed. */
export class Continuity {
  readonly #options: ContinuityOptions;
  /** When a source last went on air; milliseconds, monotonic. */
  #onAirSince = 0;

  constructor(options: ContinuityOptions) {
    this.#options = options;
  }

  /** The item as it goes on after a break; null for the slate. */
  get resumedItem(): OnAirItem | null {
    const { machine, sourceSwitch, clock } = this.#options;
    const { item } = machine;
    return item && resumed(item, sourceSwitch.feed?.position ?? null, clock.now());
  }

  /** Keeps where a past programme is, before its source is closed. */
  keepPlace(): void {
    const item = this.resumedItem;
    if (item) this.#options.machine.keepPlace(item);
  }

  /** A source has given its first segment. */
  onAir(item: OnAirItem): void {
    const { machine, clock } = this.#options;
    this.#onAirSince = clock.monotonic();
    const { pause: _, ...playing } = item;
    machine.transition('live', { item: playing, wanted: null, reason: null });
  }

  /** Opens an item. @throws AppError why it could not be, once what was on air goes on; or the signal's reason. */
  async open(item: OnAirItem, signal: AbortSignal, way: Way = 'anew'): Promise<void> {
    const { recovery, logger } = this.#options;
    try {
      await recovery.open(item, signal, way);
    } catch (error) {
      if (signal.aborted) throw error;
      const known = knownError(error, logger);
      this.goBack(toReason(known, item.wish), signal);
      throw known;
    }
  }

  /** After a failed wish: the channel on air stays, or is brought back; else there is the slate and a reason. */
  goBack(reason: Reason, signal: AbortSignal): void {
    const { machine, queue, sourceSwitch, recovery } = this.#options;
    if (sourceSwitch.feed) machine.transition('live', { wanted: null });
    else if (machine.item?.pause) machine.transition('paused', { wanted: null, reason });
    else if (machine.item) {
      machine.transition('recovering', { wanted: null });
      recovery.failed(null);
      void queue.add(() => this.recover(signal));
    } else machine.transition('idle', { wanted: null, reason });
  }

  /** The source on air has ended: the channel is brought back, unless something else is wanted. */
  ended(feed: Feed, { error, retry }: FeedEnding): void {
    const { machine, queue, sourceSwitch, recovery, clock, logger } = this.#options;
    logger.warn({ channelId: feed.wish.channelId, code: error.code, err: error }, 'source ended');
    const isOver = error.code === 'archive_over';
    if (machine.item) machine.keepPlace(this.#next(machine.item, feed, isOver));
    // While another channel is wanted, that goes on; if it fails, goBack brings this one back.
    const wasOnAir = machine.state === 'live' || machine.isDry;
    if (queue.hasPending || !wasOnAir) {
      if (wasOnAir) machine.transition('recovering');
      sourceSwitch.dropFailed();
      return;
    }
    const signal = queue.callOff();
    if (isOver && machine.item) {
      this.#goLive(machine.item, signal);
      return;
    }
    if (isFinal(feed.wish, error)) {
      sourceSwitch.dropFailed();
      this.#end(feed.wish, error);
      return;
    }
    recovery.failed(clock.monotonic() - this.#onAirSince);
    const reason = toReason(error, feed.wish);
    const lastFailure = { ...reason, at: clock.now() };
    // At once, not in the queue's turn: another sound that was being opened may take a moment to be called off.
    machine.transition('recovering', { attempt: recovery.attempt, reason, lastFailure });
    void queue.add(() => {
      if (retry) return this.recover(signal, error);
      sourceSwitch.dropFailed();
      machine.transition('idle', { item: null });
    });
  }

  /** Brings the channel back, until something else is wanted. */
  async recover(signal: AbortSignal, why: AppError | null = null): Promise<void> {
    const { machine, recovery } = this.#options;
    const { item } = machine;
    if (!item) return;
    try {
      if (await recovery.bringBack(item, why, signal)) machine.countRestart();
    } catch (error) {
      this.#end(item.wish, knownError(error, this.#options.logger));
    }
  }

  /** A recording is over or gone: the slate follows. */
  #end(wish: ScreenWish, error: AppError): void {
    const reason = error.code === 'recording_played' ? null : toReason(error, wish);
    this.#options.machine.transition('idle', { item: null, wanted: null, reason });
  }

  #next(item: OnAirItem, { position }: Feed, isOver: boolean): OnAirItem {
    const now = this.#options.clock.now();
    return isOver ? afterwards(item, now) : resumed(item, position, now);
  }

  /** A past programme has been shown to its end: its channel goes on live. */
  #goLive(item: OnAirItem, signal: AbortSignal): void {
    const { machine, queue, sourceSwitch, recovery } = this.#options;
    recovery.begin();
    machine.transition('switching', { item });
    const opened = queue.add(() => {
      sourceSwitch.dropFailed();
      return this.open(item, signal);
    });
    // If it fails, the channel is being brought back, or something else is wanted.
    opened.catch(() => {});
  }
}
