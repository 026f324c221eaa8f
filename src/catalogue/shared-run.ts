import { orAborted } from '../lib/abort.ts';

interface Run<K, T> {
  readonly key: K;
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * Runs one long job at a time and shares its result with all callers that join meanwhile. A run is aborted when no caller
 * waits for it any more. A caller with another key gets a run of its own afterwards.
 */
export class SharedRun<K, T> {
  readonly #job: (key: K, signal: AbortSignal) => Promise<T>;
  #running: Run<K, T> | null = null;

  constructor(job: (key: K, signal: AbortSignal) => Promise<T>) {
    this.#job = job;
  }

  /** Joins or starts a run. Rejects with the signal's reason as soon as the signal aborts, even if the run goes on. */
  async join(key: K, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    let run = this.#running;
    // An aborted run may still be ending.
    while (run && (run.key !== key || run.controller.signal.aborted)) {
      await run.result.catch(() => {});
      signal?.throwIfAborted();
      run = this.#running;
    }
    run ??= this.#start(key);
    run.waiting++;
    try {
      return await orAborted(run.result, signal);
    } finally {
      run.waiting--;
      if (run.waiting === 0) run.controller.abort(signal?.reason);
    }
  }

  /** Aborts the current run and those that wait for its end; resolves when none is left. */
  async stop(): Promise<void> {
    while (this.#running) {
      this.#running.controller.abort();
      await this.#running.result.catch(() => {});
    }
  }

  #start(key: K): Run<K, T> {
    const controller = new AbortController();
    const result = this.#job(key, controller.signal).finally(() => {
      this.#running = null;
    });
    const run = { key, result, controller, waiting: 0 };
    this.#running = run;
    return run;
  }
}
