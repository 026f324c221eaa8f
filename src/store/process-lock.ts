import { DatabaseSync } from 'node:sqlite';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { troubleOf } from './database-trouble.ts';

/** The file of the lock. */
export interface ProcessLockOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds to wait for another process to end; 8 seconds where none are given. */
  readonly patience?: number;
}

/** Longer than the previous process needs to drain its players. */
const PATIENCE = 8_000;
const EVERY = 100;

/**
 * Ensures that only one process uses a folder. It is SQLite's lock on an empty file, which every system releases when the
 * process ends, however it ends.
 */
export class ProcessLock {
  readonly #options: ProcessLockOptions;
  #held: DatabaseSync | null = null;

  constructor(options: ProcessLockOptions) {
    this.#options = options;
  }

  /** Takes the lock, and waits for a process that is just ending. @returns false if another process keeps it. */
  async take(): Promise<boolean> {
    const { clock, logger, patience = PATIENCE } = this.#options;
    for (let waited = 0; ; waited += EVERY) {
      try {
        this.#held = this.#lock();
        return true;
      } catch (error) {
        if (troubleOf(error) !== 'locked') {
          // A disk that supports no locks, or accepts no new file, must not prevent the start.
          logger.warn({ err: error }, 'DATA_DIR cannot be locked against a second Zapette');
          return true;
        }
        if (waited >= patience) return false;
        if (waited === 0) logger.info('another Zapette uses DATA_DIR: waiting for it to end');
        await sleep(clock, EVERY);
      }
    }
  }

  /** Releases the lock. May be called twice. */
  release(): void {
    this.#held?.close();
    this.#held = null;
  }

  #lock(): DatabaseSync {
    const file = new DatabaseSync(this.#options.path, { timeout: 0 });
    try {
      // The journal stays in memory, since a journal on disk would be a second file.
      file.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
      return file;
    } catch (error) {
      file.close();
      throw error;
    }
  }
}
