import { signal } from '@preact/signals';
import { ApiError, api } from '../common/api.ts';
import type { Category, ChannelGroup, Favourite, GroupPage } from '../common/contract.ts';
import { loadFavourites } from './favourites.ts';
import { sessionLost } from './session.ts';

const PAGE_SIZE = 50;
/** So many rows stay at hand around those in sight: enough to scroll back and forth, whatever the list's length. */
const PAGES_KEPT = 40;

/** loading: the first page of a wish is on its way · failed: the last request was in vain. */
export type CatalogueState = 'loading' | 'ready' | 'failed';

export const shelves = ['favourites', 'recents'] as const;
/** A handful of channels that stands where a category would. */
export type Shelf = (typeof shelves)[number];

/** The channels that match a search in a category, or those of a shelf: how many there are, and those that have been in sight. */
class Catalogue {
  readonly categories = signal<readonly Category[]>([]);
  /** Channels in the whole list; null until it is known. */
  readonly all = signal<number | null>(null);
  readonly search = signal('');
  readonly category = signal<string | null>(null);
  readonly shelf = signal<Shelf | null>(null);
  readonly total = signal(0);
  readonly state = signal<CatalogueState>('loading');
  /** Counts the wishes that have been answered: another one begins at its beginning. */
  readonly answered = signal(0);

  private readonly pages = signal<ReadonlyMap<number, readonly ChannelGroup[]>>(new Map());
  private wish = new AbortController();
  private readonly underWay = new Map<number, AbortController>();

  /** The channel at a place of the list, once it is here. */
  at(index: number): ChannelGroup | undefined {
    return this.pages.value.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
  }

  /** Loads everything anew: at the start, after a refresh of the list, and after the server was away. */
  reload(): void {
    void this.loadCategories();
    loadFavourites().catch(noticeSession);
    void this.ask();
  }

  /** Asks with every letter; an answer to an older search is never shown. A search leaves the shelf. */
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

  /** Channels kept meanwhile join a shelf in sight. One kept no longer leaves it at the next opening: it can be taken back. */
  follow(favourites: readonly Favourite[]): void {
    if (this.shelf.peek() !== 'favourites' || this.state.peek() !== 'ready') return;
    const rows = this.pages.peek().get(0) ?? [];
    const missing = groupsOf(favourites).filter(({ id }) => !rows.some((row) => row.id === id));
    if (missing.length === 0) return;
    this.pages.value = new Map([[0, [...rows, ...missing]]]);
    this.total.value = rows.length + missing.length;
  }

  /** Tells which places of the list are in sight; loads what is missing, and calls off what no longer is. */
  look(first: number, last: number): void {
    // a shelf is here as a whole
    if (this.state.value !== 'ready' || this.shelf.peek() !== null) return;
    const from = Math.floor(first / PAGE_SIZE);
    const to = Math.floor(Math.max(first, last) / PAGE_SIZE);
    for (const [page, request] of this.underWay) if (page < from || page > to) request.abort();
    for (let page = from; page <= to; page += 1) {
      if (!this.pages.peek().has(page) && !this.underWay.has(page)) void this.loadPage(page);
    }
  }

  /** Tries again what failed last. */
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

  /** The first page of a new wish; the rows of the last one stay until it is there. */
  private async ask(): Promise<void> {
    this.wish.abort();
    const wish = new AbortController();
    this.wish = wish;
    for (const request of this.underWay.values()) request.abort();
    this.underWay.clear();
    this.state.value = 'loading';
    try {
      const { items, total } = await this.first(wish.signal);
      if (wish.signal.aborted) return;
      this.pages.value = new Map([[0, items]]);
      this.total.value = total;
      this.answered.value += 1;
      this.state.value = 'ready';
    } catch (error) {
      if (wish.signal.aborted) return;
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

/** Those that are in the list. */
function groupsOf(favourites: readonly Favourite[]): ChannelGroup[] {
  return favourites.flatMap(({ channel }) => channel ?? []);
}

function noticeSession(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) sessionLost();
}

export const catalogue = new Catalogue();
