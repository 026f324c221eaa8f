import type { Category, Channel } from '../../domain/channel.ts';
import { hasArabic, skeleton } from '../names/arabic.ts';
import { eventSlotOf } from '../names/event-slot.ts';
import { joinWords } from '../names/fold.ts';
import { digitsForWords } from '../names/numbers.ts';
import { calledAs, parseName } from '../names/parse-name.ts';
import { TimeSlices } from '../time-slices.ts';
import { CategoryTable } from './category-table.ts';
import { type EventSeries, EventSeriesCollector } from './event-series.ts';
import { type Choices, findChosen, type NamedEntries } from './find-chosen.ts';
import { GroupTable } from './group-table.ts';
import { IdTable } from './id-table.ts';
import { StringTable } from './string-table.ts';
import { packTraits } from './trait-bits.ts';
import { TrigramIndex } from './trigram-index.ts';

/** Searchable texts and their keys. The first texts are those of the keys themselves, in their order. */
export interface TextIndex {
  readonly texts: readonly string[];
  /** The key of each text. */
  readonly keys: ArrayLike<number>;
  readonly trigrams: TrigramIndex;
}

/** All tables of the search. */
export interface SearchIndex {
  /** As somebody has chosen them; those that are hidden are in no group. */
  readonly channels: readonly Channel[];
  /** The same without those that are hidden. */
  readonly listed: readonly Channel[];
  readonly groups: GroupTable;
  readonly ids: IdTable;
  readonly categories: CategoryTable;
  /** The channel number by place, or 0. */
  readonly numbers: Int32Array;
  /** 1 by place for a name in another alphabet than Latin. */
  readonly isForeign: Uint8Array;
  /** The folded words of the names, and the same with digits instead of number words. */
  readonly words: TextIndex;
  /** The consonants of the names in Arabic. */
  readonly skeletons: TextIndex;
  readonly events: EventSeries;
  /** The countries of all channels. */
  readonly countries: ReadonlySet<string>;
  /** The number of entries that are channels and not separators. */
  readonly size: number;
}

/** Indexes a list in time slices. Rejects with the signal's reason. */
export async function buildIndex(
  whole: readonly Channel[],
  categoryList: readonly Category[],
  choices: Choices,
  signal?: AbortSignal,
): Promise<SearchIndex> {
  const slices = new TimeSlices(signal);
  const { length } = whole;
  const categories = new CategoryTable(categoryList, length);
  const ids = new IdTable(whole);
  const names = new NameCollector(length);
  const numbers = new Int32Array(length);
  for (const [place, channel] of whole.entries()) {
    names.add(place, channel, categories.add(place, channel));
    ids.add(place);
    numbers[place] = channel.number ?? 0;
    if (slices.due()) await slices.rest();
  }
  const tables = { whole, ids, names, numbers, categories };
  const { channels, listed } = await choose(tables, choices, slices);
  const groups = await GroupTable.build(channels, names.traits, slices);
  const words = await indexTexts(names.words, slices);
  const skeletons = await indexTexts(names.skeletons, slices);
  const { isForeign, countries, size } = names;
  const events = await names.events.find(slices);
  const texts = { words, skeletons, events };
  return { channels, listed, groups, ids, categories, numbers, isForeign, ...texts, countries, size };
}

interface Tables {
  readonly whole: readonly Channel[];
  readonly ids: IdTable;
  readonly names: NameCollector;
  readonly numbers: Int32Array;
  readonly categories: CategoryTable;
}

/** Takes what somebody has chosen into the tables. */
async function choose(
  { whole, ids, names, numbers, categories }: Tables,
  choices: Choices,
  slices: TimeSlices,
): Promise<Pick<SearchIndex, 'channels' | 'listed'>> {
  if (choices.all().length === 0) return { channels: whole, listed: whole };
  const found = await findChosen({ channels: whole, ids, ...names.entries }, choices, slices);
  const taken = new Set([...found.values()].flatMap(({ number }) => number ?? []));
  const channels: Channel[] = [];
  const listed: Channel[] = [];
  for (const [place, channel] of whole.entries()) {
    if (slices.due()) await slices.rest();
    const choice = found.get(place);
    const isTaken = !choice?.number && taken.has(channel.number ?? 0);
    // Whoever types such a number means the channel that somebody gave it to.
    const usual = isTaken ? { ...channel, number: null } : channel;
    const { called = null, number = null, isHidden = false } = choice ?? {};
    const chosen = choice ? { ...usual, number: number ?? usual.number, chosen: { called, number } } : usual;
    channels.push(chosen);
    if (!isHidden) listed.push(chosen);
    numbers[place] = isHidden ? 0 : (chosen.number ?? 0);
    if (isHidden || called) names.remove(place);
    if (!isHidden && called) names.add(place, chosen, categories.add(place, chosen));
  }
  return { channels, listed };
}

