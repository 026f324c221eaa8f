import { signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { TitleHit } from '../common/contract.ts';
import { tell } from './failure.ts';

/** Less than a pause between two letters is no wish yet. */
const TYPED_MS = 250;

/** What is looked for in the titles of the guide, and what the server has found. */
class TitleFinder {
  /** Empty: nothing, and the grid is shown. */
  readonly text = signal('');
  /** Soonest first; null: not known yet. */
  readonly hits = signal<readonly TitleHit[] | null>(null);

  private timer: ReturnType<typeof setTimeout> | undefined;
  private wish = new AbortController();

  find(text: string): void {
    this.text.value = text;
    clearTimeout(this.timer);
    this.wish.abort();
    this.wish = new AbortController();
    const { signal } = this.wish;
    if (text.trim() === '') this.hits.value = null;
    else this.timer = setTimeout(() => void this.ask(text, signal), TYPED_MS);
  }

  private async ask(text: string, signal: AbortSignal): Promise<void> {
    try {
      const hits = await api.findTitles(text, signal);
      if (!signal.aborted) this.hits.value = hits;
    } catch (error) {
      if (!signal.aborted) tell(error);
    }
  }
}

export const titles = new TitleFinder();
