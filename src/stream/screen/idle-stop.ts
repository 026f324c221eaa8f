import type { BroadcastState } from '../../domain/broadcast-status.ts';
import type { Logger } from '../../lib/logger.ts';

export interface IdleStopOptions {
  /** Milliseconds without a viewer after which the channel is stopped; null for never. */
  readonly after: () => number | null;
  readonly stop: () => Promise<unknown>;
  readonly logger: Pick<Logger, 'info'>;
}

/** Stops a channel that nobody has been watching for a while, to free its connection. */
export class IdleStop {
  readonly #options: IdleStopOptions;

  constructor(options: IdleStopOptions) {
    this.#options = options;
  }

  /** Stops the channel where it is time to. @param unwatched milliseconds without a viewer. */
  check(state: BroadcastState, unwatched: number): void {
    const { after, stop, logger } = this.#options;
    const isKept = state === 'live' || state === 'recovering' || state === 'paused';
    const most = after();
    if (!isKept || most === null || unwatched <= most) return;
    logger.info('nobody has been watching: stopping');
    void stop();
  }
}
