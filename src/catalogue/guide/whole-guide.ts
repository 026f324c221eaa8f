import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { Channel, Programme } from '../../domain/channel.ts';
import type { Clock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Catalogue } from '../catalogue.ts';
import { TimeSlices } from '../time-slices.ts';
import { GuideReader, type Showing } from './guide-reader.ts';
import { OnNow } from './on-now.ts';
import { titlesLike } from './titles-like.ts';
import { guideKey } from './xmltv-parser.ts';

export interface WholeGuideOptions {
  /** The file in which the guide is kept. */
  readonly path: string;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A programme, and all channels of the list that show it then. */
export interface Airing {
  readonly channelIds: readonly number[];
  readonly programme: Programme;
}

/** A guide joined with a list of channels. */
interface Joined {
  /** The file's numbers of its channels, by key. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Channels of the list, by those numbers. */
  readonly ids: ReadonlyMap<number, readonly number[]>;
  readonly onNow: OnNow;
  readonly channels: readonly Channel[];
}

const MINUTE = 60_000;
/** Programmes begin with a minute. */
const AFTER_THE_MINUTE = 200;

/** What is on all channels, by the last good file of the provider's whole guide. Knows nothing while there is none. */
export class WholeGuide {
  readonly #options: WholeGuideOptions;
  readonly #changes: Emitter;
  #loaded: (Joined & { readonly reader: GuideReader }) | null = null;
  #life = new AbortController();
  /** One job after the other: what closes a file must not do so under another that reads it. */
  #working: Promise<void> = Promise.resolve();
  #forget: () => void = () => {};
  #cancelTimer: () => void = () => {};

  constructor(options: WholeGuideOptions) {
    this.#options = options;
    this.#changes = new Emitter((err) =>
      options.logger.error({ err }, 'a listener of the whole guide failed'),
    );
  }

  /** Resolves with the file of the disk in place, if there is one. */
  async start(): Promise<void> {
    const { path, catalogue } = this.#options;
    this.#life = new AbortController();
    this.#forget = catalogue.onChange(() => void this.#try(() => this.#joinAnew()));
    this.#tick();
    if (existsSync(path)) await this.#try(() => this.#open());
  }

  async stop(): Promise<void> {
    this.#forget();
    this.#cancelTimer();
    this.#life.abort(new Error('the guide is stopped'));
    await this.#working;
    this.#loaded?.reader.close();
    this.#loaded = null;
  }

  /** Of the file, epoch milliseconds; null while there is none. */
  get madeAt(): number | null {
    return this.#loaded?.reader.madeAt ?? null;
  }

  /** Calls back when there is another guide; the returned function ends that. */
  onChange(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Goes on with another file, which takes the place of the one before. Rejects where it cannot be used. */
  replace(path: string): Promise<void> {
    return this.#inTurn(async () => {
      const candidate = new GuideReader(path);
      const joined = await this.#join(candidate).finally(() => candidate.close());
      // Windows renames nothing that is open, nor over it.
      this.#loaded?.reader.close();
      this.#loaded = null;
      await rename(path, this.#options.path);
      this.#take(joined, new GuideReader(this.#options.path));
    });
  }

  /** What is on a channel in a span, by start; empty where the guide has nothing. */
  between(channelId: number, from: number, to: number, limit: number): Programme[] {
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

  /** Ids of channels on which something of that title is on now. @param words folded. */
  onNow(words: string): number[] {
    return this.#loaded?.onNow.find(words) ?? [];
  }

  /** Whether the guide has that channel. */
  has(channelId: number): boolean {
    return this.#numberOf(channelId) !== undefined;
  }

  /**
   * What is on, or will be, under a title: the soonest. Where no title has the words, typing errors are looked for. In
   * slices, since a short word is in a title of every channel.
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

  /** On channels of the list. */
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

  #numberOf(channelId: number): number | undefined {
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
    const reader = new GuideReader(this.#options.path);
    try {
      this.#take(await this.#join(reader), reader);
    } catch (error) {
      reader.close();
      throw error;
    }
  }

  /** The list has changed, though mostly it has not. */
  async #joinAnew(): Promise<void> {
    const loaded = this.#loaded;
    if (!loaded || loaded.channels === this.#options.catalogue.snapshot().channels) return;
    this.#take(await this.#join(loaded.reader), loaded.reader);
  }

  #take(joined: Joined, reader: GuideReader): void {
    this.#loaded = { ...joined, reader };
    this.#changes.emit();
  }

  /** In slices, since both are long. */
  async #join(reader: GuideReader): Promise<Joined> {
    const { catalogue, clock } = this.#options;
    const { signal } = this.#life;
    const { channels } = catalogue.snapshot();
    const slices = new TimeSlices(signal);
    const idsOf = new Map<string, number[]>();
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
    const ids = new Map<number, readonly number[]>();
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
      void this.#try(() => this.#goOn());
    });
  }

  async #goOn(): Promise<void> {
    if (!this.#loaded) return;
    const { reader, onNow } = this.#loaded;
    await onNow.update(reader, this.#options.clock.now(), this.#life.signal);
  }
}
