import type { Category } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Lineup, SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { withAccount } from './account-categories.ts';
import { filterList, keepAll, type ListFilter } from './list-filter.ts';
import { REFRESH_INTERVAL } from './refresh-interval.ts';
import { isSameLineup } from './same-lineup.ts';
import { SharedRun } from './shared-run.ts';
import type { CatalogueData } from './snapshot.ts';
import { TimeSlices } from './time-slices.ts';

/** An account whose channels are listed. */
export interface ListedAccount {
  readonly id: AccountId;
  readonly provider: Pick<SourceProvider, 'lineup' | 'newLineup'>;
  readonly store: {
    load(signal?: AbortSignal): Promise<CatalogueData | null>;
    save(data: CatalogueData, signal?: AbortSignal): Promise<void>;
  };
}

/** The pace of a list, and who is told. */
export interface AccountListOptions {
  readonly account: ListedAccount;
  /** True for the installation's own account, whose categories keep the provider's ids. */
  readonly isOwn: boolean;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds from one refresh to the next; REFRESH_INTERVAL by default. */
  readonly refreshInterval?: number;
  /** Returns a number from 0 to 1, which spreads the refreshes of many installations. */
  readonly random?: () => number;
  /** What to keep of the list; everything by default. It may change: `refresh` follows. */
  readonly filter?: () => ListFilter;
  /** Takes each new list over; the refresh is over when it resolves. */
  readonly onData: () => Promise<void>;
  /** Called after each failed refresh in the background. */
  readonly onFailure?: (error: unknown) => void;
}

/** How to refresh a list. */
export interface RefreshOptions {
  readonly signal?: AbortSignal;
  /** Accepts a list that has shrunk, since the operator knows the reason. */
  readonly force?: boolean;
}

/** The outcome of a refresh. */
export interface RefreshResult {
  /** The numbers of channels before and after. */
  readonly before: number;
  readonly after: number;
  readonly categories: number;
  /** The number of the provider's records that could not be used. */
  readonly dropped: number;
}

/** A category of an account's whole list, with its number of channels. */
export interface CountedCategory extends Category {
  readonly count: number;
}

const FIRST_RETRY = 30_000;
const LONGEST_RETRY = 30 * 60_000;
const JITTER = 0.1;
/** A shrunk list is accepted after this many in a row. */
const BELIEVED_AFTER = 3;

/**
 * The channels of one account, refreshed in the background. If the provider is down or sends half of its list, the last good
 * one stays in memory and on disk.
 */
