import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import { withGuide } from '../catalogue/guide/with-guide.ts';
import type { Recording } from '../domain/recording.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
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
  #underWay: Promise<void> = Promise.resolve();
  #isRunning = false;
  #cancel = () => {};

  constructor(options: GuideFollowerOptions) {
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
    const { clock, logger } = this.#options;
    if (!this.#isRunning) return;
    this.#cancel = clock.after(EVERY, () => {
      this.#underWay = this.#look()
        .catch((err: unknown) => logger.error({ err }, 'recordings could not follow the guide'))
        .finally(() => this.#lookLater());
    });
  }

  async #look(): Promise<void> {
    const { stored, schedule } = this.#options;
    let hasMoved = false;
    for (const recording of stored.all()) {
      if (!this.#isRunning) return;
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
