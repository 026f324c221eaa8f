import { AppError } from '../domain/errors.ts';
import type { RecordingRules } from '../domain/recording.ts';
import type { Clock } from '../lib/clock.ts';
import { freeSpace } from '../lib/free-space.ts';
import type { Logger } from '../lib/logger.ts';
import type { Recordings } from './recordings.ts';
import { notKept } from './retention.ts';

export interface KeeperOptions {
  readonly recordings: Pick<Recordings, 'all' | 'remove'>;
  /** As they are at the moment. */
  readonly rules: () => RecordingRules;
  /** The folder of all recordings. */
  readonly root: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds between two looks. */
const EVERY = 300_000;

/** Deletes recordings that the rules do not keep any more. */
export class Keeper {
  readonly #options: KeeperOptions;
  #underWay: Promise<void> = Promise.resolve();
  #isRunning = false;
  #cancel = () => {};

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isRunning = true;
    this.#lookLater();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancel();
    await this.#underWay;
  }

  #lookLater(): void {
    if (!this.#isRunning) return;
    this.#cancel = this.#options.clock.after(EVERY, () => {
      this.#underWay = this.#look().finally(() => this.#lookLater());
    });
  }

  async #look(): Promise<void> {
    const { recordings, rules, root, clock, logger } = this.#options;
    const free = await freeSpace(root).catch(() => Number.POSITIVE_INFINITY);
    for (const { id, title } of notKept(recordings.all(), rules(), { now: clock.now(), free })) {
      if (!this.#isRunning) return;
      try {
        await recordings.remove(id);
        logger.info({ recording: id, title }, 'a recording that is not kept any more was deleted');
      } catch (err) {
        // Somebody plays it: the next look deletes it.
        if (!(err instanceof AppError && err.code === 'recording_in_use'))
          logger.warn({ recording: id, err }, 'a recording could not be deleted');
      }
    }
  }
}
