import type { Category, Channel } from '../domain/channel.ts';
import type { ChannelId } from '../domain/ids.ts';
import { IdTable } from './search/id-table.ts';
import { TimeSlices } from './time-slices.ts';

/** A list from the provider or from the disk. */
export interface CatalogueData {
  readonly channels: readonly Channel[];
  readonly categories: readonly Category[];
  /** The time of the refresh, in epoch milliseconds. */
  readonly refreshedAt: number;
}

/** An immutable list of all channels; each refresh makes a new one. */
export interface CatalogueSnapshot {
  /** In the provider's order. */
  readonly channels: readonly Channel[];
  readonly categories: readonly Category[];
  readonly byId: Pick<ReadonlyMap<ChannelId, Channel>, 'get' | 'has'>;
  /** The number of channels by category id, including ids that are not in `categories`. */
  readonly countByCategory: ReadonlyMap<string, number>;
  /** When the own account's list was refreshed, or the first one's where that is not in use; null before that. */
  readonly refreshedAt: number | null;
}

/** The snapshot before the first list. */
export const emptySnapshot: CatalogueSnapshot = {
  channels: [],
  categories: [],
  byId: new Map(),
  countByCategory: new Map(),
  refreshedAt: null,
};

/** Indexes the channels in time slices; 150,000 channels take about 30 ms. If two channels have the same id, the first one is used. */
export async function buildSnapshot(
  data: Omit<CatalogueData, 'refreshedAt'> & Pick<CatalogueSnapshot, 'refreshedAt'>,
  signal?: AbortSignal,
): Promise<CatalogueSnapshot> {
  const { channels, categories, refreshedAt } = data;
  const byId = new IdTable(channels);
  const countByCategory = new Map<string, number>();
  const slices = new TimeSlices(signal);
  for (const [place, { categoryId }] of channels.entries()) {
    byId.add(place);
    if (categoryId !== null) countByCategory.set(categoryId, (countByCategory.get(categoryId) ?? 0) + 1);
    if (slices.due()) await slices.rest();
  }
  return { channels, categories, byId, countByCategory, refreshedAt };
}
