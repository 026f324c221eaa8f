import { Worker } from 'node:worker_threads';
import type { DatabaseAnswer, DatabaseJob, DatabaseWorkerData } from './database-worker.ts';

/** The thread that owns the database's file, so that no disk, however slow, holds up this one. One job at a time. */
export class DatabaseWriter {
  readonly #path: string;
  #isThere: boolean;
  #worker: Worker | null = null;

  /** @param isThere the file has been read already: if it is missing, somebody has taken it away. */
  constructor(path: string, isThere: boolean) {
    this.#path = path;
    this.#isThere = isThere;
  }

  /** Never rejects. */
  do(job: DatabaseJob): Promise<DatabaseAnswer> {
    const worker = this.#worker ?? this.#begin();
    const { promise, resolve } = Promise.withResolvers<DatabaseAnswer>();
    const answer = (given: DatabaseAnswer) => {
      if (given.trouble === null) this.#isThere = true;
      end(given);
    };
    const fail = (error: unknown) => {
      this.#worker = null;
      end({
        trouble: 'unwritable',
        reason: `the thread that writes has ended: ${String(error)}`,
        content: null,
      });
    };
    const end = (given: DatabaseAnswer) => {
      worker.off('message', answer);
      worker.off('error', fail);
      worker.off('exit', fail);
      resolve(given);
    };
    worker.on('message', answer);
    worker.on('error', fail);
    worker.on('exit', fail);
    worker.postMessage(job);
    return promise;
  }

  /** Ends the thread, whatever it is doing. */
  async stop(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #begin(): Worker {
    const data: DatabaseWorkerData = { path: this.#path, isThere: this.#isThere };
    const worker = new Worker(new URL('./database-worker.ts', import.meta.url), {
      name: 'database',
      workerData: data,
    });
    // What nobody waits for must not end the process: the next job has another thread.
    worker.on('error', () => {});
    worker.unref();
    this.#worker = worker;
    return worker;
  }
}
