import { AppError } from '../domain/errors.ts';
import type { Account } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import type { Catalogue } from './catalogue.ts';

/** The catalogue to watch. */
export interface SourceHealthOptions {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'lastFailure' | 'refresh'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds between two readings of the account while it is usable (`EVERY`) and while it is not (`RETRY`). */
const EVERY = 10 * 60_000;
const RETRY = 60_000;

/** Watches for troubles of the account or of the whole channel list, and for their end. */
export class SourceHealth {
  readonly #options: SourceHealthOptions;
  readonly #changes: Emitter<void>;
  #account: AppError | null = null;
  #cancelTimer: () => void = () => {};
  #life: AbortController | null = null;

  constructor(options: SourceHealthOptions) {
    this.#options = options;
    this.#changes = new Emitter((err) =>
      options.logger.error({ err }, 'a listener of the source’s health failed'),
    );
  }

  /** The reason why no channel can be watched at all; null if there is none. */
  get trouble(): AppError | null {
    if (this.#account) return this.#account;
    const { channels } = this.#options.catalogue.snapshot();
    if (channels.length > 0) return null;
    const failure = this.#options.catalogue.lastFailure;
    return failure instanceof AppError ? failure : new AppError('catalogue_not_ready');
  }

  /** Calls the listener when the trouble may have changed, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Takes the outcome of a reading of the account by any part. @param error null if the account is usable. */
  noteAccount(error: unknown): void {
    // Other errors tell nothing about the account: the caller may have aborted.
    if (error !== null && !(error instanceof AppError)) return;
    const before = this.#account;
    this.#account = error;
    if (before?.code === error?.code) return;
    this.#changes.emit();
    if (before && !error) void this.#fetchList();
  }

  /** Takes the news that the list could not be refreshed. */
  noteCatalogue(): void {
    this.#changes.emit();
  }

  /** Reads the account periodically. Resolves after the first reading. @param read calls `noteAccount`. */
  start(read: (signal: AbortSignal) => Promise<Account>): Promise<void> {
    this.#life ??= new AbortController();
    return this.#read(read, this.#life.signal);
  }

  stop(): void {
    this.#cancelTimer();
    this.#life?.abort(new Error('the account is watched no more'));
    this.#life = null;
  }

  async #read(read: (signal: AbortSignal) => Promise<Account>, signal: AbortSignal): Promise<void> {
    const isGood = await read(signal).then(
      () => true,
      () => false,
    );
    if (signal.aborted) return;
    this.#cancelTimer = this.#options.clock.after(
      isGood ? EVERY : RETRY,
      () => void this.#read(read, signal),
    );
  }

  /** Fetches the list at once if its last refresh failed, since the account works again. */
  async #fetchList(): Promise<void> {
    const { catalogue, logger } = this.#options;
    if (!catalogue.lastFailure) return;
    try {
      await catalogue.refresh();
    } catch (error) {
      logger.info({ err: error }, 'the account works again, but its channel list does not');
    }
  }
}
