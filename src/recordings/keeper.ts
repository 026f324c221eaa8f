import { AppError } from '../domain/errors.ts';
import type { RecordingRules } from '../domain/recording.ts';
import type { Clock } from '../lib/clock.ts';
import { freeSpace } from '../lib/free-space.ts';
import type { Logger } from '../lib/logger.ts';
import { Repeated } from '../lib/repeated.ts';
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
  readonly #looks: Repeated;

  constructor(options: KeeperOptions) {
    this.#options = options;
    const { clock, logger } = options;
    this.#looks = new Repeated({
      ...{ clock, pause: EVERY, work: (signal) => this.#look(signal) },
      onError: (err) => logger.error({ err }, 'recordings could not be looked through'),
    });
  }

  start(): void {
    this.#looks.start();
  }

  stop(): Promise<void> {
    return this.#looks.stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { recordings, rules, root, clock, logger } = this.#options;
    const free = await freeSpace(root).catch(() => Number.POSITIVE_INFINITY);
    for (const { id, title } of notKept(recordings.all(), rules(), { now: clock.now(), free })) {
      if (signal.aborted) return;
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
