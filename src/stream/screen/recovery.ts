import type { BroadcastStatus, Reason } from '../../domain/broadcast-status.ts';
import { AppError } from '../../domain/errors.ts';
import { untilDeadline } from '../../lib/abort.ts';
import { type Clock, sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { afterwards, isFinal, isLost, liveInstead } from './archive-course.ts';
import { Failover, type FailoverOptions } from './failover.ts';
import { knownError, toReason } from './off-air-reason.ts';
import { channelOnAir, type OnAirItem } from './on-air-item.ts';
import { RestartPolicy } from './restart-policy.ts';
import type { Way } from './source-switch.ts';

export interface RecoveryOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly failover: FailoverOptions | null;
  /** Puts an item on air. @throws AppError why it could not be, or the signal's reason. */
  readonly open: (item: OnAirItem, signal: AbortSignal, way: Way) => Promise<void>;
  /** Whether a source is on air. */
  readonly isOnAir: () => boolean;
  /** A try to bring the channel back begins. */
  readonly onTry: () => void;
  /** A try has failed. */
  readonly onFailed: (reason: Reason) => void;
  /** Closes the connection of the source that ended: nothing will join it any more. */
  readonly dropFailed: () => void;
}

/** Milliseconds for which a channel must be gone before a variant stands in: most sources are back at once. */
const LASTING = 1_000;
/**
 * Milliseconds after the loss of a channel for which a refusal of the line is taken at its word, since most providers free
 * a connection within that time. A refusal after that may be about the channel itself.
 */
const LINE_MAY_BE_BUSY = 5_000;
/** Milliseconds after the loss of a past programme from which the live picture stands in for it. */
const ARCHIVE_PATIENCE = 20_000;
/** Milliseconds that a variant has for its first picture, at most. */
const STAND_IN_PATIENCE = 6_000;
/** The number of variants tried for somebody who waits for an answer. */
const MOST_FOR_A_WISH = 3;

