import { signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { Category, ChannelGroup } from '../common/contract.ts';

const PAGE_SIZE = 60;
const MOST_RECENTS = 8;

/** What the remote beside the picture offers: what one knows first, then the list. */
export class ChannelShelves {
  readonly favourites = signal<readonly ChannelGroup[]>([]);
  readonly recents = signal<readonly ChannelGroup[]>([]);
  readonly categories = signal<readonly Category[]>([]);
  /** What was searched for, or the list as far as it has been scrolled through. */
  readonly found = signal<readonly ChannelGroup[]>([]);
  readonly isAll = signal(false);

  private query = { q: '', category: null as string | null };
  private wish = new AbortController();
  private isLoading = false;

  /** What does not depend on a search. */
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

  find(q: string, category: string | null): void {
    this.query = { q, category };
    this.wish.abort();
    this.wish = new AbortController();
    this.isLoading = false;
    void this.load(1);
  }

  /** More of the same, once the end is near. */
  more(): void {
    const loaded = this.found.peek().length;
    if (!this.isAll.peek() && !this.isLoading) void this.load(Math.floor(loaded / PAGE_SIZE) + 1);
  }

  stop(): void {
    this.wish.abort();
  }

  private async load(page: number): Promise<void> {
    const { signal } = this.wish;
    this.isLoading = true;
    try {
      const answer = await api.groups({ ...this.query, page, page_size: PAGE_SIZE }, signal);
      this.found.value = page === 1 ? answer.items : [...this.found.peek(), ...answer.items];
      this.isAll.value = page >= answer.pages;
    } catch {
      // called off, or the server is away: the next letter or turn of the wheel asks again
    } finally {
      if (!signal.aborted) this.isLoading = false;
    }
  }
}
