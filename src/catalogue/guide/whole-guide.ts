import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import type { Programme } from '../../domain/channel.ts';
import type { AccountId, ChannelId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Catalogue } from '../catalogue.ts';
import { TimeSlices } from '../time-slices.ts';
import { GuideReader } from './guide-reader.ts';
import type { GuideSource } from './guide-source.ts';
import { type GuidePlace, type JoinedGuides, joinGuides, type OpenGuide } from './join-guides.ts';
import { type Airing, searchTitles } from './search-titles.ts';

/** The files and the list that are joined. */
export interface WholeGuideOptions {
  /** The files of the guides that are in use, the preferred first. */
  readonly sources: () => readonly Pick<GuideSource, 'account' | 'path'>[];
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'onChange'>;
  /** The key of the guide that somebody has chosen for a channel; null for none, undefined where nobody has. */
  readonly chosen: (channelId: ChannelId) => string | null | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A guide without any of the channels that the former one had. */
export class UselessGuide extends Error {
  override readonly name = 'UselessGuide';
}

const MINUTE = 60_000;
/** The delay after the full minute, at which programmes begin. */
const AFTER_THE_MINUTE = 200;

/**
 * The programmes of all channels, from the last good files of the accounts' guides and of further ones: each channel has those
 * of one guide. It is empty while there is no file.
 */
export class WholeGuide {
  readonly #options: WholeGuideOptions;
  readonly #changes: Emitter;
  #loaded: JoinedGuides | null = null;
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

  /** Resolves when the files on disk, if any, are loaded. */
  async start(): Promise<void> {
    const { catalogue } = this.#options;
    this.#life = new AbortController();
    this.#unsubscribe = catalogue.onChange(() => void this.#try(() => this.#rejoin()));
    this.#tick();
    await this.follow();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#cancelTimer();
    this.#life.abort(new Error('the guide is stopped'));
    await this.#working;
    for (const { reader } of this.#loaded?.guides ?? []) reader.close();
    this.#loaded = null;
  }

  /** The open file at a path; undefined while there is none. */
  file(path: string): Pick<GuideReader, 'madeAt' | 'version'> | undefined {
    return this.#loaded?.guides.find((guide) => guide.path === path)?.reader;
  }

  /** Calls the listener after each change of the guide until the returned function is called. */
  onChange(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Opens the files that are in use now, and closes those that are not. Never rejects. */
  follow(): Promise<void> {
    return this.#try(async () => {
      const former = this.#loaded?.guides ?? [];
      const paths = this.#paths;
      const isSame =
        paths.filter((path) => existsSync(path)).join() === former.map(({ path }) => path).join();
      if (isSame) return;
      const kept = (path: string) => former.find((guide) => guide.path === path);
      const guides = paths.flatMap((path) => kept(path) ?? this.#open(path));
      const fresh = guides.filter((guide) => !former.includes(guide));
      try {
        this.#take(await this.#join(guides));
      } catch (error) {
        for (const { reader } of fresh) reader.close();
        throw error;
      }
      for (const guide of former) if (!guides.includes(guide)) guide.reader.close();
    });
  }

  /**
   * Replaces a file in use by another one.
   * @throws Error if the new one cannot be used, or has none of the channels that the former one had
   */
  replace(path: string, candidatePath: string): Promise<void> {
    return this.#inTurn(async () => {
      const former = this.#loaded?.guides ?? [];
      const order = this.#paths;
      if (!order.includes(path)) throw new Error('it is not in use any more');
      const others = former.filter((guide) => guide.path !== path && order.includes(guide.path));
      const account = this.#accountOf(path);
      const candidate = { path: candidatePath, account, reader: new GuideReader(candidatePath) };
      const rank = (guide: OpenGuide) => order.indexOf(guide === candidate ? path : guide.path);
      const guides = [...others, candidate].sort((a, b) => rank(a) - rank(b));
      let joined: JoinedGuides;
      try {
        joined = await this.#join(guides);
        if (this.#channelsOf(path) > 0 && joined.ids[guides.indexOf(candidate)]?.size === 0)
          throw new UselessGuide('it has no channel of the list');
      } finally {
        candidate.reader.close();
      }
      // Windows neither renames an open file nor replaces it.
      for (const guide of former) if (!others.includes(guide)) guide.reader.close();
      this.#loaded = { ...joined, guides: others, places: new Map(), ids: [], onNow: [] };
      await rename(candidatePath, path);
      const opened = { path, account, reader: new GuideReader(path) };
      this.#take({ ...joined, guides: guides.map((guide) => (guide === candidate ? opened : guide)) });
    });
  }

