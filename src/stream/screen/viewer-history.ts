import type { Clock } from '../../lib/clock.ts';
import type { Viewers } from './viewers.ts';

const EVERY = 60_000;
const KEPT = 60;

/** The number of viewers, minute by minute, over the last hour. */
export class ViewerHistory {
  readonly #viewers: Pick<Viewers, 'count'>;
  readonly #clock: Clock;
  #counts: number[] = [];
  #cancel: (() => void) | null = null;

  constructor(viewers: Pick<Viewers, 'count'>, clock: Clock) {
    this.#viewers = viewers;
    this.#clock = clock;
  }

  start(): void {
    this.#cancel ??= this.#clock.after(EVERY, () => this.#sample());
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Oldest first; the last one is the number of this moment. */
  get counts(): readonly number[] {
    return [...this.#counts, this.#viewers.count];
  }

  #sample(): void {
    this.#counts = [...this.#counts, this.#viewers.count].slice(-KEPT);
    this.#cancel = this.#clock.after(EVERY, () => this.#sample());
  }
}
