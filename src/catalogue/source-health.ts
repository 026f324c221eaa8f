import { AppError } from '../domain/errors.ts';
import type { Account } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import type { Catalogue } from './catalogue.ts';

export interface SourceHealthOptions {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'lastFailure' | 'refresh'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds from one reading of the account to the next: while it is good, and while it is not. */
const EVERY = 10 * 60_000;
const RETRY = 60_000;

/** Knows what is wrong with the account or the channel list as a whole, and when it is over. */
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

  /** Why there is no television at all; null: there may be. */
  get trouble(): AppError | null {
    if (this.#account) return this.#account;
    const { channels } = this.#options.catalogue.snapshot();
    if (channels.length > 0) return null;
    const failure = this.#options.catalogue.lastFailure;
    return failure instanceof AppError ? failure : new AppError('catalogue_not_ready');
  }

  /** Calls back when the trouble may be another, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** What came of a reading of the account, whoever asked. @param error null: it is good. */
  noteAccount(error: unknown): void {
    // What is none of ours tells nothing of the account: whoever asked may have gone.
    if (error !== null && !(error instanceof AppError)) return;
    const before = this.#account;
    this.#account = error;
    if (before?.code === error?.code) return;
    this.#changes.emit();
    if (before && !error) void this.#fetchList();
  }

  /** The list could not be refreshed. */
  noteCatalogue(): void {
    this.#changes.emit();
  }

  /** Reads the account again and again. Resolves after the first time. @param read calls `noteAccount`. */
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

  /** A list that failed with the account need not wait for its turn. */
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
