import type { Category } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import { REFRESH_INTERVAL } from './refresh-interval.ts';
import { isSameLineup } from './same-lineup.ts';
import { buildSearch } from './search/build-search.ts';
import type {
  BrowseOptions,
  BuildSearch,
  ChannelSearch,
  GroupOptions,
  GroupPage,
  GroupResult,
  Neighbours,
  SearchOptions,
  SearchResult,
} from './search/channel-search.ts';
import { SharedRun } from './shared-run.ts';
import { buildSnapshot, type CatalogueData, type CatalogueSnapshot, emptySnapshot } from './snapshot.ts';
import type { ChannelGroup } from './variants.ts';

/** The provider, the file and the pace of the catalogue. */
export interface CatalogueOptions {
  readonly provider: Pick<SourceProvider, 'lineup'>;
  readonly store: {
    load(signal?: AbortSignal): Promise<CatalogueData | null>;
    save(data: CatalogueData, signal?: AbortSignal): Promise<void>;
  };
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds from one refresh to the next; REFRESH_INTERVAL by default. */
  readonly refreshInterval?: number;
  /** Returns a number from 0 to 1, which spreads the refreshes of many installations. */
  readonly random?: () => number;
  readonly search?: BuildSearch;
  /** Ids of the categories to leave out; none by default. It may change: `refresh` follows. */
  readonly hidden?: () => ReadonlySet<string>;
  /** Called after each failed refresh in the background. */
  readonly onFailure?: (error: unknown) => void;
}

/** How to refresh the list. */
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

/** A category of the provider's whole list, with its number of channels. */
export interface CountedCategory extends Category {
  readonly count: number;
}

/** Receives the snapshot after a change. */
export type CatalogueListener = (snapshot: CatalogueSnapshot) => void;

const FIRST_RETRY = 30_000;
const LONGEST_RETRY = 30 * 60_000;
const JITTER = 0.1;
/** A shrunk list is accepted after this many in a row. */
const BELIEVED_AFTER = 3;

/**
 * All channels, refreshed in the background. If the provider is down or sends half of its list, the last good catalogue stays
 * in memory and on disk.
 */
