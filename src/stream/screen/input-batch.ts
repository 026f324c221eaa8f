import type { Clock } from '../../lib/clock.ts';

/** Milliseconds for which bytes are collected. */
const COLLECT = 100;

/** Collects bytes for FFmpeg and passes them on together, which saves most of the wake-ups. */
export class InputBatch {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #write: (chunks: readonly Buffer[]) => void;
  #waiting: Buffer[] = [];
  #cancelFlush: (() => void) | null = null;

  constructor(clock: Pick<Clock, 'after'>, write: (chunks: readonly Buffer[]) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  /** Adds bytes. @param isUrgent true to pass them on at once. */
  add(bytes: Buffer, isUrgent: boolean): void {
    this.#waiting.push(bytes);
    if (isUrgent) this.flush();
    else this.#cancelFlush ??= this.#clock.after(COLLECT, () => this.flush());
  }

  /** Passes on all bytes so far. */
  flush(): void {
    this.stop();
    const chunks = this.#waiting;
    this.#waiting = [];
    this.#write(chunks);
  }

  /** Passes on nothing more unless bytes are added. */
  stop(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
  }
}
