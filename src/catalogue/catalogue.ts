import { AppError } from '../domain/errors.ts';
import type { AccountId, ChannelId, OwnAccount } from '../domain/ids.ts';
import { Emitter } from '../lib/emitter.ts';
import { labelled } from './account-categories.ts';
import {
  AccountList,
  type AccountListOptions,
  type CountedCategory,
  type ListedAccount,
  type RefreshOptions,
  type RefreshResult,
} from './account-list.ts';
import { buildSearch } from './search/build-search.ts';
import type {
  BrowseOptions,
  BuildSearch,
  ChannelEvents,
  ChannelSearch,
  GroupOptions,
  GroupPage,
  GroupResult,
  Neighbours,
  SearchOptions,
  SearchResult,
} from './search/channel-search.ts';
import { type Choices, nothingChosen } from './search/find-chosen.ts';
import { buildSnapshot, type CatalogueData, type CatalogueSnapshot, emptySnapshot } from './snapshot.ts';
import type { ChannelGroup } from './variants.ts';

type ListOptions = Omit<AccountListOptions, 'account' | 'isOwn' | 'onData' | 'onFailure'>;

/** The accounts, and the pace of their lists. */
export interface CatalogueOptions extends ListOptions {
  /** In the order in which their channels are listed. It may change: `use`. */
  readonly accounts: readonly ListedAccount[];
  /** By default the first account. */
  readonly ownAccount?: OwnAccount;
  readonly search?: BuildSearch;
  /** What somebody has chosen for channels; nothing by default. It may change: `choose`. */
  readonly choices?: Choices;
  /** Called after each failed refresh in the background. */
  readonly onFailure?: (error: unknown, account: AccountId) => void;
}

/** The outcome of a refresh of one account's list. */
export type AccountRefresh = { readonly account: AccountId } & (RefreshResult | { readonly error: unknown });

/** The list of one account, as it is now. */
export interface ListState {
  readonly account: AccountId;
  readonly channels: number;
  /** Epoch milliseconds; null before the first list. */
  readonly refreshedAt: number | null;
  /** The error of the last refresh; null if it succeeded. */
  readonly lastFailure: unknown;
  /** True while the list is that of the account's former login. */
  readonly isForeign: boolean;
}

/** Receives the snapshot after a change. */
export type CatalogueListener = (snapshot: CatalogueSnapshot) => void;

/**
 * The channels of all accounts as one list. An account that is down, slow or emptied holds up no other: its last good list
 * stays.
 */
