import type { Channel } from '../domain/channel.ts';
import { namePatterns } from './name-patterns.ts';
import { foldWords } from './names/fold.ts';
import type { CatalogueData } from './snapshot.ts';
import { TimeSlices } from './time-slices.ts';

/** Which channels of an account's list are kept. */
export interface ListFilter {
  /** Ids of categories to leave out. */
  readonly hiddenCategories: ReadonlySet<string>;
  /** Patterns, as `namePatterns` reads them, of the names of channels and of whole categories to leave out. */
  readonly hiddenChannels: readonly string[];
  /** Patterns of those that are kept; all where there are none. */
  readonly onlyChannels: readonly string[];
}

/** A filter that keeps everything. */
export const keepAll: ListFilter = { hiddenCategories: new Set(), hiddenChannels: [], onlyChannels: [] };

/** The list without what is left out, and without the categories of which nothing is left. Works in time slices; rejects with the signal's reason. */
export async function filterList(
  data: CatalogueData,
  filter: ListFilter,
  signal?: AbortSignal,
): Promise<CatalogueData> {
  const { hiddenCategories, hiddenChannels, onlyChannels } = filter;
  const hasPatterns = hiddenChannels.length > 0 || onlyChannels.length > 0;
  if (hiddenCategories.size === 0 && !hasPatterns) return data;
  const isHidden = namePatterns(hiddenChannels);
  const isWanted = onlyChannels.length > 0 ? namePatterns(onlyChannels) : null;
  const shown = data.categories.filter(({ id }) => !hiddenCategories.has(id));
  const folded = shown.map(({ id, name }) => ({ id, name: foldWords(name) }));
  const left = new Set(folded.filter(({ name }) => isHidden(name)).map(({ id }) => id));
  const wanted = new Set(folded.filter(({ name }) => isWanted?.(name) ?? true).map(({ id }) => id));
  const isKept = ({ name, categoryId }: Channel): boolean => {
    if (categoryId !== null && (hiddenCategories.has(categoryId) || left.has(categoryId))) return false;
    if (!hasPatterns) return true;
    const words = foldWords(name);
    return (
      !isHidden(words) && (!isWanted || (categoryId !== null && wanted.has(categoryId)) || isWanted(words))
    );
  };
  const channels: Channel[] = [];
  const filled = new Set<string | null>();
  const slices = new TimeSlices(signal);
  for (const channel of data.channels) {
    if (slices.due()) await slices.rest();
    if (!isKept(channel)) continue;
    channels.push(channel);
    filled.add(channel.categoryId);
  }
  const categories = hasPatterns ? shown.filter(({ id }) => filled.has(id)) : shown;
  return { ...data, categories, channels };
}