export class AccountList {
  readonly #options: AccountListOptions;
  readonly #refreshes = new SharedRun<boolean, RefreshResult>((force, signal) =>
    this.#refresh(force, signal),
  );
  #data: CatalogueData | null = null;
  #life: AbortController | null = null;
  #loading: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => {};
  #failures = 0;
  #lastFailure: unknown = null;
  #shrunkInARow = 0;
  #categories: readonly CountedCategory[] = [];
  /** The number of channels in the whole list. */
  #size = 0;
  /** The list that was taken last in this process, as far as a refresh may find it unchanged: another version may read one differently. */
  #taken: { readonly version: string; readonly filter: ListFilter | undefined } | null = null;
  /** The current list is another login's: the next one replaces it, however long it is. */
  #isForeign = false;

  constructor(options: AccountListOptions) {
    this.#options = options;
  }

  get account(): AccountId {
    return this.#options.account.id;
  }

  get isOwn(): boolean {
    return this.#options.isOwn;
  }

  /** The last good list without what is left out; null before the first one. Its arrays are the same while the list is. */
  get data(): CatalogueData | null {
    return this.#data;
  }

  /** The categories of the whole list, those that are left out as well. */
  get categories(): readonly CountedCategory[] {
    return this.#categories;
  }

  /** True while the list is that of the account's former login. */
  get isForeign(): boolean {
    return this.#isForeign;
  }

  /** The error of the last refresh; null if it succeeded. */
  get lastFailure(): unknown {
    return this.#lastFailure;
  }

  /** Resolves when the list on disk, if any, is loaded; `onData` is not called. */
  async load(): Promise<void> {
    if (this.#life) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#loading = this.#load(signal);
    await this.#loading;
  }

  /** Refreshes the list from now on. Resolves after the first time. Never rejects. */
  async keepFresh(): Promise<void> {
    this.#life ??= new AbortController();
    const { signal } = this.#life;
    if (!signal.aborted) await this.#refreshInBackground(signal);
  }

  /** Aborts loading and refreshing, and waits for their end. */
  async stop(): Promise<void> {
    this.#life?.abort(new Error('the catalogue is stopped'));
    this.#life = null;
    this.#cancelTimer();
    await this.#loading.catch(() => {});
    await this.#refreshes.stop();
  }

  /**
   * Fetches the list now, or joins the current refresh. A list with fewer than half of the channels is accepted only if forced,
   * or the third time in a row; an empty list never is.
   * @throws the provider's error, AppError catalogue_empty, or catalogue_shrunk (params: before, after)
   */
  refresh({ signal, force = false }: RefreshOptions = {}): Promise<RefreshResult> {
    return this.#refreshes.join(force, signal);
  }

  /**
   * Reads the list of another login, which replaces the current one; a refresh that is under way is aborted. If it fails,
   * it is tried again in the background. Never rejects.
   */
  async changeLogin(): Promise<void> {
    await this.stop();
    this.#isForeign = true;
    this.#failures = 0;
    await this.keepFresh();
  }

  async #load(signal: AbortSignal): Promise<void> {
    try {
      const stored = await this.#options.account.store.load(signal);
      if (stored && stored.channels.length > 0) await this.#take(stored, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #refresh(force: boolean, signal: AbortSignal): Promise<RefreshResult> {
    const { account, clock, log } = this.#options;
    const lineup = await this.#fetch(force, signal);
    if (!lineup) return this.#noteUnchanged();
    const { channels, categories, dropped, version } = lineup;
    const before = this.#size;
    const after = channels.length;
    this.#check(before, after, force || this.#isForeign);
    const data = { channels, categories, refreshedAt: clock.now() };
    const filter = this.#options.filter?.();
    await this.#take(data, signal);
    this.#taken = version === undefined ? null : { version, filter };
    await this.#options.onData();
    signal.throwIfAborted();
    this.#shrunkInARow = 0;
    this.#isForeign = false;
    this.#lastFailure = null;
    const facts = { channels: after, before, categories: categories.length, dropped };
    log.info({ account: account.id, ...facts }, 'catalogue refreshed');
    try {
      await account.store.save(data, signal);
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ err: error }, 'the catalogue could not be stored; it is lost with the next restart');
    }
    return { before, after, categories: categories.length, dropped };
  }

  /** Null: the list is the one that was taken. */
  async #fetch(force: boolean, signal: AbortSignal): Promise<Lineup | null> {
    const { account, filter } = this.#options;
    const { provider } = account;
    const known = this.#taken?.filter === filter?.() && !force && !this.#isForeign ? this.#taken : null;
    return known && provider.newLineup ? provider.newLineup(known.version, signal) : provider.lineup(signal);
  }

  async #noteUnchanged(): Promise<RefreshResult> {
    const { account, clock, log } = this.#options;
    if (this.#data) this.#data = { ...this.#data, refreshedAt: clock.now() };
    await this.#options.onData();
    this.#shrunkInARow = 0;
    this.#lastFailure = null;
    log.info({ account: account.id, channels: this.#size }, 'catalogue unchanged');
    return { before: this.#size, after: this.#size, categories: this.#categories.length, dropped: 0 };
  }

  #check(before: number, after: number, force: boolean): void {
    if (after === 0) throw new AppError('catalogue_empty');
    if (force || after >= before / 2) return;
    this.#shrunkInARow++;
    if (this.#shrunkInARow < BELIEVED_AFTER) throw new AppError('catalogue_shrunk', { before, after });
  }

  async #take(given: CatalogueData, signal: AbortSignal): Promise<void> {
    const { account, isOwn, filter } = this.#options;
    const whole = isOwn ? given : await withAccount(given, account.id, signal);
    const next = await filterList(whole, filter?.() ?? keepAll, signal);
    // Most refreshes bring the same list; then the old objects are kept.
    const isSame = this.#data !== null && (await isSameLineup(this.#data, next, signal));
    this.#categories = await countCategories(whole, signal);
    this.#size = whole.channels.length;
    this.#data = isSame && this.#data ? { ...this.#data, refreshedAt: next.refreshedAt } : next;
  }

  async #refreshInBackground(signal: AbortSignal): Promise<void> {
    let pause: number;
    try {
      await this.refresh({ signal });
      this.#failures = 0;
      this.#lastFailure = null;
      pause = this.#usualPause;
    } catch (error) {
      if (signal.aborted) return;
      this.#failures++;
      pause = this.#retryPause(error);
      this.#lastFailure = error;
      const { account, log, onFailure } = this.#options;
      log.warn({ account: account.id, failures: this.#failures }, 'the catalogue could not be refreshed');
      onFailure?.(error);
    }
    if (signal.aborted) return;
    const { clock, random = Math.random } = this.#options;
    const jittered = pause * (1 + JITTER * (2 * random() - 1));
    this.#cancelTimer = clock.after(jittered, () => void this.#refreshInBackground(signal));
  }

  get #usualPause(): number {
    return this.#options.refreshInterval ?? REFRESH_INTERVAL;
  }

  /** The pause doubles with each failure. After a shrunk list it is the longest one, since the panel may just be restarting. */
  #retryPause(error: unknown): number {
    const shrunk = error instanceof AppError && error.code === 'catalogue_shrunk';
    const retry = shrunk ? LONGEST_RETRY : FIRST_RETRY * 2 ** (this.#failures - 1);
    return Math.min(retry, LONGEST_RETRY, this.#usualPause);
  }
}

async function countCategories(
  { categories, channels }: CatalogueData,
  signal: AbortSignal,
): Promise<CountedCategory[]> {
  const counts = new Map<string, number>();
  const slices = new TimeSlices(signal);
  for (const { categoryId } of channels) {
    if (categoryId !== null) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
    if (slices.due()) await slices.rest();
  }
  return categories.map(({ id, name }) => ({ id, name, count: counts.get(id) ?? 0 }));
}