/** Opens the wanted channel, or else a variant of it, and brings it back when it dies. */
export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #failover: Failover;
  #restarts = new RestartPolicy();
  /** When the channel was lost; milliseconds, monotonic. */
  #lostAt = 0;
  /** Whether a variant was tried though the line seemed to be in use. */
  #hasTriedVariant = false;
  /** Milliseconds that the last opening took; null if nothing has been opened yet. */
  #openingTook: number | null = null;

  constructor(options: RecoveryOptions) {
    this.#options = options;
    this.#failover = new Failover(options.failover, options.clock);
  }

  /** The number of the try that is due. */
  get attempt(): BroadcastStatus['attempt'] {
    return this.#restarts.attempt;
  }

  /** Forgets earlier failures: they do not count against what somebody asks for now, nor against what it replaces. */
  begin(): void {
    this.#restarts = new RestartPolicy();
    this.#failover.begin();
  }

  /** Counts a failure. @param onAirFor milliseconds for which the source was on air; null if it gave no picture. */
  failed(onAirFor: number | null): void {
    const now = this.#options.clock.monotonic();
    this.#restarts.failed({ now, onAirFor });
    if (onAirFor === null) return;
    this.#lostAt = now;
    this.#hasTriedVariant = false;
    this.#failover.begin();
  }

  /** Puts an item on air, or a variant of it. @throws AppError why neither could be opened, or the signal's reason. */
  async open(item: OnAirItem, signal: AbortSignal, way: Way): Promise<void> {
    try {
      await this.#open(item, signal, way);
    } catch (error) {
      if (signal.aborted || way === 'joins') throw error;
      if (!(await this.#standIn(item, error, signal, MOST_FOR_A_WISH))) throw error;
    }
  }

  /**
   * Tries until the item is on air, or the signal calls that off.
   * @param why the item ended; null if it was not on air. @returns whether it is on air.
   * @throws AppError of a recording that is over or gone.
   */
  async bringBack(item: OnAirItem, why: AppError | null, signal: AbortSignal): Promise<boolean> {
    const { clock, logger, onTry, onFailed, dropFailed } = this.#options;
    let wanted: OnAirItem = { ...item, standIn: null };
    // The provider showed a notice in place of the channel, and would show it again.
    let standInReason = why?.code === 'channel_clip' && item.standIn === null ? why : null;
    let spent = 0;
    for (;;) {
      if (signal.aborted) return false;
      onTry();
      let triedAt = clock.monotonic();
      try {
        await sleep(clock, Math.max(0, this.#restarts.delay - spent), signal);
        triedAt = clock.monotonic();
        if (this.#restarts.isUnsteady) standInReason ??= new AppError('channel_ended');
        // The ended source holds the connection of another channel than the one to open.
        if (item.standIn || standInReason) dropFailed();
        if (standInReason && (await this.#standIn(wanted, standInReason, signal))) return true;
        standInReason = null;
        await this.#tryOnce(wanted, signal);
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        this.failed(null);
        const known = knownError(error, logger);
        if (isFinal(wanted.wish, known)) throw known;
        onFailed(toReason(known, wanted.wish));
        logger.warn({ channelId: wanted.wish.channelId, err: error }, 'could not bring it back');
        // If a stand-in has died, the chosen channel is known to be gone.
        const isGone = item.standIn !== null || clock.monotonic() - this.#lostAt >= LASTING;
        const judged = this.#judge(known, wanted);
        if (isGone && (await this.#standIn(wanted, judged, signal).catch(() => false))) return true;
        if (known.code === 'archive_over') wanted = afterwards(wanted, clock.now());
        else if (isLost(wanted.wish, judged) && (await this.#showLive(wanted, judged, signal))) return true;
        spent = clock.monotonic() - triedAt;
      }
    }
  }

  /**
   * Puts the chosen channel on air in place of its stand-in, which goes on if that fails.
   * @returns whether it is on air. @throws what `open` throws if neither is any more.
   */
  async comeBack(item: OnAirItem, signal: AbortSignal, patience: number): Promise<boolean> {
    this.begin();
    try {
      await this.#limited(patience, signal, (limited) =>
        this.#open({ ...item, standIn: null }, limited, 'anew'),
      );
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      await this.#backTo(item, signal);
      return false;
    }
  }

  /**
   * Puts a variant on air in place of a bad channel, which goes on if no variant comes.
   * @returns whether one is on air. @throws what `open` throws if nothing is any more.
   */
  async replace(item: OnAirItem, error: AppError, signal: AbortSignal): Promise<boolean> {
    this.begin();
    if (await this.#standIn(item, error, signal, MOST_FOR_A_WISH)) return true;
    await this.#backTo(item, signal);
    return false;
  }

  async #backTo(item: OnAirItem, signal: AbortSignal): Promise<void> {
    if (!this.#options.isOnAir()) await this.#open(item, signal, 'joins');
  }

  /**
   * Where the line has been in use for long, one try with a variant tells whether the line or the channel is refused. A past
   * programme that does not come back for long is refused.
   */
  #judge(error: AppError, { wish }: OnAirItem): AppError {
    const lostFor = this.#options.clock.monotonic() - this.#lostAt;
    if (wish.past && !isLost(wish, error) && lostFor >= ARCHIVE_PATIENCE)
      return new AppError('archive_refused', {}, { cause: error });
    if (error.code !== 'line_in_use' || this.#hasTriedVariant || lostFor < LINE_MAY_BE_BUSY) return error;
    this.#hasTriedVariant = true;
    return new AppError('channel_refused', error.params);
  }

  async #tryOnce(item: OnAirItem, signal: AbortSignal): Promise<void> {
    const patience = this.#restarts.patience(this.#openingTook);
    await this.#limited(patience, signal, (limited) => this.#open(item, limited, 'anew')).finally(() =>
      this.#options.dropFailed(),
    );
  }

  /** @returns whether a variant is on air. @throws the signal's reason. */
  async #standIn(item: OnAirItem, why: unknown, signal: AbortSignal, most = 1): Promise<boolean> {
    const { logger } = this.#options;
    for (let tries = 0; tries < most; tries++) {
      const next = this.#failover.next(item, why);
      if (!next) return false;
      const patience = Math.min(
        STAND_IN_PATIENCE,
        this.#restarts.patience(this.#openingTook) ?? STAND_IN_PATIENCE,
      );
      const channelId = channelOnAir(next).channelId;
      const standsInFor = item.wish.channelId;
      try {
        await this.#limited(patience, signal, (limited) => this.#open(next, limited, 'joins'));
        logger.warn({ channelId, standsInFor, code: next.standIn?.instead.code }, 'a variant stands in');
        return true;
      } catch (error) {
        signal.throwIfAborted();
        logger.warn({ channelId, standsInFor, err: error }, 'a variant does not come either');
      }
    }
    return false;
  }

  /** Puts the live picture on air in place of a past programme. @returns whether it is on air. */
  async #showLive(item: OnAirItem, why: AppError, signal: AbortSignal): Promise<boolean> {
    const { logger } = this.#options;
    const { channelId } = item.wish;
    try {
      await this.#open(liveInstead(item, why), signal, 'joins');
      logger.warn({ channelId, code: why.code }, 'the live picture stands in for a past programme');
      return true;
    } catch (error) {
      if (!signal.aborted) logger.warn({ channelId, err: error }, 'the live picture does not come either');
      return false;
    }
  }

  async #open(item: OnAirItem, signal: AbortSignal, way: Way): Promise<void> {
    const { clock, open } = this.#options;
    const from = clock.monotonic();
    await open(item, signal, way);
    this.#openingTook = clock.monotonic() - from;
  }

  #limited<T>(
    after: number | null,
    signal: AbortSignal,
    work: (limited: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { clock } = this.#options;
    return untilDeadline({ clock, after, reason: () => new AppError('channel_silent') }, signal, work);
  }
}
