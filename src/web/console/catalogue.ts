import { signal } from '@preact/signals';
import { ApiError, api } from '../common/api.ts';
import type { Category, Channel } from '../common/contract.ts';
import { sessionLost } from './session.ts';

const PAGE_SIZE = 50;
const TYPING_MS = 120;

/** loading: a first page is on its way · more: a further one · failed: the last request was in vain. */
export type CatalogueState = 'loading' | 'more' | 'ready' | 'failed';

/** The channel list as it is being looked at: search, category, and the pages that have been scrolled to. */
class Catalogue {
  readonly categories = signal<readonly Category[]>([]);
  readonly search = signal('');
  readonly category = signal<string | null>(null);
  readonly channels = signal<readonly Channel[]>([]);
  readonly total = signal(0);
  readonly state = signal<CatalogueState>('loading');

  private page = 0;
  private pages = 0;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private request: AbortController | null = null;

  /** Loads everything anew: at the start, after a refresh of the list, and after the server was away. */
  reload(): void {
    void this.loadCategories();
    void this.load(1);
  }

  /** Waits for a pause in typing; an answer to an older search is never shown. */
  setSearch(text: string): void {
    this.search.value = text;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.load(1), TYPING_MS);
  }

  setCategory(id: string | null): void {
    this.category.value = id;
    clearTimeout(this.typing);
    void this.load(1);
  }

  get hasMore(): boolean {
    return this.page < this.pages;
  }

  loadMore(): void {
    if (this.state.value === 'ready' && this.hasMore) void this.load(this.page + 1);
  }

  /** Tries again what failed last. */
  retry(): void {
    if (this.categories.value.length === 0) void this.loadCategories();
    void this.load(this.page + 1);
  }

  private async loadCategories(): Promise<void> {
    try {
      this.categories.value = await api.categories();
    } catch (error) {
      noticeSession(error);
    }
  }

  private async load(page: number): Promise<void> {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    this.state.value = page === 1 ? 'loading' : 'more';
    if (page === 1) this.page = 0;
    const query = { q: this.search.value.trim(), category: this.category.value, page, page_size: PAGE_SIZE };
    try {
      const answer = await api.channels(query, request.signal);
      if (request.signal.aborted) return;
      this.channels.value = page === 1 ? answer.items : [...this.channels.value, ...answer.items];
      this.total.value = answer.total;
      this.page = page;
      this.pages = answer.pages;
      this.state.value = 'ready';
    } catch (error) {
      if (request.signal.aborted) return;
      noticeSession(error);
      this.state.value = 'failed';
    }
  }
}

function noticeSession(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) sessionLost();
}

export const catalogue = new Catalogue();
