import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { Channel, Programme } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Catalogue } from '../catalogue.ts';
import { TimeSlices } from '../time-slices.ts';
import { guideKey } from './guide-key.ts';
import { GuideReader, type Showing } from './guide-reader.ts';
import { OnNow } from './on-now.ts';
import { titlesLike } from './titles-like.ts';

/** The file and the list that are joined. */
export interface WholeGuideOptions {
  /** The file of the guide of the account that is in use. */
  readonly path: () => string;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A programme, and all channels of the list that show it at that time. */
export interface Airing {
  readonly channelIds: readonly ChannelId[];
  readonly programme: Programme;
}

/** A guide joined with a list of channels. */
interface Joined {
  /** The ids of channels in the file, by key. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The channels of the list, by those ids. */
  readonly ids: ReadonlyMap<number, readonly ChannelId[]>;
  readonly onNow: OnNow;
  readonly channels: readonly Channel[];
}

const MINUTE = 60_000;
/** The delay after the full minute, at which programmes begin. */
const AFTER_THE_MINUTE = 200;

/** The programmes of all channels, from the last good file of the provider's whole guide. It is empty while there is no file. */
export class WholeGuide {
  readonly #options: WholeGuideOptions;
  readonly #changes: Emitter;
  #loaded: (Joined & { readonly reader: GuideReader }) | null = null;
  #life = new AbortController();
  /** Jobs run one after the other, so that no job closes a file while another reads it. */
  #working: Promise<void> = Promise.resolve();
  #unsubscribe: () => void = () => {};
  #cancelTimer: () => void = () => {};

  constructor(options: WholeGuideOptions) {
    this.#options = options;
    this.#changes = new Emitter((err) =>
      options.logger.error({ err }, 'a listener of the whole guide failed'),
    );
  }

  /** Resolves when the file on disk, if any, is loaded. */
  async start(): Promise<void> {
    const { catalogue } = this.#options;
    const path = this.#options.path();
    this.#life = new AbortController();
    this.#unsubscribe = catalogue.onChange(() => void this.#try(() => this.#rejoin()));
    this.#tick();
    if (existsSync(path)) await this.#try(() => this.#open());
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#cancelTimer();
    this.#life.abort(new Error('the guide is stopped'));
    await this.#working;
    this.#loaded?.reader.close();
    this.#loaded = null;
  }

  /** The time of the guide in epoch milliseconds; null while there is none. */
  get madeAt(): number | null {
    return this.#loaded?.reader.madeAt ?? null;
  }

