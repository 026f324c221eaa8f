import { signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { Category, ChannelGroup } from '../common/contract/channels.ts';

const PAGE_SIZE = 60;
const MOST_RECENTS = 8;

/** The lists of the remote beside the picture: favourites and recent channels, then all channels or the search's results. */
export class ChannelShelves {
  readonly favourites = signal<readonly ChannelGroup[]>([]);
  readonly recents = signal<readonly ChannelGroup[]>([]);
  readonly categories = signal<readonly Category[]>([]);
  /** The results of the search, or the whole list, as far as they are loaded. */
  readonly found = signal<readonly ChannelGroup[]>([]);
  /** True once `found` is complete. */
  readonly isAll = signal(false);

  private query = { q: '', category: null as string | null };
  private request = new AbortController();
  private isLoading = false;

  /** Loads the favourites, the recent channels and the categories. */
  start(): void {
    const ignore = () => undefined;
    api.favourites().then((kept) => {
      this.favourites.value = kept.flatMap(({ channel }) => channel ?? []);
    }, ignore);
    api.recents().then((items) => {
      this.recents.value = items.slice(0, MOST_RECENTS);
    }, ignore);
    api.categories().then(({ items }) => {
      this.categories.value = items;
    }, ignore);
  }

  /** Starts a new search, and aborts the one before. */
  find(q: string, category: string | null): void {
    this.query = { q, category };
    this.request.abort();
    this.request = new AbortController();
    this.isLoading = false;
    void this.load(1);
  }

  /** Loads the next page, unless one is being loaded or all are there. */
  more(): void {
    const loaded = this.found.peek().length;
    if (!this.isAll.peek() && !this.isLoading) void this.load(Math.floor(loaded / PAGE_SIZE) + 1);
  }

  stop(): void {
    this.request.abort();
  }

  private async load(page: number): Promise<void> {
    const { signal } = this.request;
    this.isLoading = true;
    try {
      const answer = await api.groups({ ...this.query, page, page_size: PAGE_SIZE }, signal);
      this.found.value = page === 1 ? answer.items : [...this.found.peek(), ...answer.items];
      this.isAll.value = page >= answer.pages;
    } catch {
      // aborted, or the server is away: the next letter or scroll asks again
    } finally {
      if (!signal.aborted) this.isLoading = false;
    }
  }
}
