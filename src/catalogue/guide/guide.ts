import { LRUCache } from 'lru-cache';
import type { Programme } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';
import { SHORT_GUIDE_LENGTH, type SourceProvider } from '../../domain/source-provider.ts';
import { type Clock, sleep } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import { foldWords } from '../names/fold.ts';
import type { Airing } from './search-titles.ts';
import type { WholeGuide } from './whole-guide.ts';

/** The current and the next programme of a channel. */
export interface NowAndNext {
  readonly now: Programme | null;
  readonly next: Programme | null;
}

export interface GuideOptions {
  readonly provider: Pick<SourceProvider, 'shortGuide'>;
  readonly whole: Pick<WholeGuide, 'has' | 'isSilent' | 'between' | 'onNow' | 'search' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Known {
  readonly programmes: readonly Listed[];
  readonly refreshAt: number;
}

/** A programme and its searchable title. */
interface Listed {
  readonly programme: Programme;
  readonly words: string;
}

const FRESH_FOR = 30 * 60_000;
const RETRY_AFTER = 60_000;
const CHANNELS_KEPT = 2_000;
const SHORT_GUIDE_REACH = 12 * 60 * 60_000;
/** The most programmes of one answer: a day of a channel that shows clips. */
const MOST_IN_A_SPAN = 300;
/** The programmes that are read at a time of a long span: more would grow old in memory while several players are answered. */
const PAGE = 60;
/** The fewest letters that are searched, since fewer begin a word of almost any title. */
const SHORTEST_TITLE = 3;

/**
 * The programmes of all channels: from the whole guide or, for channels that it lacks, from the provider's short guide, which
 * is fetched on demand. Both are cached for half an hour.
 */
export class Guide {
  readonly #options: GuideOptions;
  readonly #changes: Emitter<ChannelId>;
  readonly #known = new LRUCache<ChannelId, Known>({ max: CHANNELS_KEPT });
  readonly #underWay = new Map<ChannelId, Promise<void>>();
  #changedAt: number;

