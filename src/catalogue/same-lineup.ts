import type { Category, Channel } from '../domain/channel.ts';
import { TimeSlices } from './time-slices.ts';

interface Lineup {
  readonly channels: readonly Channel[];
  readonly categories: readonly Category[];
}

/** Whether two lists are equal, including their order. Works in time slices; rejects with the signal's reason. */
export async function isSameLineup(a: Lineup, b: Lineup, signal?: AbortSignal): Promise<boolean> {
  if (a.channels.length !== b.channels.length || a.categories.length !== b.categories.length) return false;
  const slices = new TimeSlices(signal);
  for (const [place, category] of a.categories.entries()) {
    const other = b.categories[place];
    if (category.id !== other?.id || category.name !== other.name) return false;
  }
  for (const [place, channel] of a.channels.entries()) {
    const other = b.channels[place];
    if (!other || !isSame(channel, other)) return false;
    if (slices.due()) await slices.rest();
  }
  return true;
}

function isSame(a: Channel, b: Channel): boolean {
  return (
    a.id === b.id &&
    a.number === b.number &&
    a.name === b.name &&
    a.categoryId === b.categoryId &&
    a.logo === b.logo &&
    a.epgId === b.epgId &&
    a.archiveDays === b.archiveDays
  );
}
