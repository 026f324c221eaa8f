import Fuse from 'fuse.js';
import type { Channel } from '../domain/channel.ts';
import { normaliseName } from './normalise.ts';
import { Pacer } from './pacer.ts';
import { TrigramIndex } from './trigram-index.ts';

export interface SearchOptions {
  /** Only channels of this category id. */
  readonly category?: string;
  readonly limit: number;
  readonly offset: number;
}

export interface SearchResult {
  readonly items: readonly Channel[];
  /** How many there are without limit and offset. */
  readonly total: number;
}

/** Finds channels in one list. A channel number finds its channel first; nothing typed finds all, in the list's order. */
export interface ChannelSearch {
  search(query: string, options: SearchOptions): SearchResult;
}

export type BuildSearch = (channels: readonly Channel[], signal?: AbortSignal) => Promise<ChannelSearch>;

/** fuse.js compares every candidate: at 0.01 ms each this is what an answer may cost. */
const CANDIDATES = 150;
const LONGEST_QUERY = 80;

/** Indexes the names, in slices: 150,000 take about half a second. */
export const buildSearch: BuildSearch = async (channels, signal) => {
  const pacer = new Pacer(signal);
  const idOfName = new Map<string, number>();
  const names: string[] = [];
  const first: number[] = [];
  const last: number[] = [];
  const next = new Int32Array(channels.length).fill(-1);
  for (const [place, channel] of channels.entries()) {
    const name = normaliseName(channel.name);
    const id = idOfName.get(name);
    if (id === undefined) {
      idOfName.set(name, names.push(name) - 1);
      first.push(place);
      last.push(place);
    } else {
      next[last[id] ?? place] = place;
      last[id] = place;
    }
    if (pacer.due()) await pacer.rest();
  }
  const trigrams = await TrigramIndex.build(names, pacer);
  return new FuzzySearch({ channels, names, first, next, trigrams });
};

interface Index {
  readonly channels: readonly Channel[];
  /** Normalised, each once: those of qualities, countries and backups are the same. */
  readonly names: readonly string[];
  /** By name: the place of its first channel. By channel: the place of the next one of its name, or -1. */
  readonly first: readonly number[];
  readonly next: Int32Array;
  readonly trigrams: TrigramIndex;
}

/** Trigrams pick the candidates, fuse.js puts them in order. */
class FuzzySearch implements ChannelSearch {
  readonly #index: Index;

  constructor(index: Index) {
    this.#index = index;
  }

  search(query: string, { category, limit, offset }: SearchOptions): SearchResult {
    const { channels } = this.#index;
    const isWanted = ({ categoryId }: Channel) => category === undefined || categoryId === category;
    const text = query.trim().slice(0, LONGEST_QUERY);
    let found: readonly Channel[];
    if (text === '') {
      found = category === undefined ? channels : channels.filter(isWanted);
    } else {
      const number = /^\d{1,7}$/.test(text) ? Number(text) : null;
      const numbered = number === null ? [] : channels.filter((channel) => channel.number === number);
      found = [...new Set([...numbered, ...this.#named(text, isWanted)])].filter(isWanted);
    }
    return { items: found.slice(offset, offset + limit), total: found.length };
  }

  #named(text: string, isWanted: (channel: Channel) => boolean): Channel[] {
    const { names, trigrams } = this.#index;
    const name = normaliseName(text);
    const joined = join(name);
    const ids = trigrams.nearest(name, CANDIDATES, (id) => this.#channelsOf(id).some(isWanted));
    const candidates = ids.map((id) => ({ id, name: names[id] ?? '', joined: join(names[id] ?? '') }));
    const fuse = new Fuse(candidates, {
      keys: ['name', 'joined'],
      ignoreLocation: true,
      threshold: 0.5,
      fieldNormWeight: 0.5,
    });
    // Both spellings, since names and people put spaces where they like.
    return fuse.search({ $or: [{ name }, { joined }] }).flatMap(({ item }) => this.#channelsOf(item.id));
  }

  #channelsOf(id: number): Channel[] {
    const { channels, first, next } = this.#index;
    const list: Channel[] = [];
    for (let place = first[id] ?? -1; place >= 0; place = next[place] ?? -1) {
      const channel = channels[place];
      if (channel) list.push(channel);
    }
    return list;
  }
}

function join(name: string): string {
  return name.replaceAll(' ', '');
}
