import { Worker } from 'node:worker_threads';
import type { AccountId } from '../domain/ids.ts';
import type { DatabaseAnswer, DatabaseJob, DatabaseWorkerData } from './database-worker.ts';

/** Runs the thread that owns the database file, so that a slow disk never blocks the main thread. It does one job at a time. */
export class DatabaseWriter {
  readonly #path: string;
  readonly #account: AccountId;
  #isThere: boolean;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param account the account that rows of versions without accounts belong to.
   * @param isThere true if the file was read already: if it is missing now, somebody has deleted it.
   */
  constructor(path: string, account: AccountId, isThere: boolean) {
    this.#path = path;
    this.#account = account;
    this.#isThere = isThere;
  }

  /** Does a job once those before it are done, since an answer does not say which job it is of. Never rejects. */
  do(job: DatabaseJob): Promise<DatabaseAnswer> {
    const answer = this.#last.then(() => this.#doNow(job));
    this.#last = answer;
    return answer;
  }

  #doNow(job: DatabaseJob): Promise<DatabaseAnswer> {
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

  /** Ends the thread, even during a job. */
  async stop(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #begin(): Worker {
    const data: DatabaseWorkerData = {
      path: this.#path,
      isThere: this.#isThere,
      account: this.#account,
    };
    const worker = new Worker(new URL('./database-worker.ts', import.meta.url), {
      name: 'database',
      workerData: data,
    });
    // An error while no job waits must not end the process: the next job starts another thread.
    worker.on('error', () => {});
    worker.unref();
    this.#worker = worker;
    return worker;
  }
}
