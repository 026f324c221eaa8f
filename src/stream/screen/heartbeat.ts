import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Viewers } from './viewers.ts';

/** Milliseconds between two beats. */
const INTERVAL = 250;

/** Looks after a broadcast a few times a second, from when it is woken until a beat has nothing more to do. */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #viewers: Pick<Viewers, 'count'>;
  readonly #logger: Pick<Logger, 'error'>;
  /** @param unwatched milliseconds without a viewer. @returns whether to go on. */
  readonly #beat: (unwatched: number) => boolean;
  #viewedAt: number;
  #cancel: (() => void) | null = null;
  #isStopped = false;
  #isFailing = false;

  constructor(
    clock: Clock,
    viewers: Pick<Viewers, 'count'>,
    logger: Pick<Logger, 'error'>,
    beat: (unwatched: number) => boolean,
  ) {
    this.#clock = clock;
    this.#viewers = viewers;
    this.#logger = logger;
    this.#beat = beat;
    this.#viewedAt = clock.monotonic();
  }

  /** Starts the beats: somebody wants to watch. */
  wake(): void {
    this.#viewedAt = this.#clock.monotonic();
    if (!this.#cancel && !this.#isStopped) this.#tick();
  }

  /** Stops the beats for good. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  #tick(): void {
    const now = this.#clock.monotonic();
    if (this.#viewers.count > 0) this.#viewedAt = now;
    this.#cancel = this.#clock.after(INTERVAL, () => this.#tick());
    if (this.#goesOn(now - this.#viewedAt)) return;
    this.#cancel();
    this.#cancel = null;
  }

  /** A beat that fails does not stop the next ones; it is logged once, until one succeeds again. */
  #goesOn(unwatched: number): boolean {
    try {
      const goesOn = this.#beat(unwatched);
      this.#isFailing = false;
      return goesOn;
    } catch (error) {
      if (!this.#isFailing) this.#logger.error({ err: error }, 'the broadcast could not be looked after');
      this.#isFailing = true;
      return true;
    }
  }
}
