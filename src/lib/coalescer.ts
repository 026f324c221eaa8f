import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** The job and its pace. All times are milliseconds. */
export interface CoalescerOptions {
  readonly clock: Clock;
  /** The wait from the first change to the job, since one action causes several changes in quick succession. */
  readonly gather: number;
  /** The least time from one job to the next. */
  readonly every: number;
  /** Never runs twice at a time. A failure is logged, and the next change starts the job again. */
  readonly job: () => Promise<void>;
  readonly logger: Pick<Logger, 'error'>;
}

/** Runs a job after changes: soon after a quiet time, but never more often than `every`, and always once more after the last change. */
export class Coalescer {
  readonly #options: CoalescerOptions;
  #lastAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #isRunning = false;
  #isStale = false;
  #isStopped = false;

  constructor(options: CoalescerOptions) {
    this.#options = options;
  }

  /** Reports a change. */
  touch(): void {
    if (this.#isRunning) this.#isStale = true;
    if (this.#isRunning || this.#cancel || this.#isStopped) return;
    const { clock, gather, every } = this.#options;
    const wait = Math.max(gather, this.#lastAt + every - clock.monotonic());
    this.#cancel = clock.after(wait, () => void this.#run());
  }

  /** Tells that the job was done just now, here or by another part, so that the next job waits for `every`. */
  didJob(): void {
    this.#lastAt = this.#options.clock.monotonic();
  }

  /** Ignores every later change, and cancels a job that has not begun. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  async #run(): Promise<void> {
    this.#cancel = null;
    this.#isRunning = true;
    const { job, logger } = this.#options;
    try {
      await job();
    } catch (error) {
      logger.error({ err: error }, 'a delayed update failed');
    }
    this.#isRunning = false;
    if (!this.#isStale) return;
    this.#isStale = false;
    this.touch();
  }
}
