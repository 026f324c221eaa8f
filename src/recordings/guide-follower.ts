import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import { withGuide } from '../catalogue/guide/with-guide.ts';
import type { Recording } from '../domain/recording.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { Repeated } from '../lib/repeated.ts';
import type { StoredRecordings } from '../store/recordings.ts';
import { movedTimes, searchedSpan } from './moved-programme.ts';
import type { Schedule } from './schedule.ts';

export interface GuideFollowerOptions {
  readonly stored: StoredRecordings;
  readonly schedule: Pick<Schedule, 'look'>;
  readonly guide: Pick<Guide, 'between'>;
  readonly catalogue: Pick<Catalogue, 'groupOf' | 'snapshot'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds between two looks into the guide. */
const EVERY = 60_000;
/** Milliseconds to wait for the provider's guide. */
const PATIENCE = 5_000;

/** Moves recordings with their programmes, whose times guides correct until the end. */
export class GuideFollower {
  readonly #options: GuideFollowerOptions;
  readonly #looks: Repeated;

  constructor(options: GuideFollowerOptions) {
    this.#options = options;
    const { clock, logger } = options;
    this.#looks = new Repeated({
      ...{ clock, pause: EVERY, work: (signal) => this.#look(signal) },
      onError: (err) => logger.error({ err }, 'recordings could not follow the guide'),
    });
  }

  start(): void {
    this.#looks.start();
  }

  stop(): Promise<void> {
    return this.#looks.stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { stored, schedule } = this.#options;
    let hasMoved = false;
    for (const recording of stored.all()) {
      if (signal.aborted) return;
      if (await this.#follow(recording)) hasMoved = true;
    }
    if (hasMoved) schedule.look();
  }

  /** @returns whether the recording has other times now */
  async #follow({ id, channelId, programme, isFollowing }: Recording): Promise<boolean> {
    const { stored, guide, catalogue, clock, logger } = this.#options;
    const channel = catalogue.snapshot().byId.get(channelId);
    if (!isFollowing || !programme || !channel) return false;
    const { from, to } = searchedSpan(programme);
    const programmes = await guide.between(withGuide({ catalogue }, channel), from, to, PATIENCE);
    // It may have been changed meanwhile.
    const recording = stored.find(id);
    const moved = recording && movedTimes(recording, programmes, clock.now());
    if (!moved) return false;
    logger.info({ recording: id, start: moved.start, stop: moved.stop }, 'a recording follows the guide');
    stored.change(id, moved);
    return true;
  }
}