export class Catalogue {
  readonly #options: CatalogueOptions;
  readonly #changes: Emitter<CatalogueSnapshot>;
  readonly #refreshes = new SharedRun<boolean, RefreshResult>((force, signal) =>
    this.#refresh(force, signal),
  );
  #current: { readonly snapshot: CatalogueSnapshot; readonly search: ChannelSearch | null } = {
    snapshot: emptySnapshot,
    search: null,
  };
  #life: AbortController | null = null;
  #loading: Promise<void> = Promise.resolve();
  #cancelTimer: () => void = () => {};
  #failures = 0;
  #lastFailure: unknown = null;
  #shrunkInARow = 0;
  /** The categories of the whole list, hidden ones as well. */
  #categories: readonly CountedCategory[] = [];
  /** The number of channels in the whole list. */
  #size = 0;
  /** The current list is another account's: the next one replaces it, however long it is. */
  #isForeign = false;

  constructor(options: CatalogueOptions) {
    this.#options = options;
    this.#changes = new Emitter((err) => options.log.error({ err }, 'a listener of the catalogue failed'));
  }

  /** Resolves when the catalogue on disk, if any, is loaded; the first refresh continues in the background. */
  async start(): Promise<void> {
    if (this.#life) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#loading = this.#load(signal);
    await this.#loading;
    if (!signal.aborted) void this.#refreshInBackground(signal);
  }

  /** Aborts loading and refreshing, and waits for their end. */
  async stop(): Promise<void> {
    this.#life?.abort(new Error('the catalogue is stopped'));
    this.#life = null;
    this.#cancelTimer();
    await this.#loading.catch(() => {});
    await this.#refreshes.stop();
  }

  /** The current list; empty before the first one. */
  snapshot(): CatalogueSnapshot {
    return this.#current.snapshot;
  }

  /** Searches the current snapshot; finds nothing before the first one. */
  search(query: string, options: SearchOptions): SearchResult {
    return this.#current.search?.search(query, options) ?? { items: [], total: 0 };
  }

  /** The same search with each channel listed once, with its variants. */
  browse(query: string, options: BrowseOptions): GroupPage {
    return this.#current.search?.browse(query, options) ?? { items: [], total: 0 };
  }

  /** The channels that match a typed text, with their variants, best first. */
  groups(query: string, options: GroupOptions): GroupResult[] {
    return this.#current.search?.groups(query, options) ?? [];
  }

  /** The channel of which an entry is a variant; null if the entry is not in the list. */
  groupOf(channelId: ChannelId): ChannelGroup | null {
    return this.#current.search?.groupOf(channelId) ?? null;
  }

  /** The previous and the next channel in an entry's category, for channel up and down; the category wraps around at its ends. */
  besideInCategory(channelId: ChannelId): Neighbours {
    return this.#current.search?.besideInCategory(channelId) ?? [null, null];
  }

  /** The categories of the provider's whole list, those that are left out as well. */
  get allCategories(): readonly CountedCategory[] {
    return this.#categories;
  }

  /** The error of the last refresh; null if it succeeded. */
  get lastFailure(): unknown {
    return this.#lastFailure;
  }

  /** Calls the listener after each change until the returned function is called. */
  onChange(listener: CatalogueListener): () => void {
    return this.#changes.subscribe(listener);
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
   * Reads the list of another account, which replaces the current one; a refresh that is under way is aborted. If it fails,
   * it is tried again in the background. Never rejects.
   */
  async changeAccount(): Promise<void> {
    await this.stop();
    this.#life = new AbortController();
    this.#isForeign = true;
    this.#failures = 0;
    await this.#refreshInBackground(this.#life.signal);
  }

  async #load(signal: AbortSignal): Promise<void> {
    try {
      const stored = await this.#options.store.load(signal);
      if (stored && stored.channels.length > 0) await this.#take(stored, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #refresh(force: boolean, signal: AbortSignal): Promise<RefreshResult> {
    const { provider, store, clock, log } = this.#options;
    const { channels, categories, dropped } = await provider.lineup(signal);
    const before = this.#size;
    const after = channels.length;
    this.#check(before, after, force || this.#isForeign);
    const data = { channels, categories, refreshedAt: clock.now() };
    await this.#take(data, signal);
    this.#shrunkInARow = 0;
    this.#isForeign = false;
    this.#lastFailure = null;
    log.info({ channels: after, before, categories: categories.length, dropped }, 'catalogue refreshed');
    try {
      await store.save(data, signal);
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ err: error }, 'the catalogue could not be stored; it is lost with the next restart');
    }
    return { before, after, categories: categories.length, dropped };
  }

  #check(before: number, after: number, force: boolean): void {
    if (after === 0) throw new AppError('catalogue_empty');
    if (force || after >= before / 2) return;
    this.#shrunkInARow++;
    if (this.#shrunkInARow < BELIEVED_AFTER) throw new AppError('catalogue_shrunk', { before, after });
  }

  async #take(data: CatalogueData, signal: AbortSignal): Promise<void> {
    const snapshot = await buildSnapshot(this.#withoutHidden(data), signal);
    // Most refreshes bring the same list; then the old index and the objects in it are kept.
    const { search: known, snapshot: before } = this.#current;
    const same = known !== null && (await isSameLineup(before, snapshot, signal));
    const { channels, categories } = snapshot;
    this.#current = same
      ? { snapshot: { ...before, refreshedAt: snapshot.refreshedAt }, search: known }
      : { snapshot, search: await (this.#options.search ?? buildSearch)(channels, signal, categories) };
    this.#categories = countCategories(data);
    this.#size = data.channels.length;
    this.#changes.emit(this.#current.snapshot);
  }

  #withoutHidden(data: CatalogueData): CatalogueData {
    const hidden = this.#options.hidden?.();
    if (!hidden || hidden.size === 0) return data;
    return {
      ...data,
      categories: data.categories.filter(({ id }) => !hidden.has(id)),
      channels: data.channels.filter(({ categoryId }) => categoryId === null || !hidden.has(categoryId)),
    };
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
      this.#options.log.warn({ failures: this.#failures }, 'the catalogue could not be refreshed');
      this.#options.onFailure?.(error);
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

function countCategories({ categories, channels }: CatalogueData): CountedCategory[] {
  const counts = new Map<string, number>();
  for (const { categoryId } of channels)
    if (categoryId !== null) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
  return categories.map(({ id, name }) => ({ id, name, count: counts.get(id) ?? 0 }));
}
