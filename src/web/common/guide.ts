import { signal } from '@preact/signals';
import { api } from './api.ts';
import type { Programme, Span } from './contract.ts';

/** As many as the server answers at once. */
const BATCH = 60;
/** Rows that only fly past are not asked for. */
const LOOKED_AT_MS = 200;
const FRESH_MS = 10 * 60_000;
/** What the server did not know in time it may know soon. */
const EMPTY_FRESH_MS = 60_000;

/** What is on in a span, or now and then, of the channels that are, or were, in sight. */
export class Guide {
  /** By the channel's guide id. */
  readonly programmes = signal<ReadonlyMap<number, readonly Programme[]>>(new Map());

  private readonly span: Span | null;
  private readonly due = new Map<number, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param span null: from now on. */
  constructor(span: Span | null) {
    this.span = span;
  }

  /** Tells which channels are in sight. */
  look(ids: readonly number[]): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(ids), LOOKED_AT_MS);
  }

  /** Asks for all of them, as many at a time as the server answers. */
  async load(ids: readonly number[]): Promise<void> {
    for (let start = 0; start < ids.length; start += BATCH) await this.ask(ids.slice(start, start + BATCH));
  }

  private async ask(ids: readonly number[]): Promise<void> {
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
      // A row without its programme is still a row; they are asked for again in a minute.
    }
  }
}

/** From now on. */
export const guide = new Guide(null);
