import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

export interface CoalescerOptions {
  readonly clock: Clock;
  /** From the first news to the job: what follows from one deed comes in quick succession. Milliseconds, as all here. */
  readonly gather: number;
  /** From one job to the next, at least. */
  readonly every: number;
  /** Is never called while it runs. One that fails is logged, and the next news call it again. */
  readonly job: () => Promise<void>;
  readonly logger: Pick<Logger, 'error'>;
}

/** Does a job after news, soon after a quiet time, and seldom however often there are news; the last ones count. */
export class Coalescer {
  readonly #options: CoalescerOptions;
  #lastAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #isAtWork = false;
  #isStale = false;
  #isStopped = false;

  constructor(options: CoalescerOptions) {
    this.#options = options;
  }

  /** There are news. */
  touch(): void {
    if (this.#isAtWork) this.#isStale = true;
    if (this.#isAtWork || this.#cancel || this.#isStopped) return;
    const { clock, gather, every } = this.#options;
    const wait = Math.max(gather, this.#lastAt + every - clock.monotonic());
    this.#cancel = clock.after(wait, () => void this.#work());
  }

  /** The job was done just now, whether by itself or by somebody else: the next one waits its time. */
  didJob(): void {
    this.#lastAt = this.#options.clock.monotonic();
  }

  /** No news count any more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  async #work(): Promise<void> {
    this.#cancel = null;
    this.#isAtWork = true;
    const { job, logger } = this.#options;
    try {
      await job();
    } catch (error) {
      logger.error({ err: error }, 'a delayed update failed');
    }
    this.#isAtWork = false;
    if (!this.#isStale) return;
    this.#isStale = false;
    this.touch();
  }
}
