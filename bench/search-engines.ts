/** The engines measured side by side. Each takes a catalogue and returns the positions of its answers, one per channel. */
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { foldWords, joinWords } from '../src/catalogue/names/fold.ts';
import { parseName } from '../src/catalogue/names/parse-name.ts';
import { buildIndex } from '../src/catalogue/search/build-index.ts';
import { buildSearch } from '../src/catalogue/search/build-search.ts';
import { nothingChosen } from '../src/catalogue/search/find-chosen.ts';
import type { Channel } from '../src/domain/channel.ts';
import { channelId, mainAccount, ownIdOf } from '../src/domain/ids.ts';
import type { Entry } from './search-queries.ts';

/** Positions in the catalogue, best first; a list of variants counts as one answer. */
export type Answer = (query: string, limit: number) => (readonly number[])[];

export interface BenchEngine {
  readonly name: string;
  readonly build: (entries: readonly Entry[], channels: readonly Channel[]) => Promise<Answer>;
}

/** The catalogue as the application holds it; the provider's own ids are positions. */
export function channelsOf(entries: readonly Entry[]): Channel[] {
  const channels = entries.map(([name], at) => ({
    id: channelId(mainAccount, at),
    number: null,
    name,
    categoryId: null,
    logo: null,
    epgId: null,
    archiveDays: 0,
  }));
  // Cloned as from a worker: an id that was built in pieces would count as more memory.
  return structuredClone(channels);
}

function positionOf({ id }: Channel): number {
  return Number(ownIdOf(id));
}

/** Distinct texts with their positions for the other engines, since 50,000 entries have 20,000 names. */
function unique(entries: readonly Entry[], toText: (name: string) => string) {
  const places = new Map<string, number[]>();
  for (const [place, [name]] of entries.entries()) {
    const text = toText(name);
    const list = places.get(text);
    if (list) list.push(place);
    else places.set(text, [place]);
  }
  return [...places].map(([name, list], id) => ({ id, name, joined: joinWords(name), places: list }));
}

const ourWords = (name: string) => parseName(name).words;

export const engines: readonly BenchEngine[] = [
  {
    name: 'ours',
    build: async (_entries, channels) => {
      const search = await buildSearch(channels);
      return (query, limit) =>
        search.groups(query, { limit }).map(({ variants }) => variants.map(positionOf));
    },
  },
  {
    name: 'our names and candidates, fuse.js ranks',
    build: async (_entries, channels) => {
      const { groups, words } = await buildIndex(channels, [], nothingChosen);
      return (query, limit) => {
        const folded = foldWords(query);
        const candidates = words.trigrams.nearest(folded, 120).map((id) => {
          const name = words.texts[id] ?? '';
          return {
            key: words.keys[id] ?? 0,
            name,
            joined: joinWords(name),
            sorted: name.split(' ').sort().join(''),
          };
        });
        const fuse = new Fuse(candidates, {
          keys: ['name', 'joined', 'sorted'],
          ignoreLocation: true,
          threshold: 0.5,
          fieldNormWeight: 0.5,
        });
        const sorted = folded.split(' ').sort().join('');
        return fuse
          .search({ $or: [{ name: folded }, { joined: joinWords(folded) }, { sorted }] }, { limit })
          .map(({ item }) =>
            groups.groupsOf(item.key).flatMap((group) => groups.channelsOf(group).map(positionOf)),
          );
      };
    },
  },
  {
    name: 'minisearch over our names, with and without spaces',
    build: async (entries) => {
      const names = unique(entries, ourWords);
      const search = new MiniSearch<(typeof names)[number]>({ fields: ['name', 'joined'] });
      search.addAll(names);
      return (query, limit) => {
        const words = foldWords(query);
        return search
          .search({
            combineWith: 'OR',
            queries: [
              { queries: [words], fields: ['name'] },
              { queries: [joinWords(words)], fields: ['joined'] },
            ],
            prefix: true,
            fuzzy: 0.25,
          })
          .slice(0, limit)
          .map(({ id }) => names[Number(id)]?.places ?? []);
      };
    },
  },
  {
    name: 'fuse.js over our names',
    build: async (entries) => {
      const names = unique(entries, ourWords);
      const fuse = new Fuse(names, { keys: ['name'], ignoreLocation: true });
      return (query, limit) => fuse.search(foldWords(query), { limit }).map(({ item }) => item.places);
    },
  },
  {
    name: 'fuse.js over names as they come',
    build: async (entries) => {
      const names = unique(entries, (name) => name);
      const fuse = new Fuse(names, { keys: ['name'], ignoreLocation: true });
      return (query, limit) => fuse.search(query, { limit }).map(({ item }) => item.places);
    },
  },
];