const FOREIGN = /[^\p{Script=Latin}\P{L}]/u;

interface Texts {
  readonly texts: string[];
  readonly keys: number[];
}

async function indexTexts(texts: Pick<TextIndex, 'texts' | 'keys'>, slices: TimeSlices): Promise<TextIndex> {
  return { ...texts, trigrams: await TrigramIndex.build(texts.texts, slices) };
}

/** Parses the names and keeps the facts that the index needs. */
class NameCollector {
  readonly #keys: StringTable;
  readonly #keyOf: Int32Array;
  readonly #countryOf: Int16Array;
  readonly #languageOf: Int16Array;
  readonly #bits: Uint8Array;
  readonly #names = new StringTable(1000);
  readonly #texts: string[] = [];
  readonly #aliases: Texts = { texts: [], keys: [] };
  readonly isForeign: Uint8Array;
  readonly #spellings: StringTable;
  readonly skeletons: Texts = { texts: [], keys: [] };
  readonly countries = new Set<string>();
  readonly events: EventSeriesCollector;
  size = 0;

  constructor(length: number) {
    this.#keys = new StringTable(length);
    this.#keyOf = new Int32Array(length).fill(-1);
    this.#countryOf = new Int16Array(length).fill(-1);
    this.#languageOf = new Int16Array(length).fill(-1);
    this.#bits = new Uint8Array(length);
    this.isForeign = new Uint8Array(length);
    this.#spellings = new StringTable(length);
    this.events = new EventSeriesCollector(length);
  }

  add(place: number, { name: raw, chosen }: Channel, countryOfCategory: string | null): void {
    const provided = parseName(raw, countryOfCategory);
    const called = chosen?.called ?? null;
    const parsed = called ? calledAs(provided, called) : provided;
    if (parsed.kind === 'separator') return;
    const slot = called ? null : eventSlotOf(raw, parsed.key, parsed.country);
    if (slot) this.events.add(place, slot);
    this.size++;
    const known = this.#keys.size;
    const key = this.#keys.add(parsed.key);
    this.#keyOf[place] = key;
    this.#bits[place] = packTraits(parsed);
    if (parsed.country !== null) {
      this.countries.add(parsed.country);
      this.#countryOf[place] = this.#names.add(parsed.country);
    }
    if (parsed.language !== null) this.#languageOf[place] = this.#names.add(parsed.language);
    const { name, words } = parsed;
    if (FOREIGN.test(name)) this.isForeign[place] = 1;
    if (key === known) {
      this.#texts[key] = words;
      this.#addSpelling(key, digitsForWords(words));
      if (hasArabic(name)) {
        this.skeletons.texts.push(skeleton(words));
        this.skeletons.keys.push(key);
      }
    } else {
      this.#addSpelling(key, words);
    }
    // People may know it by the provider's name, and so does what is stored of it.
    if (called) this.#addSpelling(key, provided.words);
  }

  /** Takes an entry out, as if it were a separator. */
  remove(place: number): void {
    this.#keyOf[place] = -1;
    this.#countryOf[place] = -1;
    this.#languageOf[place] = -1;
    this.size--;
    this.events.remove(place);
  }

  /** Adds another spelling of a key: "Sky Uno" and "Sky 1" are two texts of one key; of "SKY1" and "SKY 1" the one with separate words stays. */
  #addSpelling(key: number, words: string): void {
    const text = this.#texts[key] ?? '';
    if (words === text) return;
    if (joinWords(words) === joinWords(text)) {
      if (words.length > text.length) this.#texts[key] = words;
      return;
    }
    const known = this.#spellings.size;
    if (this.#spellings.add(`${key} ${words}`) < known) return;
    this.#aliases.texts.push(words);
    this.#aliases.keys.push(key);
  }

  get entries(): Pick<NamedEntries, 'numberOf' | 'keyOf' | 'countryAt'> {
    return {
      numberOf: (key) => this.#keys.numberOf(key),
      keyOf: this.#keyOf,
      countryAt: (place) => this.#names.strings[this.#countryOf[place] ?? -1] ?? null,
    };
  }

  get words(): Pick<TextIndex, 'texts' | 'keys'> {
    const { length } = this.#texts;
    const texts = this.#texts.concat(this.#aliases.texts);
    const keys = new Int32Array(texts.length);
    for (let key = 0; key < length; key++) keys[key] = key;
    keys.set(this.#aliases.keys, length);
    return { texts, keys };
  }

  get traits() {
    return {
      keyOf: this.#keyOf,
      keys: this.#keys.size,
      countryOf: this.#countryOf,
      languageOf: this.#languageOf,
      names: this.#names.strings,
      bits: this.#bits,
    };
  }
}
