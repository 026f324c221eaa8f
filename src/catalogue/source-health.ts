import { AppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Account } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import type { Catalogue } from './catalogue.ts';

/** The catalogue to watch. */
export interface SourceHealthOptions {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'lists' | 'lastFailure' | 'refreshOne'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds between two readings of the account while it is usable (`EVERY`) and while it is not (`RETRY`). */
const EVERY = 10 * 60_000;
const RETRY = 60_000;

/** The periodic reading of one account. */
interface Watch {
  readonly life: AbortController;
  cancelTimer: () => void;
}

/** Watches for troubles of the accounts or of the whole channel list, and for their end. */
export class SourceHealth {
  readonly #options: SourceHealthOptions;
  readonly #changes: Emitter<void>;
  /** What is wrong with each account; null for a usable one, missing before its first reading. */
  readonly #accounts = new Map<AccountId, AppError | null>();
  readonly #watches = new Map<AccountId, Watch>();

  constructor(options: SourceHealthOptions) {
    this.#options = options;
    this.#changes = new Emitter((err) =>
      options.logger.error({ err }, 'a listener of the source’s health failed'),
    );
  }

  /** The reason why no channel can be watched at all; null if there is none. */
  get trouble(): AppError | null {
    const troubles = this.#options.catalogue.lists.map(({ account }) => this.#accounts.get(account) ?? null);
    const [first = null] = troubles;
    if (troubles.every((each) => each !== null)) return first;
    const { channels } = this.#options.catalogue.snapshot();
    if (channels.length > 0) return null;
    const failure = this.#options.catalogue.lastFailure;
    return failure instanceof AppError ? failure : new AppError('catalogue_not_ready');
  }

  /** Calls the listener when the trouble may have changed, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** What is wrong with one account; null if it is usable or not read yet. */
  troubleOf(account: AccountId): AppError | null {
    return this.#accounts.get(account) ?? null;
  }

  /** Takes the outcome of a reading of an account by any part. @param error null if the account is usable. */
  noteAccount(account: AccountId, error: unknown): void {
    // Other errors tell nothing about the account: the caller may have aborted.
    if (error !== null && !(error instanceof AppError)) return;
    const before = this.#accounts.get(account) ?? null;
    this.#accounts.set(account, error);
    if (before?.code === error?.code) return;
    this.#changes.emit();
    if (before && !error) void this.#fetchList(account);
  }

  /** Takes the news that the list could not be refreshed. */
  noteCatalogue(): void {
    this.#changes.emit();
  }

  /**
   * Reads an account periodically, from now on. Resolves after the first reading, well or not.
   * @param read calls `noteAccount`.
   */
  watch(account: AccountId, read: (signal: AbortSignal) => Promise<Account>): Promise<void> {
    this.leave(account);
    const watch: Watch = { life: new AbortController(), cancelTimer: () => {} };
    this.#watches.set(account, watch);
    return this.#read(read, watch);
  }

  /** Forgets an account, which is read no more. */
  leave(account: AccountId): void {
    const watch = this.#watches.get(account);
    watch?.cancelTimer();
    watch?.life.abort(new Error('the account is watched no more'));
    this.#watches.delete(account);
    this.#accounts.delete(account);
  }

  stop(): void {
    for (const account of [...this.#watches.keys()]) this.leave(account);
  }

  async #read(read: (signal: AbortSignal) => Promise<Account>, watch: Watch): Promise<void> {
    const { signal } = watch.life;
    const isGood = await read(signal).then(
      () => true,
      () => false,
    );
    if (signal.aborted) return;
    watch.cancelTimer = this.#options.clock.after(isGood ? EVERY : RETRY, () => void this.#read(read, watch));
  }

  /** Fetches the list at once if its last refresh failed, since the account works again. */
  async #fetchList(account: AccountId): Promise<void> {
    const { catalogue, logger } = this.#options;
    if (!catalogue.lists.some((list) => list.account === account && list.lastFailure)) return;
    try {
      await catalogue.refreshOne(account);
    } catch (error) {
      logger.info({ account, err: error }, 'the account works again, but its channel list does not');
    }
  }
}
