import { orAborted } from './abort.ts';

/** Work that runs once for all who ask for it meanwhile, and is aborted when none of them waits any more. */
export class SharedWork<T> {
  readonly #work: (signal: AbortSignal) => Promise<T>;
  #running: { readonly result: Promise<T>; readonly abort: AbortController; waiting: number } | null = null;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work;
  }

  /** Waits for the running work, or starts it. @throws the work's error, or the signal's reason */
  async join(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const running = this.#running ?? this.#start();
    running.waiting++;
    try {
      return await orAborted(running.result, signal);
    } finally {
      running.waiting--;
      if (running.waiting === 0 && this.#running === running) {
        this.#running = null;
        running.abort.abort();
      }
    }
  }

  #start() {
    const abort = new AbortController();
    const running = { result: this.#work(abort.signal), abort, waiting: 0 };
    this.#running = running;
    const end = () => {
      if (this.#running === running) this.#running = null;
    };
    running.result.then(end, end);
    return running;
  }
}
