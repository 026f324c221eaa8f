import type { Logger } from '../lib/logger.ts';

/** One part of the application. */
export interface Part<T = void> {
  /** What other parts use. */
  readonly api: T;
  start?(): unknown;
  /** Is called even if `start` failed or is still running. */
  stop?(): unknown;
}

/** Starts parts in the order in which they are added, and stops them in the reverse order. */
export class Lifecycle {
  readonly #logger: Logger;
  readonly #started: { readonly name: string; readonly part: Part<unknown> }[] = [];
  #stopping: Promise<void> | null = null;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /**
   * Starts a part; it is stopped before the parts that were added earlier.
   * @throws what its start throws
   */
  async add<T>(name: string, part: Part<T>): Promise<T> {
    this.#started.push({ name, part });
    await part.start?.();
    return part.api;
  }

  /** Stops every part, also the ones that are added meanwhile; a part that fails to stop is logged. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    for (let last = this.#started.pop(); last; last = this.#started.pop()) {
      try {
        await last.part.stop?.();
      } catch (error) {
        this.#logger.error({ part: last.name, err: error }, 'could not stop cleanly');
      }
    }
  }
}
