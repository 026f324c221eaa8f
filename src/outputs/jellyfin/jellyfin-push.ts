import type { Clock } from '../../lib/clock.ts';
import { Coalescer } from '../../lib/coalescer.ts';
import type { Logger } from '../../lib/logger.ts';
import { JellyfinFailure, type JellyfinServer } from './jellyfin-server.ts';

export interface JellyfinPushOptions {
  /** Null where nobody has named a server. */
  readonly server: () => Pick<JellyfinServer, 'readGuideAnew' | 'readTunersAnew'> | null;
  /** Whether somebody watches by Jellyfin at the moment. */
  readonly isWatched: () => boolean;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Milliseconds from a switch until Jellyfin is told, and between two looks whether somebody watches. */
const GATHER = 10_000;
/** Milliseconds between two times, since Jellyfin reads all its guides each time. */
const EVERY = 10 * 60_000;

/**
 * Makes Jellyfin read the guide anew after switches, and the channels after changes of the line-up: seldom, and only while
 * somebody watches by it. What happens meanwhile is told at the next chance.
 */
export class JellyfinPush {
  readonly #options: JellyfinPushOptions;
  readonly #coalescer: Coalescer;
  /** What Jellyfin has not been told yet. */
  readonly #stale = new Set<'tuners' | 'guide'>();
  #lastProblem: string | null = null;

  constructor(options: JellyfinPushOptions) {
    this.#options = options;
    const { clock, logger } = options;
    this.#coalescer = new Coalescer({
      ...{ clock, logger, gather: GATHER, every: EVERY },
      job: () => this.#push(),
    });
  }

  /** Another channel is on a screen. */
  guideChanged(): void {
    if (!this.#options.server()) return;
    this.#stale.add('guide');
    this.#coalescer.touch();
  }

  /** Players are offered other channels, with their guide. */
  lineUpChanged(): void {
    if (this.#options.server()) this.#stale.add('tuners');
    this.guideChanged();
  }

  stop(): void {
    this.#coalescer.stop();
  }

  async #push(): Promise<void> {
    const { server: find, isWatched, logger } = this.#options;
    const server = find();
    if (!server) return;
    if (!isWatched()) {
      this.#coalescer.touch();
      return;
    }
    this.#coalescer.didJob();
    try {
      await this.#tell('tuners', () => server.readTunersAnew());
      await this.#tell('guide', () => server.readGuideAnew());
      this.#lastProblem = null;
      logger.info('Jellyfin reads the guide anew');
    } catch (error) {
      const problem = error instanceof JellyfinFailure ? error.problem : 'internal';
      if (problem !== this.#lastProblem) logger.warn({ problem }, 'Jellyfin could not be told of a change');
      this.#lastProblem = problem;
      this.#coalescer.touch();
    }
  }

  async #tell(what: 'tuners' | 'guide', ask: () => Promise<void>): Promise<void> {
    if (!this.#stale.delete(what)) return;
    try {
      await ask();
    } catch (error) {
      this.#stale.add(what);
      throw error;
    }
  }
}
