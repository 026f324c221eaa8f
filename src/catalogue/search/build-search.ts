import { buildIndex } from './build-index.ts';
import type { BuildSearch } from './channel-search.ts';
import { SearchEngine } from './engine.ts';
import { nothingChosen } from './find-chosen.ts';

/** Indexes a list in time slices: 150,000 entries take about a second, during which streams are still served. */
export const buildSearch: BuildSearch = async (channels, signal, categories = [], choices = nothingChosen) =>
  new SearchEngine(await buildIndex(channels, categories, choices, signal));
