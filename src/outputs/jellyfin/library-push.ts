import type { Clock } from '../../lib/clock.ts';
import { Coalescer } from '../../lib/coalescer.ts';
import type { Logger } from '../../lib/logger.ts';
import { JellyfinFailure, type JellyfinServer } from './jellyfin-server.ts';

export interface LibraryPushOptions {
  /** Null where nobody has named a server. */
  readonly server: () => Pick<JellyfinServer, 'lookForFiles'> | null;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Milliseconds from a file until Jellyfin is told, and between two times. */
const GATHER = 5_000;
const EVERY = 60_000;

/** Makes Jellyfin look for new recordings: once a minute at most, and only once for each. */
export class LibraryPush {
  readonly #options: LibraryPushOptions;
  readonly #coalescer: Coalescer;
  #files: string[] = [];

  constructor(options: LibraryPushOptions) {
    this.#options = options;
    const { clock, logger } = options;
    this.#coalescer = new Coalescer({
      ...{ clock, logger, gather: GATHER, every: EVERY },
      job: () => this.#push(),
    });
  }

  /** There is a new file. @param path absolute */
  fileMade(path: string): void {
    if (!this.#options.server()) return;
    this.#files.push(path);
    this.#coalescer.touch();
  }

  stop(): void {
    this.#coalescer.stop();
  }

  async #push(): Promise<void> {
    const { server, logger } = this.#options;
    const files = this.#files.splice(0);
    this.#coalescer.didJob();
    try {
      await server()?.lookForFiles(files);
      logger.info({ files: files.length }, 'Jellyfin looks for new recordings');
    } catch (error) {
      const problem = error instanceof JellyfinFailure ? error.problem : 'internal';
      logger.warn({ problem }, 'Jellyfin could not be told of a new recording');
    }
  }
}
