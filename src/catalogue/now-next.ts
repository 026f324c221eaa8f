import type { Programme } from '../domain/channel.ts';
import type { Provider } from '../domain/provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

export interface NowAndNext {
  readonly now: Programme | null;
  readonly next: Programme | null;
}

const FRESH_FOR = 30 * 60_000;
const RETRY_AFTER = 60_000;
const CHANNELS_KEPT = 200;

/** What is on, from the provider's short guide, fetched when somebody wants to know and kept for half an hour. */
export class NowNext {
  readonly #provider: Pick<Provider, 'shortGuide'>;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #listeners = new Set<(channelId: number) => void>();
  readonly #known = new Map<number, { programmes: readonly Programme[]; refreshAt: number }>();

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
    const now = this.#clock.now();
    const known = this.#known.get(channelId);
    if (!known || known.refreshAt <= now) void this.#refresh(channelId);
    const rest = (known?.programmes ?? []).filter((programme) => programme.stop > now);
    const current = rest.find((programme) => programme.start <= now) ?? null;
    return { now: current, next: rest.find((programme) => programme.start > now) ?? null };
  }

  async #refresh(channelId: number): Promise<void> {
    const programmes = this.#known.get(channelId)?.programmes ?? [];
    this.#keep(channelId, programmes, RETRY_AFTER);
    try {
      this.#keep(channelId, await this.#provider.shortGuide(channelId), FRESH_FOR);
      for (const listener of this.#listeners) listener(channelId);
    } catch (error) {
      this.#logger.debug({ channelId, err: error }, 'no guide');
    }
  }

  #keep(channelId: number, programmes: readonly Programme[], freshFor: number): void {
    this.#known.delete(channelId);
    this.#known.set(channelId, { programmes, refreshAt: this.#clock.now() + freshFor });
    const [oldest] = this.#known.keys();
    if (this.#known.size > CHANNELS_KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}
