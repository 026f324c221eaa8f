import type { Channel } from '../../domain/channel.ts';
import type { Quality } from '../names/tags.ts';
import type { TimeSlices } from '../time-slices.ts';
import { type ChannelGroup, describeGroup, orderVariants, type Variant } from '../variants.ts';
import { unpackTraits } from './trait-bits.ts';

const NONE = -1;
const SEVERAL = -2;

/**
 * Groups the entries of a list that are the same channel: those with the same key and country. An entry without a country
 * belongs to the country that has the name, if there is only one. The table consists of arrays of numbers, and groups are
 * described on demand: a list has about 60,000 of them, an answer 25.
 */
export class GroupTable {
  readonly #channels: readonly Channel[];
  readonly #traits: EntryTraits;
  /** The following arrays are indexed by group. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #sizes: Uint16Array;
  readonly #keys: Int32Array;
  readonly #countryOf: Int16Array;
  readonly #nextOfKey: Int32Array;
  /** The first group of each key. */
  readonly #ofKey: Int32Array;
  /** The following arrays are indexed by place in the list. */
  readonly #next: Int32Array;
  readonly #groupOf: Int32Array;
  #count = 0;

  private constructor(channels: readonly Channel[], traits: EntryTraits) {
    const { length } = channels;
    this.#channels = channels;
    this.#traits = traits;
    this.#first = new Int32Array(length);
    this.#last = new Int32Array(length);
    this.#sizes = new Uint16Array(length);
    this.#keys = new Int32Array(length);
    this.#countryOf = new Int16Array(length);
    this.#nextOfKey = new Int32Array(length).fill(NONE);
    this.#ofKey = new Int32Array(traits.keys).fill(NONE);
    this.#next = new Int32Array(length).fill(NONE);
    this.#groupOf = new Int32Array(length).fill(NONE);
  }

  static async build(
    channels: readonly Channel[],
    traits: EntryTraits,
    slices: TimeSlices,
  ): Promise<GroupTable> {
    const table = new GroupTable(channels, traits);
    const { keyOf, keys, countryOf } = traits;
    const only = new Int16Array(keys).fill(NONE);
    for (const [place, key] of keyOf.entries()) {
      const country = countryOf[place] ?? NONE;
      const known = only[key] ?? NONE;
      if (key >= 0 && country >= 0 && known !== country) only[key] = known === NONE ? country : SEVERAL;
      if (slices.due()) await slices.rest();
    }
    for (const [place, key] of keyOf.entries()) {
      if (key < 0) continue;
      const country = countryOf[place] ?? NONE;
      table.#add(place, key, country >= 0 ? country : Math.max(NONE, only[key] ?? NONE));
      if (slices.due()) await slices.rest();
    }
    return table;
  }

  #add(place: number, key: number, country: number): void {
    let group = this.#ofKey[key] ?? NONE;
    let before = NONE;
    while (group >= 0 && this.#countryOf[group] !== country) {
      before = group;
      group = this.#nextOfKey[group] ?? NONE;
    }
    if (group >= 0) {
      this.#next[this.#last[group] ?? place] = place;
    } else {
      group = this.#count++;
      this.#first[group] = place;
      this.#keys[group] = key;
      this.#countryOf[group] = country;
      if (before === NONE) this.#ofKey[key] = group;
      else this.#nextOfKey[before] = group;
    }
    this.#last[group] = place;
    this.#sizes[group] = Math.min(0xffff, (this.#sizes[group] ?? 0) + 1);
    this.#groupOf[place] = group;
  }

  get count(): number {
    return this.#count;
  }

  /** The group of the entry at a place; -1 for a separator. */
  groupAt(place: number): number {
    return this.#groupOf[place] ?? NONE;
  }

  keyOf(group: number): number {
    return this.#keys[group] ?? NONE;
  }

  /** The place of a group's first entry. */
  firstOf(group: number): number {
    return this.#first[group] ?? NONE;
  }

  size(group: number): number {
    return this.#sizes[group] ?? 0;
  }

  countryOf(group: number): string | null {
    return this.#traits.names[this.#countryOf[group] ?? NONE] ?? null;
  }

  languageOf(group: number): string | null {
    const { languageOf, names } = this.#traits;
    return names[languageOf[this.#first[group] ?? NONE] ?? NONE] ?? null;
  }

  /** The groups of a key, one for each country. */
  groupsOf(key: number): number[] {
    const groups: number[] = [];
    for (let group = this.#ofKey[key] ?? NONE; group >= 0; group = this.#nextOfKey[group] ?? NONE)
      groups.push(group);
    return groups;
  }

  /** An array by key: 1 for keys with a channel of a country. */
  keysIn(country: string): Uint8Array {
    const keys = new Uint8Array(this.#ofKey.length);
    const number = this.#traits.names.indexOf(country);
    for (let group = 0; number >= 0 && group < this.#count; group++) {
      if (this.#countryOf[group] === number) keys[this.keyOf(group)] = 1;
    }
    return keys;
  }

  /** An array by key: 1 for keys with an entry at one of the places. */
  keysAt(places: readonly number[]): Uint8Array {
    const keys = new Uint8Array(this.#ofKey.length);
    for (const place of places) {
      const group = this.groupAt(place);
      if (group >= 0) keys[this.keyOf(group)] = 1;
    }
    return keys;
  }

  /** The entries of a group, in the list's order. */
  channelsOf(group: number): Channel[] {
    const channels: Channel[] = [];
    for (let place = this.firstOf(group); place >= 0; place = this.#next[place] ?? NONE) {
      const channel = this.#channels[place];
      if (channel) channels.push(channel);
    }
    return channels;
  }

  /** The entries of a group, best first, without the cost of a description. */
  orderedOf(group: number, wish: Quality | null): Channel[] {
    return orderVariants(this.#variantsOf(group), wish).map(({ channel }) => channel);
  }

  describe(group: number, wish: Quality | null): ChannelGroup | null {
    const [first, ...others] = this.#variantsOf(group);
    if (!first) return null;
    return describeGroup([first, ...others], {
      country: this.countryOf(group),
      language: this.languageOf(group),
      isAmbiguous: this.groupsOf(this.keyOf(group)).length > 1,
      wish,
    });
  }

  #variantsOf(group: number): Variant[] {
    const list: Variant[] = [];
    for (let place = this.#first[group] ?? NONE; place >= 0; place = this.#next[place] ?? NONE) {
      const channel = this.#channels[place];
      if (channel) list.push({ channel, traits: unpackTraits(this.#traits.bits[place] ?? 0) });
    }
    return list;
  }
}

/** The facts that the names of a list tell, by place in the list. */
export interface EntryTraits {
  /** The key by place; -1 for a separator. */
  readonly keyOf: Int32Array;
  /** The number of keys. */
  readonly keys: number;
  /** An index in `names`, or -1. */
  readonly countryOf: Int16Array;
  readonly languageOf: Int16Array;
  /** The names of countries and languages. */
  readonly names: readonly string[];
  /** Packed traits. */
  readonly bits: Uint8Array;
}
