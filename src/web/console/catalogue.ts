import { signal } from '@preact/signals';
import { ApiError, api } from '../common/api.ts';
import type { Category, ChannelGroup, Favourite, GroupPage } from '../common/contract/channels.ts';
import { sessionLost } from '../common/session.ts';
import { loadFavourites } from './favourites.ts';

const PAGE_SIZE = 50;
/** Pages that stay loaded, so that scrolling back needs no request; this limits the memory for long lists. */
const PAGES_KEPT = 40;

/** loading: the first page of a new query is being loaded · failed: the last request failed. */
export type CatalogueState = 'loading' | 'ready' | 'failed';

/** The shelves above the categories. */
export const shelves = ['favourites', 'recents'] as const;
/** A short list of channels that is chosen like a category. */
export type Shelf = (typeof shelves)[number];

/** The channels of a search in a category, or of a shelf: their number, and the pages that are loaded. */
class Catalogue {
  readonly categories = signal<readonly Category[]>([]);
  /** The number of channels in the whole list; null until known. */
  readonly all = signal<number | null>(null);
  readonly search = signal('');
  readonly category = signal<string | null>(null);
  readonly shelf = signal<Shelf | null>(null);
  readonly total = signal(0);
  readonly state = signal<CatalogueState>('loading');
  /** Counts the answered queries; with each, the list starts at the top. */
  readonly answered = signal(0);

  private readonly pages = signal<ReadonlyMap<number, readonly ChannelGroup[]>>(new Map());
  private firstPageRequest = new AbortController();
  private readonly underWay = new Map<number, AbortController>();

  /** The channel at an index of the list; undefined until its page is loaded. */
  at(index: number): ChannelGroup | undefined {
    return this.pages.value.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
  }

  /** The most days of the past that a loaded channel has. */
  get archiveDays(): number {
    const groups = [...this.pages.value.values()].flat();
    return groups.reduce((most, { archive_days: days }) => Math.max(most, days), 0);
  }

  /** Loads everything again: at the start, after a refresh of the list, and after the server was away. */
  reload(): void {
    void this.loadCategories();
    loadFavourites().catch(noticeSession);
    void this.ask();
  }

  /** Searches at every letter and leaves the shelf; the answer to an older search is never shown. */
  setSearch(text: string): void {
    this.search.value = text;
    this.shelf.value = null;
    void this.ask();
  }

  setCategory(id: string | null): void {
    this.category.value = id;
    this.shelf.value = null;
    void this.ask();
  }

  setShelf(shelf: Shelf): void {
    this.search.value = '';
    this.category.value = null;
    this.shelf.value = shelf;
    void this.ask();
  }

  /** Adds new favourites to the open shelf. Removed ones stay until the shelf is opened again, so that one can undo it. */
  follow(favourites: readonly Favourite[]): void {
    if (this.shelf.peek() !== 'favourites' || this.state.peek() !== 'ready') return;
    const rows = this.pages.peek().get(0) ?? [];
    const missing = groupsOf(favourites).filter(({ id }) => !rows.some((row) => row.id === id));
    if (missing.length === 0) return;
    this.pages.value = new Map([[0, [...rows, ...missing]]]);
    this.total.value = rows.length + missing.length;
  }

  /** Loads the missing pages of the rows in view, and aborts requests for other pages. */
  look(first: number, last: number): void {
    // a shelf is loaded as a whole
    if (this.state.value !== 'ready' || this.shelf.peek() !== null) return;
    const from = Math.floor(first / PAGE_SIZE);
    const to = Math.floor(Math.max(first, last) / PAGE_SIZE);
    for (const [page, request] of this.underWay) if (page < from || page > to) request.abort();
    for (let page = from; page <= to; page += 1) {
      if (!this.pages.peek().has(page) && !this.underWay.has(page)) void this.loadPage(page);
    }
  }

  /** Repeats the requests that failed. */
  retry(): void {
    if (this.categories.value.length === 0) void this.loadCategories();
    void this.ask();
  }

  private async loadCategories(): Promise<void> {
    try {
      const { items, total } = await api.categories();
      this.categories.value = items;
      this.all.value = total;
    } catch (error) {
      noticeSession(error);
    }
  }

  /** Loads the first page of a new query; the rows of the last one stay until it is there. */
  private async ask(): Promise<void> {
    this.firstPageRequest.abort();
    const request = new AbortController();
    this.firstPageRequest = request;
    for (const pageRequest of this.underWay.values()) pageRequest.abort();
    this.underWay.clear();
    this.state.value = 'loading';
    try {
      const { items, total } = await this.first(request.signal);
      if (request.signal.aborted) return;
      this.pages.value = new Map([[0, items]]);
      this.total.value = total;
      this.answered.value += 1;
      this.state.value = 'ready';
    } catch (error) {
      if (request.signal.aborted) return;
      noticeSession(error);
      this.state.value = 'failed';
    }
  }

  private async first(signal: AbortSignal): Promise<Pick<GroupPage, 'items' | 'total'>> {
    const shelf = this.shelf.value;
    if (shelf === null) return api.groups(this.query(0), signal);
    const items = shelf === 'recents' ? await api.recents(signal) : groupsOf(await loadFavourites(signal));
    return { items, total: items.length };
  }

  private async loadPage(page: number): Promise<void> {
    const request = new AbortController();
    this.underWay.set(page, request);
    try {
      const { items } = await api.groups(this.query(page), request.signal);
      if (request.signal.aborted) return;
      const kept = [...this.pages.value].slice(-PAGES_KEPT);
      this.pages.value = new Map([...kept, [page, items]]);
    } catch (error) {
      if (request.signal.aborted) return;
      noticeSession(error);
      this.state.value = 'failed';
    } finally {
      if (this.underWay.get(page) === request) this.underWay.delete(page);
    }
  }

  private query(page: number) {
    const { search, category } = this;
    return { q: search.value.trim(), category: category.value, page: page + 1, page_size: PAGE_SIZE };
  }
}

/** The favourites that are in the list. */
function groupsOf(favourites: readonly Favourite[]): ChannelGroup[] {
  return favourites.flatMap(({ channel }) => channel ?? []);
}

function noticeSession(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) sessionLost();
}

/** The channel list of the console. */
export const catalogue = new Catalogue();
