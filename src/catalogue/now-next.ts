import type { Programme } from '../domain/channel.ts';
import type { Provider } from '../domain/provider.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { foldWords } from './names/fold.ts';

export interface NowAndNext {
  readonly now: Programme | null;
  readonly next: Programme | null;
}

interface Known {
  readonly programmes: readonly Listed[];
  readonly refreshAt: number;
}

/** A programme, and its title as it is searched. */
interface Listed {
  readonly programme: Programme;
  readonly words: string;
}

const FRESH_FOR = 30 * 60_000;
const RETRY_AFTER = 60_000;
const CHANNELS_KEPT = 2_000;
/** Fewer letters are the beginning of a word of almost any title. */
const SHORTEST_TITLE = 3;

/** What is on, from the provider's short guide, fetched when somebody wants to know and kept for half an hour. */
export class NowNext {
  readonly #provider: Pick<Provider, 'shortGuide'>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #listeners = new Set<(channelId: number) => void>();
  readonly #known = new Map<number, Known>();
  readonly #underWay = new Map<number, Promise<void>>();

  constructor(provider: Pick<Provider, 'shortGuide'>, clock: Clock, logger: Logger) {
    this.#provider = provider;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Is told when news of a channel has come; the returned function ends that. */
  subscribe(listener: (channelId: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is known now; asks the provider in the background where that is nothing or old. */
  get(channelId: number): NowAndNext {
    if (this.#isOld(channelId)) void this.#refresh(channelId);
    const rest = this.#rest(channelId);
    const now = this.#clock.now();
    return {
      now: rest.find(({ start }) => start <= now) ?? null,
      next: rest.find(({ start }) => start > now) ?? null,
    };
  }

  /**
   * What is on and what follows, as far as the provider says. Waits for its answer where nothing is known or that is
   * old, at most so many milliseconds: then it is what is known.
   */
  async upcoming(channelId: number, patience: number): Promise<readonly Programme[]> {
    const refresh =
      this.#underWay.get(channelId) ?? (this.#isOld(channelId) ? this.#refresh(channelId) : null);
    if (refresh) {
      const waited = new AbortController();
      const patienceEnds = sleep(this.#clock, patience, waited.signal).catch(() => {});
      await Promise.race([refresh, patienceEnds]);
      waited.abort();
    }
    return this.#rest(channelId);
  }

  /** Ids of the channels, of those asked for lately, on which something of that title is on now. */
  onNow(text: string): number[] {
    const wanted = ` ${foldWords(text)}`;
    if (wanted.length <= SHORTEST_TITLE) return [];
    const now = this.#clock.now();
    return [...this.#known].flatMap(([channelId, { programmes }]) => {
      const current = programmes.find(({ programme: { start, stop } }) => start <= now && stop > now);
      return current && ` ${current.words}`.includes(wanted) ? [channelId] : [];
    });
  }

  #isOld(channelId: number): boolean {
    const known = this.#known.get(channelId);
    return !known || known.refreshAt <= this.#clock.now();
  }

  #rest(channelId: number): Programme[] {
    const now = this.#clock.now();
    return (this.#known.get(channelId)?.programmes ?? []).flatMap(({ programme }) =>
      programme.stop > now ? [programme] : [],
    );
  }

  /** Never rejects. */
  #refresh(channelId: number): Promise<void> {
    const refresh = this.#fetch(channelId).finally(() => this.#underWay.delete(channelId));
    this.#underWay.set(channelId, refresh);
    return refresh;
  }

  async #fetch(channelId: number): Promise<void> {
    const programmes = this.#known.get(channelId)?.programmes ?? [];
    this.#keep(channelId, programmes, RETRY_AFTER);
    try {
      const guide = await this.#provider.shortGuide(channelId);
      const listed = guide.map((programme) => ({ programme, words: foldWords(programme.title) }));
      this.#keep(channelId, listed, FRESH_FOR);
      for (const listener of this.#listeners) listener(channelId);
    } catch (error) {
      this.#logger.debug({ channelId, err: error }, 'no guide');
    }
  }

  #keep(channelId: number, programmes: readonly Listed[], freshFor: number): void {
    this.#known.delete(channelId);
    this.#known.set(channelId, { programmes, refreshAt: this.#clock.now() + freshFor });
    const [oldest] = this.#known.keys();
    if (this.#known.size > CHANNELS_KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}