  constructor(options: GuideOptions) {
    this.#options = options;
    this.#changedAt = options.clock.now();
    this.#changes = new Emitter((err) => options.logger.error({ err }, 'a listener of the guide failed'));
    options.whole.onChange(() => this.#clear());
  }

  /** When the programmes of any channel changed last, in this process, in epoch milliseconds. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** Calls the listener when a channel's programmes have changed, until the returned function is called. */
  subscribe(listener: (channelId: ChannelId) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** The cached current and next programme; if the cache is empty or old, it asks the provider in the background. */
  get(channelId: ChannelId): NowAndNext {
    void this.#refreshIfOld(channelId);
    const rest = this.#rest(channelId);
    const now = this.#options.clock.now();
    return {
      now: rest.find(({ start }) => start <= now) ?? null,
      next: rest.find(({ start }) => start > now) ?? null,
    };
  }

  /**
   * The current and the following programmes. If the cache is empty or old, it waits for the provider's answer for at most
   * `patience` milliseconds, and then returns the cached ones.
   */
  async upcoming(channelId: ChannelId, patience: number): Promise<readonly Programme[]> {
    const refresh = this.#refreshIfOld(channelId);
    if (refresh) {
      const waited = new AbortController();
      const patienceEnds = sleep(this.#options.clock, patience, waited.signal).catch(() => {});
      await Promise.race([refresh, patienceEnds]);
      waited.abort();
    }
    return this.#rest(channelId);
  }

  /** Whether the whole guide has programmes of a channel, so that the provider need not be asked. */
  isAtHand(channelId: ChannelId): boolean {
    const { whole, clock } = this.#options;
    return whole.between(channelId, clock.now(), Number.MAX_SAFE_INTEGER, 1).length > 0;
  }

  /** The programmes of a channel in a span, by start; for channels that the whole guide lacks, it waits like `upcoming`. */
  async between(
    channelId: ChannelId,
    from: number,
    to: number,
    patience: number,
  ): Promise<readonly Programme[]> {
    const { whole, clock } = this.#options;
    if (whole.has(channelId)) return whole.between(channelId, from, to, MOST_IN_A_SPAN);
    const isWithinReach = from <= clock.now() + SHORT_GUIDE_REACH;
    const upcoming = isWithinReach ? await this.upcoming(channelId, patience) : this.#rest(channelId);
    return upcoming.filter(({ start, stop }) => start < to && stop > from);
  }

  /** The programmes of a channel in a span that are at hand, by start. The provider is not asked. */
  *atHand(channelId: ChannelId, from: number, to: number): Generator<Programme> {
    const { whole } = this.#options;
    if (!whole.has(channelId)) {
      for (const { programme } of this.#known.peek(channelId)?.programmes ?? [])
        if (programme.start < to && programme.stop > from) yield programme;
      return;
    }
    for (let since = from; since < to; ) {
      const page = whole.between(channelId, since, to, PAGE);
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      since = last.stop;
    }
  }

  /** The current and future programmes with these words in their title, the soonest first. Of the channels that the whole guide lacks, it searches the cached ones. */
  async search(text: string, limit: number): Promise<readonly Airing[]> {
    const words = foldWords(text);
    if (words.length < SHORTEST_TITLE) return [];
    const { whole, clock } = this.#options;
    const now = clock.now();
    const asked = [...this.#known].flatMap(([channelId, { programmes }]) =>
      whole.has(channelId)
        ? []
        : programmes
            .filter((listed) => listed.programme.stop > now && hasWords(listed, words))
            .map(({ programme }) => ({ channelIds: [channelId], programme })),
    );
    return [...(await whole.search(words, limit)), ...asked]
      .sort((a, b) => a.programme.start - b.programme.start)
      .slice(0, limit);
  }

  /** Ids of the channels whose current programme has this text in its title, as far as it is known. */
  onNow(text: string): ChannelId[] {
    const words = foldWords(text);
    if (words.length < SHORTEST_TITLE) return [];
    const now = this.#options.clock.now();
    const asked = [...this.#known].reverse().flatMap(([channelId, { programmes }]) => {
      const current = programmes.find(({ programme: { start, stop } }) => start <= now && stop > now);
      return current && ` ${current.words}`.includes(` ${words}`) ? [channelId] : [];
    });
    return [...new Set([...asked, ...this.#options.whole.onNow(words)])];
  }

  /** Forgets the programmes of the former account's channels. */
  changeAccount(): void {
    this.#clear();
  }

  /** Clears the cache after a new whole guide, and notifies the listeners of each cached channel. */
  #clear(): void {
    const ids = [...this.#known.keys()];
    this.#known.clear();
    this.#changedAt = this.#options.clock.now();
    for (const id of ids) this.#changes.emit(id);
  }

  #isOld(channelId: ChannelId): boolean {
    const known = this.#known.get(channelId);
    return !known || known.refreshAt <= this.#options.clock.now();
  }

  #rest(channelId: ChannelId): Programme[] {
    const now = this.#options.clock.now();
    return (this.#known.get(channelId)?.programmes ?? []).flatMap(({ programme }) =>
      programme.stop > now ? [programme] : [],
    );
  }

  /** Refreshes an old cache entry. Returns null if the entry is fresh now. Never rejects. */
  #refreshIfOld(channelId: ChannelId): Promise<void> | null {
    const underWay = this.#underWay.get(channelId);
    if (underWay || !this.#isOld(channelId)) return underWay ?? null;
    const { whole, clock } = this.#options;
    const programmes = whole.between(channelId, clock.now(), Number.MAX_SAFE_INTEGER, SHORT_GUIDE_LENGTH);
    if (programmes.length > 0 || whole.isSilent(channelId)) {
      this.#keep(channelId, programmes.map(toListed), FRESH_FOR);
      return null;
    }
    const refresh = this.#fetch(channelId).finally(() => this.#underWay.delete(channelId));
    this.#underWay.set(channelId, refresh);
    return refresh;
  }

  async #fetch(channelId: ChannelId): Promise<void> {
    const { provider, logger } = this.#options;
    const programmes = this.#known.get(channelId)?.programmes ?? [];
    this.#keep(channelId, programmes, RETRY_AFTER);
    try {
      const guide = await provider.shortGuide(channelId);
      this.#keep(channelId, guide.map(toListed), FRESH_FOR);
      this.#changedAt = this.#options.clock.now();
      this.#changes.emit(channelId);
    } catch (error) {
      logger.debug({ channelId, err: error }, 'no guide');
    }
  }

  #keep(channelId: ChannelId, programmes: readonly Listed[], freshFor: number): void {
    this.#known.set(channelId, { programmes, refreshAt: this.#options.clock.now() + freshFor });
  }
}

function toListed(programme: Programme): Listed {
  return { programme, words: foldWords(programme.title) };
}

function hasWords({ words }: Listed, wanted: string): boolean {
  return wanted.split(' ').every((word) => ` ${words}`.includes(` ${word}`));
}
