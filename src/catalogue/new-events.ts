import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import type { EventNames } from '../store/event-names.ts';
import type { Catalogue } from './catalogue.ts';
import { foldWords } from './names/fold.ts';
import type { ChannelEvent, ChannelEvents } from './search/channel-search.ts';

export interface NewEventsOptions {
  readonly catalogue: Pick<Catalogue, 'events' | 'onChange'>;
  readonly names: Pick<EventNames, 'take'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Pick<Logger, 'error'>;
}

/** Tells of events that have come to channels for events since the list before, each once. */
export class NewEvents {
  readonly #options: NewEventsOptions;
  readonly #news: Emitter<readonly ChannelEvent[]>;
  #known: ChannelEvents | null = null;
  #end: () => void = () => {};

  constructor(options: NewEventsOptions) {
    this.#options = options;
    this.#news = new Emitter((err) => options.logger.error({ err }, 'a listener of new events failed'));
  }

  start(): void {
    this.#end = this.#options.catalogue.onChange(() => this.#look());
  }

  stop(): void {
    this.#end();
  }

  /** Calls the listener with new events, at least one, until the returned function is called. */
  subscribe(listener: (events: readonly ChannelEvent[]) => void): () => void {
    return this.#news.subscribe(listener);
  }

  #look(): void {
    const { catalogue, names, clock } = this.#options;
    const found = catalogue.events;
    // Most refreshes bring the same list.
    if (found === this.#known) return;
    this.#known = found;
    const named = found.events.map((event) => ({ ...event, name: foldWords(event.text) }));
    const news = names.take(named, found.series, clock.now());
    if (news.length > 0) this.#news.emit(news);
  }
}
