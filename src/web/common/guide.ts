import { signal } from '@preact/signals';
import { api } from './api.ts';
import type { ChannelId } from './contract/channels.ts';
import type { Programme, Span } from './contract/guide.ts';

/** Channels in one request, as many as the server accepts. */
const BATCH = 60;
/** Milliseconds that rows must stay in view before they are requested, so that fast scrolling costs nothing. */
const LOOKED_AT_MS = 200;
const FRESH_MS = 10 * 60_000;
/** An empty answer is asked for again sooner, since the server may still be loading the guide. */
const EMPTY_FRESH_MS = 60_000;

/** Loads and caches the programmes of the channels in view, for a span of time or from now on. */
export class Guide {
  /** The programmes by the channel's guide id. */
  readonly programmes = signal<ReadonlyMap<ChannelId, readonly Programme[]>>(new Map());

  private readonly span: Span | null;
  private readonly due = new Map<ChannelId, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param span null for the current and the next programmes */
  constructor(span: Span | null) {
    this.span = span;
  }

  /** Loads these channels once they have been in view for a moment. */
  look(ids: readonly ChannelId[]): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(ids), LOOKED_AT_MS);
  }

  /** Loads all of these channels, in as many requests as needed. */
  async load(ids: readonly ChannelId[]): Promise<void> {
    for (let start = 0; start < ids.length; start += BATCH) await this.ask(ids.slice(start, start + BATCH));
  }

  /** Loads these channels again, after their guide has changed. */
  async reload(ids: readonly ChannelId[]): Promise<void> {
    for (const id of ids) this.due.delete(id);
    await this.load(ids);
  }

  private async ask(ids: readonly ChannelId[]): Promise<void> {
    const now = Date.now();
    const wanted = ids.filter((id) => (this.due.get(id) ?? 0) <= now).slice(0, BATCH);
    if (wanted.length === 0) return;
    for (const id of wanted) this.due.set(id, now + EMPTY_FRESH_MS);
    try {
      const rows = await api.guide(wanted, this.span);
      const known = new Map(this.programmes.value);
      for (const { channel_id: id, programmes } of rows) {
        known.set(id, programmes);
        if (programmes.length > 0) this.due.set(id, now + FRESH_MS);
      }
      this.programmes.value = known;
    } catch {
      // rows are shown without programmes; a request after a minute tries again
    }
  }
}

/** The guide from now on, shared by all lists of a page. */
export const guide = new Guide(null);