  /** Calls the listener after each change of the guide until the returned function is called. */
  onChange(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Replaces the file by another one. Rejects if that cannot be used. */
  replace(path: string): Promise<void> {
    return this.#inTurn(async () => {
      const candidate = new GuideReader(path);
      const joined = await this.#join(candidate).finally(() => candidate.close());
      // Windows neither renames an open file nor replaces it.
      this.#loaded?.reader.close();
      this.#loaded = null;
      const own = this.#options.path();
      await rename(path, own);
      this.#take(joined, new GuideReader(own));
    });
  }

  /** The programmes of a channel in a span, by start; empty if the guide has none. */
  between(channelId: ChannelId, from: number, to: number, limit: number): Programme[] {
    const loaded = this.#loaded;
    const number = this.#numberOf(channelId);
    if (!loaded || number === undefined) return [];
    try {
      return loaded.reader.between(number, from, to, limit);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'the guide could not be read');
      return [];
    }
  }

  /** Ids of the channels whose current programme has these words in its title. @param words folded. */
  onNow(words: string): ChannelId[] {
    return this.#loaded?.onNow.find(words) ?? [];
  }

  /** Whether the guide has the channel. */
  has(channelId: ChannelId): boolean {
    return this.#numberOf(channelId) !== undefined;
  }

  /**
   * The soonest current and future programmes whose titles match. If no title has the words, it searches for similar words. It
   * works in time slices, since a short word is in a title of every channel.
   * @param words folded.
   */
  async search(words: string, limit: number): Promise<readonly Airing[]> {
    const found: Airing[] = [];
    await this.#try(async () => {
      if (!this.#loaded) return;
      const { reader, ids } = this.#loaded;
      const slices = new TimeSlices(this.#life.signal);
      const now = this.#options.clock.now();
      const soonest = (airings: Iterable<Showing>) => this.#soonest(airings, limit, slices);
      let showings = await soonest(reader.airings(words.split(' '), now));
      if (showings.length === 0) {
        const titles = await titlesLike(reader, words, slices);
        showings = await soonest(reader.airingsOf(titles, now));
      }
      for (const { channel, start } of showings) {
        if (slices.due()) await slices.rest();
        const channelIds = ids.get(channel) ?? [];
        for (const programme of reader.between(channel, start, start + 1, 1))
          found.push({ channelIds, programme });
      }
    });
    return found;
  }

  /** The soonest airings on channels of the list. */
  async #soonest(airings: Iterable<Showing>, limit: number, slices: TimeSlices): Promise<Showing[]> {
    let found: Showing[] = [];
    const cut = () => found.sort((a, b) => a.start - b.start).slice(0, limit);
    for (const airing of airings) {
      if (this.#loaded?.ids.has(airing.channel)) found.push(airing);
      if (found.length >= 10 * limit) found = cut();
      if (slices.due()) await slices.rest();
    }
    return cut();
  }

  #numberOf(channelId: ChannelId): number | undefined {
    const epgId = this.#options.catalogue.snapshot().byId.get(channelId)?.epgId;
    return epgId ? this.#loaded?.numbers.get(guideKey(epgId)) : undefined;
  }

  #inTurn(job: () => Promise<void>): Promise<void> {
    const { signal } = this.#life;
    const done = this.#working.then(async () => {
      signal.throwIfAborted();
      await job();
    });
    this.#working = done.catch(() => {});
    return done;
  }

  /** Never rejects. */
  async #try(job: () => Promise<void>): Promise<void> {
    const { signal } = this.#life;
    await this.#inTurn(job).catch((error: unknown) => {
      if (!signal.aborted) this.#options.logger.warn({ err: error }, 'the guide cannot be used');
    });
  }

  async #open(): Promise<void> {
    const reader = new GuideReader(this.#options.path());
    try {
      this.#take(await this.#join(reader), reader);
    } catch (error) {
      reader.close();
      throw error;
    }
  }

  /** Joins the guide with a list that has changed; most refreshes bring the same list. */
  async #rejoin(): Promise<void> {
    const loaded = this.#loaded;
    if (!loaded || loaded.channels === this.#options.catalogue.snapshot().channels) return;
    this.#take(await this.#join(loaded.reader), loaded.reader);
  }

  #take(joined: Joined, reader: GuideReader): void {
    this.#loaded = { ...joined, reader };
    this.#changes.emit();
  }

  /** Joins the guide with the list in time slices, since both are long. */
  async #join(reader: GuideReader): Promise<Joined> {
    const { catalogue, clock } = this.#options;
    const { signal } = this.#life;
    const { channels } = catalogue.snapshot();
    const slices = new TimeSlices(signal);
    const idsOf = new Map<string, ChannelId[]>();
    for (const { id, epgId } of channels) {
      if (epgId !== null) {
        const key = guideKey(epgId);
        const ids = idsOf.get(key);
        if (ids) ids.push(id);
        else idsOf.set(key, [id]);
      }
      if (slices.due()) await slices.rest();
    }
    const numbers = new Map<string, number>();
    const ids = new Map<number, readonly ChannelId[]>();
    const onNow = new OnNow();
    for (const { id: number, key } of reader.channels()) {
      numbers.set(key, number);
      const listed = idsOf.get(key);
      if (listed) {
        ids.set(number, listed);
        onNow.add(number, listed);
      }
      if (slices.due()) await slices.rest();
    }
    await onNow.update(reader, clock.now(), signal);
    return { numbers, ids, onNow, channels };
  }

  #tick(): void {
    const { clock } = this.#options;
    const wait = MINUTE - (clock.now() % MINUTE) + AFTER_THE_MINUTE;
    this.#cancelTimer = clock.after(wait, () => {
      this.#tick();
      void this.#try(() => this.#updateOnNow());
    });
  }

  async #updateOnNow(): Promise<void> {
    if (!this.#loaded) return;
    const { reader, onNow } = this.#loaded;
    await onNow.update(reader, this.#options.clock.now(), this.#life.signal);
  }
}