  /** Joins anew, after somebody has chosen the guide of a channel. Never rejects. */
  async rejoin(): Promise<void> {
    await this.#try(async () => {
      if (this.#loaded) this.#take(await this.#join(this.#loaded.guides));
    });
  }

  /** The programmes of a channel in a span, by start; empty if the guide has none. */
  between(channelId: ChannelId, from: number, to: number, limit: number): Programme[] {
    const place = this.placeOf(channelId);
    const reader = place && this.#loaded?.guides[place.guide]?.reader;
    if (!reader) return [];
    try {
      return reader.between(place.channel, from, to, limit);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'the guide could not be read');
      return [];
    }
  }

  /** Ids of the channels whose current programme has these words in its title. @param words folded. */
  onNow(words: string): ChannelId[] {
    return this.#loaded?.onNow.flatMap((titles) => titles.find(words)) ?? [];
  }

  /** Whether the provider need not be asked for the channel's guide. */
  has(channelId: ChannelId): boolean {
    return this.placeOf(channelId) !== undefined || this.isSilent(channelId);
  }

  /** Whether somebody has chosen that the channel has no guide. */
  isSilent(channelId: ChannelId): boolean {
    return this.#options.chosen(channelId) === null;
  }

  /** Where a channel's programmes are; undefined if they are nowhere. */
  placeOf(channelId: ChannelId): GuidePlace | undefined {
    return this.#loaded?.places.get(channelId);
  }

  /** The open guides, the preferred first. */
  get guides(): readonly OpenGuide[] {
    return this.#loaded?.guides ?? [];
  }

  /**
   * The soonest current and future programmes whose titles match. If no title has the words, it searches for similar words. It
   * works in time slices, since a short word is in a title of every channel.
   * @param words folded.
   */
  async search(words: string, limit: number): Promise<readonly Airing[]> {
    let found: readonly Airing[] = [];
    await this.#try(async () => {
      if (!this.#loaded) return;
      const slices = new TimeSlices(this.#life.signal);
      found = await searchTitles(this.#loaded, words, { limit, now: this.#options.clock.now(), slices });
    });
    return found;
  }

  get #paths(): readonly string[] {
    return this.#options.sources().map(({ path }) => path);
  }

  #accountOf(path: string): AccountId | null {
    return this.#options.sources().find((source) => source.path === path)?.account ?? null;
  }

  /** The number of channels of a file that the list has. */
  #channelsOf(path: string): number {
    const guide = this.#loaded?.guides.findIndex((each) => each.path === path) ?? -1;
    return this.#loaded?.ids[guide]?.size ?? 0;
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

  /** The guide of a file that is there and can be read. */
  #open(path: string): OpenGuide[] {
    if (!existsSync(path)) return [];
    try {
      return [{ path, account: this.#accountOf(path), reader: new GuideReader(path) }];
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'a guide cannot be used');
      return [];
    }
  }

  /** Joins the guides with a list that has changed; most refreshes bring the same list. */
  async #rejoin(): Promise<void> {
    const loaded = this.#loaded;
    if (!loaded || loaded.channels === this.#options.catalogue.snapshot().channels) return;
    this.#take(await this.#join(loaded.guides));
  }

  #take(joined: JoinedGuides): void {
    this.#loaded = joined;
    this.#changes.emit();
  }

  #join(guides: readonly OpenGuide[]): Promise<JoinedGuides> {
    const { catalogue, clock } = this.#options;
    return joinGuides(guides, {
      snapshot: catalogue.snapshot(),
      chosen: (channelId) => this.#chosenPlace(channelId, guides),
      now: clock.now(),
      signal: this.#life.signal,
    });
  }

  /** Where the guide that somebody has chosen for a channel is. */
  #chosenPlace(channelId: ChannelId, guides: readonly OpenGuide[]): GuidePlace | null | undefined {
    const key = this.#options.chosen(channelId);
    if (key === undefined || key === null) return key;
    const now = this.#options.clock.now();
    const found = guides.flatMap(({ reader }, guide) => {
      const channel = reader.channel(key);
      return channel
        ? [{ guide, channel: channel.id, confidence: 100, key, isAhead: channel.until > now }]
        : [];
    });
    return found.find(({ isAhead }) => isAhead) ?? found[0] ?? null;
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
    const { guides = [], onNow = [] } = this.#loaded ?? {};
    for (const [guide, titles] of onNow.entries())
      await titles.update((guides[guide] as OpenGuide).reader, this.#options.clock.now(), this.#life.signal);
  }
}
