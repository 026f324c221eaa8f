import { signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { TitleHit } from '../common/contract/guide.ts';
import { toastError } from '../common/failure.ts';

/** Milliseconds without a further letter after which the search starts. */
const TYPED_MS = 250;

/** The search in the titles of the guide, with its results. */
class TitleFinder {
  /** The search's text; while it is empty, the grid is shown. */
  readonly text = signal('');
  /** The results, soonest first; null until they are known. */
  readonly hits = signal<readonly TitleHit[] | null>(null);

  private timer: ReturnType<typeof setTimeout> | undefined;
  private request = new AbortController();

  find(text: string): void {
    this.text.value = text;
    clearTimeout(this.timer);
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    if (text.trim() === '') this.hits.value = null;
    else this.timer = setTimeout(() => void this.ask(text, signal), TYPED_MS);
  }

  private async ask(text: string, signal: AbortSignal): Promise<void> {
    try {
      const hits = await api.findTitles(text, signal);
      if (!signal.aborted) this.hits.value = hits;
    } catch (error) {
      if (!signal.aborted) toastError(error);
    }
  }
}

/** The title search of the guide. */
export const titles = new TitleFinder();
