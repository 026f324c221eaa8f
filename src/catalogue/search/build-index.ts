import type { Category, Channel } from '../../domain/channel.ts';
import { hasArabic, skeleton } from '../names/arabic.ts';
import { joinWords } from '../names/fold.ts';
import { digitsForWords } from '../names/numbers.ts';
import { parseName } from '../names/parse-name.ts';
import { TimeSlices } from '../time-slices.ts';
import { CategoryTable } from './category-table.ts';
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
  readonly channels: readonly Channel[];
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
  /** The countries of all channels. */
  readonly countries: ReadonlySet<string>;
  /** The number of entries that are channels and not separators. */
  readonly size: number;
}

/** Indexes a list in time slices. Rejects with the signal's reason. */
export async function buildIndex(
  channels: readonly Channel[],
  categoryList: readonly Category[],
  signal?: AbortSignal,
): Promise<SearchIndex> {
  const slices = new TimeSlices(signal);
  const { length } = channels;
  const categories = new CategoryTable(categoryList, length);
  const ids = new IdTable(channels);
  const names = new NameCollector(length);
  const numbers = new Int32Array(length);
  for (const [place, channel] of channels.entries()) {
    names.add(place, channel.name, categories.add(place, channel));
    ids.add(place);
    numbers[place] = channel.number ?? 0;
    if (slices.due()) await slices.rest();
  }
  const groups = await GroupTable.build(channels, names.traits, slices);
  const words = await indexTexts(names.words, slices);
  const skeletons = await indexTexts(names.skeletons, slices);
  const { isForeign, countries, size } = names;
  return { channels, groups, ids, categories, numbers, isForeign, words, skeletons, countries, size };
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
  size = 0;

  constructor(length: number) {
    this.#keys = new StringTable(length);
    this.#keyOf = new Int32Array(length).fill(-1);
    this.#countryOf = new Int16Array(length).fill(-1);
    this.#languageOf = new Int16Array(length).fill(-1);
    this.#bits = new Uint8Array(length);
    this.isForeign = new Uint8Array(length);
    this.#spellings = new StringTable(length);
  }

  add(place: number, raw: string, countryOfCategory: string | null): void {
    const parsed = parseName(raw, countryOfCategory);
    if (parsed.kind === 'separator') return;
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
