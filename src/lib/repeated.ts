import type { Clock } from './clock.ts';

export interface RepeatedOptions {
  /** @param signal aborts when no more is to be done. May reject. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Milliseconds before each time. */
  readonly pause: number;
  readonly clock: Pick<Clock, 'after'>;
  readonly onError: (error: unknown) => void;
}

/** Work that is done again and again, one time after the other, until it is stopped. */
export class Repeated {
  readonly #options: RepeatedOptions;
  #stopping = new AbortController();
  #underWay: Promise<void> = Promise.resolve();
  #cancel = () => {};

  constructor(options: RepeatedOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopping = new AbortController();
    this.#wait();
  }

  /** Resolves once the work that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancel();
    await this.#underWay;
  }

  #wait(): void {
    const { work, pause, clock, onError } = this.#options;
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    this.#cancel = clock.after(pause, () => {
      this.#underWay = work(signal)
        .catch(onError)
        .finally(() => this.#wait());
    });
  }
}
