import type { Catalogue } from '../catalogue/catalogue.ts';
import { TimeSlices } from '../catalogue/time-slices.ts';
import type { ChannelId, ScreenId } from '../domain/ids.ts';
import { type OutputChannels, offerNothing } from '../domain/output-channels.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { type ChannelNumbers, type LineUpKeys, numberChannels } from './channel-numbers.ts';
import { type OfferedChannel, offeredChannels } from './offered-channels.ts';

/** What a player can be tuned to. */
export interface LineUpEntry {
  /** By which addresses name it (stream_id): 1 to 99 a screen, else the channel's key. It never changes hands. */
  readonly number: number;
  /** The number that players show (tvg-chno, GuideNumber): the one that somebody has chosen, else `number`; no two entries have the same. */
  readonly shownNumber: number;
  /** The same in ASCII, for guides (tvg-id, XMLTV's channel id): a screen's id, or `c` and the number. */
  readonly id: string;
  /** As people say it. */
  readonly name: string;
  /** The category's name. */
  readonly group: string;
  /** The path of its logo below our address, or below the client's prefix. */
  readonly logo: string;
  readonly isHd: boolean;
  readonly target:
    | { readonly kind: 'screen'; readonly screen: ScreenId }
    /** The best variant, by its name in the provider's list. */
    | { readonly kind: 'channel'; readonly channelId: ChannelId; readonly name: string };
  /** The best variant whose past the provider keeps; absent where it keeps none. */
  readonly archive?: EntryArchive;
}

export interface EntryArchive {
  readonly channelId: ChannelId;
  readonly name: string;
  readonly days: number;
}

export interface LineUpOptions {
  readonly screens: {
    all(): readonly Pick<Screen, 'id' | 'facts'>[];
    onChange(listener: () => void): () => void;
  };
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf' | 'onChange'>;
  readonly keys: LineUpKeys;
  /** Everybody's favourites. */
  readonly favourites: () => Iterable<ChannelId>;
  /** The setting, which may change. */
  readonly offered: () => OutputChannels;
  /** Resolves once the stored keys and favourites have followed the present list. */
  readonly followed: () => Promise<void>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly logger: Pick<Logger, 'error'>;
}

const SCREEN_GROUP = 'Zapette';
export const SCREEN_LOGO = '/logo.png';
/** Milliseconds to wait for the first list after a start. A player that is given less would forget its channels. */
const FIRST_LIST = 10_000;

/**
 * The screens and channels that players outside are offered, in order. It is made in the background whenever the list, the
 * favourites or the setting change, in time slices; meanwhile the former one holds.
 */
export class LineUp {
  readonly #options: LineUpOptions;
  #screens: readonly LineUpEntry[] = [];
  /** The screens that need no log-in. */
  #openScreens: readonly LineUpEntry[] = [];
  #entries: readonly LineUpEntry[];
  #byNumber: ReadonlyMap<number, LineUpEntry>;
  #byShownNumber: ReadonlyMap<number, LineUpEntry>;
  #changedAt = 0;
  /** From what `#entries` were made. */
  #madeFrom: { readonly channels: unknown; readonly offered: OutputChannels } | null = null;
  #life = new AbortController();
  #building: Promise<void> | null = null;
  #isStale = false;
  readonly #changes: Emitter;
  /** Whether they are made from a list: what follows from the first one after a start is no change. */
  #isComplete = false;
  #end: () => void = () => {};

  constructor(options: LineUpOptions) {
    this.#options = options;
    this.#takeScreens();
    this.#entries = this.#screens;
    this.#byNumber = new Map(this.#screens.map((entry) => [entry.number, entry]));
    this.#byShownNumber = this.#byNumber;
    this.#changes = new Emitter((err) => options.logger.error({ err }, 'a listener of the line-up failed'));
  }

  start(): void {
    this.#life = new AbortController();
    const { catalogue, screens } = this.#options;
    const ends = [
      catalogue.onChange(() => this.#refreshIfChanged()),
      screens.onChange(() => {
        this.#takeScreens();
        this.refresh();
      }),
    ];
    this.#end = () => {
      for (const end of ends) end();
    };
  }

  async stop(): Promise<void> {
    this.#end();
    this.#life.abort();
    await this.#building;
  }

  /** All entries: screens first, then channels by category. */
  entries(): readonly LineUpEntry[] {
    this.#refreshIfChanged();
    return this.#entries;
  }

  /** The screens for which nobody must be logged in. */
  get openScreens(): readonly LineUpEntry[] {
    return this.#openScreens;
  }

  byNumber(number: number): LineUpEntry | null {
    this.#refreshIfChanged();
    return this.#byNumber.get(number) ?? null;
  }

  /** By the number that players show. */
  byShownNumber(number: number): LineUpEntry | null {
    this.#refreshIfChanged();
    return this.#byShownNumber.get(number) ?? null;
  }

  /** When the entries changed last, in epoch milliseconds. */
  get changedAt(): number {
    return this.#changedAt;
  }

