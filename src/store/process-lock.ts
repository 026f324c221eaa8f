import { DatabaseSync } from 'node:sqlite';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { troubleOf } from './database-trouble.ts';

export interface ProcessLockOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds: longer than a process before this one takes to say goodbye to its players. */
const PATIENCE = 8_000;
const EVERY = 100;

/**
 * Lets one process at a time use a folder. It is SQLite's lock on an empty file, which every system lets go of when the
 * process ends, however it ends.
 */
export class ProcessLock {
  readonly #options: ProcessLockOptions;
  #held: DatabaseSync | null = null;

  constructor(options: ProcessLockOptions) {
    this.#options = options;
  }

  /** Waits for a process that is just ending. @returns false if another one has it, and keeps it. */
  async take(): Promise<boolean> {
    const { clock, logger } = this.#options;
    for (let waited = 0; ; waited += EVERY) {
      try {
        this.#held = this.#lock();
        return true;
      } catch (error) {
        if (troubleOf(error) !== 'locked') {
          // A disk without locks, or one that takes no new file, is no reason not to start.
          logger.warn({ err: error }, 'DATA_DIR cannot be locked against a second Zapette');
          return true;
        }
        if (waited >= PATIENCE) return false;
        if (waited === 0) logger.info('another Zapette uses DATA_DIR: waiting for it to end');
        await sleep(clock, EVERY);
      }
    }
  }

  /** May be called twice. */
  release(): void {
    this.#held?.close();
    this.#held = null;
  }

  #lock(): DatabaseSync {
    const file = new DatabaseSync(this.#options.path, { timeout: 0 });
    try {
      // In memory: a journal on disk would be a second file.
      file.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
      return file;
    } catch (error) {
      file.close();
      throw error;
    }
  }
}