export class Catalogue {
  readonly #options: CatalogueOptions;
  readonly #changes: Emitter<CatalogueSnapshot>;
  #lists: readonly AccountList[];
  #current: { readonly snapshot: CatalogueSnapshot; readonly search: ChannelSearch | null } = {
    snapshot: emptySnapshot,
    search: null,
  };
  /** The lists of which the current snapshot consists. */
  #merged: readonly CatalogueData[] = [];
  /** The choices with which it was made. */
  #chosen: unknown = nothingChosen.all();
  #life = new AbortController();
  #isStarted = false;
  #merging: Promise<void> = Promise.resolve();
  /** A merge that has not begun yet, and will see all that comes until then. */
  #nextMerge: Promise<void> | null = null;

  constructor(options: CatalogueOptions) {
    this.#options = options;
    this.#changes = new Emitter((err) => options.log.error({ err }, 'a listener of the catalogue failed'));
    this.#lists = options.accounts.map((account) => this.#listOf(account));
  }

  /** Resolves when the lists on disk, if any, are loaded; the first refreshes continue in the background. */
  async start(): Promise<void> {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#life = new AbortController();
    await this.#load(this.#lists);
    if (this.#isStarted) for (const list of this.#lists) void list.keepFresh();
  }

  /** Aborts loading and refreshing, and waits for their end. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#life.abort(new Error('the catalogue is stopped'));
    await Promise.all(this.#lists.map((list) => list.stop()));
    await this.#merging.catch(() => {});
    this.#life = new AbortController();
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

  /** The channels for events, with what they have now; the same object while the list is the same. */
  get events(): ChannelEvents {
    return this.#current.search?.events ?? noEvents;
  }

  /** The categories of all accounts' whole lists, those that are left out as well. */
  get allCategories(): readonly CountedCategory[] {
    return labelled(this.#lists);
  }

  /** The list of each account. */
  get lists(): readonly ListState[] {
    return this.#lists.map(({ account, data, lastFailure, isForeign }) => ({
      account,
      channels: data?.channels.length ?? 0,
      refreshedAt: data?.refreshedAt ?? null,
      lastFailure,
      isForeign,
    }));
  }

  /** The error of the last refresh of the first account that failed; null if all succeeded. */
  get lastFailure(): unknown {
    return this.#lists.find(({ lastFailure }) => lastFailure !== null)?.lastFailure ?? null;
  }

  /** Calls the listener after each change until the returned function is called. */
  onChange(listener: CatalogueListener): () => void {
    return this.#changes.subscribe(listener);
  }

  /**
   * Fetches all lists now, or joins their current refreshes.
   * @throws the first error if none succeeded
   */
  async refresh(options: RefreshOptions = {}): Promise<RefreshResult> {
    const outcomes = await this.refreshEach(options);
    const good = outcomes.filter((outcome) => 'after' in outcome);
    const [bad] = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
    if (good.length === 0) throw bad ?? new AppError('catalogue_not_ready');
    const total = { before: 0, after: 0, categories: 0, dropped: 0 };
    for (const { before, after, categories, dropped } of good) {
      total.before += before;
      total.after += after;
      total.categories += categories;
      total.dropped += dropped;
    }
    return total;
  }

  /** Fetches all lists now, or joins their current refreshes; tells what came of each. Never rejects. */
  async refreshEach({ signal, force = false }: RefreshOptions = {}): Promise<readonly AccountRefresh[]> {
    const options = { force, ...(signal ? { signal } : {}) };
    return Promise.all(
      this.#lists.map(async (list): Promise<AccountRefresh> => {
        const { account } = list;
        try {
          return { account, ...(await list.refresh(options)) };
        } catch (error) {
          return { account, error };
        }
      }),
    );
  }

  /** Fetches the list of one account. @throws as AccountList.refresh */
  async refreshOne(account: AccountId): Promise<void> {
    await this.#lists.find((list) => list.account === account)?.refresh();
  }

  /**
   * Lists these accounts from now on. Lists of accounts that stay go on; a new one is loaded from the disk, and refreshed once
   * `keepFresh` is called.
   */
  async use(accounts: readonly ListedAccount[]): Promise<void> {
    const before = this.#lists;
    const lists = accounts.map((account) => {
      const isOwn = this.#isOwn(account, accounts);
      return (
        before.find((list) => list.account === account.id && list.isOwn === isOwn) ??
        this.#listOf(account, accounts)
      );
    });
    const added = lists.filter((list) => !before.includes(list));
    const left = before.filter((list) => !lists.includes(list));
    this.#lists = lists;
    await Promise.all(left.map((list) => list.stop()));
    await this.#load(added);
    // Such a list is that of the same account, but was or becomes the own one's.
    for (const list of added)
      if (before.some(({ account }) => account === list.account)) void list.keepFresh();
  }

  /** Refreshes the list of an account from now on. Resolves after the first time. Never rejects. */
  async keepFresh(account: AccountId): Promise<void> {
    await this.#lists.find((list) => list.account === account)?.keepFresh();
  }

  /** Reads an account's list anew, since it has another login. @see AccountList.changeLogin */
  async changeLogin(account: AccountId): Promise<void> {
    await this.#lists.find((list) => list.account === account)?.changeLogin();
  }

  /** Makes the list anew, since choices have changed. Rejects as a merge does. */
  async choose(): Promise<void> {
    if (this.#merged.length > 0) await this.#merge();
  }

  #listOf(account: ListedAccount, accounts = this.#options.accounts): AccountList {
    const { clock, log, refreshInterval, random, filter, onFailure } = this.#options;
    return new AccountList({
      account,
      isOwn: this.#isOwn(account, accounts),
      clock,
      log,
      ...(refreshInterval === undefined ? {} : { refreshInterval }),
      ...(random ? { random } : {}),
      ...(filter ? { filter } : {}),
      onData: () => this.#merge(),
      onFailure: (error) => onFailure?.(error, account.id),
    });
  }

  #isOwn({ id }: ListedAccount, accounts: readonly ListedAccount[]): boolean {
    return id === (this.#options.ownAccount ?? accounts[0])?.id;
  }

  async #load(lists: readonly AccountList[]): Promise<void> {
    await Promise.all(lists.map((list) => list.load()));
    if (!this.#life.signal.aborted) await this.#merge().catch(() => {});
  }

  /** Makes one list of all accounts'. Accounts that come while it works are merged together afterwards. */
  #merge(): Promise<void> {
    this.#nextMerge ??= this.#merging
      .catch(() => {})
      .then(() => {
        this.#nextMerge = null;
        return this.#mergeNow(this.#life.signal);
      });
    this.#merging = this.#nextMerge;
    return this.#nextMerge;
  }

  async #mergeNow(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const lists = this.#lists.flatMap(({ account, data }) => (data ? [{ account, ...data }] : []));
    // The lists of accounts that were left stay until there is another.
    if (lists.length === 0) return;
    // A new order of the accounts is no other list.
    const leading = this.#lists.find(({ isOwn }) => isOwn) ?? this.#lists[0];
    const refreshedAt = leading?.data?.refreshedAt ?? null;
    const { search: known, snapshot: before } = this.#current;
    const { search = buildSearch, choices = nothingChosen } = this.#options;
    const chosen = choices.all();
    if (known && chosen === this.#chosen && isSame(this.#merged, lists)) {
      this.#current = { snapshot: { ...before, refreshedAt }, search: known };
    } else {
      const [first, ...others] = lists.map((list) => list.channels);
      const whole = first && others.length > 0 ? first.concat(...others) : (first ?? []);
      const categories = labelled(lists);
      const index = await search(whole, signal, categories, choices);
      const { channels } = index;
      const snapshot = await buildSnapshot({ channels, categories, refreshedAt }, signal);
      this.#current = { snapshot, search: index };
    }
    this.#merged = lists;
    this.#chosen = chosen;
    this.#changes.emit(this.#current.snapshot);
  }
}

const noEvents: ChannelEvents = { series: [], events: [] };

/** Whether the lists are of the same accounts, and the same as they were. */
function isSame(before: readonly CatalogueData[], after: readonly CatalogueData[]): boolean {
  return (
    before.length === after.length &&
    before.every(
      ({ channels, categories }, at) =>
        channels === after[at]?.channels && categories === after[at]?.categories,
    )
  );
}