  /** Calls the listener after each change of what is offered, until the returned function is called. */
  onChange(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Makes it anew, since the favourites or the setting have changed. */
  refresh(): void {
    this.#isStale = true;
    this.#building ??= this.#build().finally(() => {
      this.#building = null;
    });
  }

  /** Resolves once the entries are up to date, or ten seconds after a start without a list. Never rejects. */
  async settled(): Promise<void> {
    this.#refreshIfChanged();
    if (this.#options.offered().kind !== 'none') await this.#firstList();
    while (this.#building) await this.#building;
  }

  #takeScreens(): void {
    const all = this.#options.screens.all();
    this.#screens = all.map(toScreenEntry);
    this.#openScreens = this.#screens.filter((_, at) => all[at]?.facts.watch === null);
    this.#changedAt = this.#options.clock.now();
  }

  #refreshIfChanged(): void {
    const { catalogue, offered } = this.#options;
    const isMade =
      this.#madeFrom?.channels === catalogue.snapshot().channels && this.#madeFrom.offered === offered();
    if (!isMade) this.refresh();
  }

  async #build(): Promise<void> {
    const { signal } = this.#life;
    try {
      while (this.#isStale && !signal.aborted) {
        this.#isStale = false;
        await this.#buildOnce(signal);
      }
    } catch (err) {
      this.#isStale = false;
      if (!signal.aborted) this.#options.logger.error({ err }, 'the line-up could not be made');
    }
  }

  async #buildOnce(signal: AbortSignal): Promise<void> {
    const { catalogue, offered: setting, favourites, followed, clock } = this.#options;
    // The follower of the list gets its turn first: a key must not go to whichever channel has an id now.
    await Promise.resolve();
    await followed();
    const { channels, refreshedAt } = catalogue.snapshot();
    const offered = setting();
    this.#madeFrom = { channels, offered };
    const found =
      offered.kind === offerNothing.kind
        ? []
        : await offeredChannels(catalogue, { offered, favourites }, new TimeSlices(signal));
    const slices = new TimeSlices(signal);
    const channelNumbers = await numberChannels(found, this.#options.keys, slices);
    const entries = [...this.#screens];
    for (const [place, channel] of found.entries()) {
      const own = channelNumbers[place];
      if (own) entries.push(toEntry(channel, own));
      if (slices.due()) await slices.rest();
    }
    const numbers = new Map<number, LineUpEntry>();
    const shown = new Map<number, LineUpEntry>();
    let isSame = entries.length === this.#entries.length;
    for (const [place, entry] of entries.entries()) {
      numbers.set(entry.number, entry);
      shown.set(entry.shownNumber, entry);
      isSame &&= isSameEntry(entry, this.#entries[place]);
      if (slices.due()) await slices.rest();
    }
    const wasComplete = this.#isComplete;
    this.#isComplete = refreshedAt !== null;
    if (isSame) return;
    this.#entries = entries;
    this.#byNumber = numbers;
    this.#byShownNumber = shown;
    this.#changedAt = clock.now();
    if (wasComplete) this.#changes.emit();
  }

  /** Resolves once there is a list. */
  #firstList(): Promise<void> {
    const { catalogue, clock } = this.#options;
    if (catalogue.snapshot().channels.length > 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(FIRST_LIST, resolve);
    const end = catalogue.onChange(() => resolve());
    this.#life.signal.addEventListener('abort', () => resolve(), { once: true });
    return promise.finally(() => {
      cancel();
      end();
    });
  }
}

function toScreenEntry({ id, facts: { number, name } }: Pick<Screen, 'id' | 'facts'>): LineUpEntry {
  return {
    number,
    shownNumber: number,
    id,
    name: `Zapette ${name.toLowerCase()}`,
    group: SCREEN_GROUP,
    logo: SCREEN_LOGO,
    isHd: true,
    target: { kind: 'screen', screen: id },
  };
}

function toEntry(
  { name, group, best, hasLogo, isHd, archived }: OfferedChannel,
  { number, shownNumber }: ChannelNumbers,
): LineUpEntry {
  return {
    ...{ number, shownNumber },
    id: `c${number}`,
    ...{ name, group, isHd },
    logo: hasLogo ? `/logo/${number}` : SCREEN_LOGO,
    target: { kind: 'channel', channelId: best.id, name: best.name },
    ...(archived
      ? { archive: { channelId: archived.id, name: archived.name, days: archived.archiveDays } }
      : {}),
  };
}

function isSameEntry(one: LineUpEntry, other: LineUpEntry | undefined): boolean {
  return (
    other !== undefined &&
    one.number === other.number &&
    one.shownNumber === other.shownNumber &&
    one.name === other.name &&
    one.group === other.group &&
    one.logo === other.logo &&
    one.isHd === other.isHd &&
    isSameTarget(one.target, other.target) &&
    one.archive?.channelId === other.archive?.channelId &&
    one.archive?.name === other.archive?.name &&
    one.archive?.days === other.archive?.days
  );
}

function isSameTarget(one: LineUpEntry['target'], other: LineUpEntry['target']): boolean {
  if (one.kind === 'screen' || other.kind === 'screen') return one.kind === other.kind;
  return one.channelId === other.channelId && one.name === other.name;
}
