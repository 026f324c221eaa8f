import { buildIndex } from './build-index.ts';
import type { BuildSearch } from './channel-search.ts';
import { SearchEngine } from './engine.ts';

/** Indexes a list, in slices: 150,000 entries take about a second, in which streams are served. */
export const buildSearch: BuildSearch = async (channels, signal, categories = []) =>
  new SearchEngine(await buildIndex(channels, categories, signal));
