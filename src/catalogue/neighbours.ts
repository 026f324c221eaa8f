import type { Asker } from '../domain/actor.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Favourites } from '../store/favourites.ts';
import type { Catalogue } from './catalogue.ts';
import { findAgain } from './find-again.ts';
import type { ChannelGroup } from './variants.ts';

/** The sources of a channel's neighbours. */
export interface NeighbourContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf' | 'besideInCategory'>;
  readonly favourites: Pick<Favourites, 'of'>;
}

/** The targets of channel up and channel down; null if there is no other channel. */
export interface Neighbours {
  readonly up: ChannelGroup | null;
  readonly down: ChannelGroup | null;
}

/**
 * The neighbours of a channel for a remote control: among the favourites of the person who asked for it if it is one of them,
 * otherwise in its category. Variants of a channel count once, and the list wraps around at its ends.
 */
export function neighbours(
  { catalogue, favourites }: NeighbourContext,
  channelId: ChannelId,
  askedBy: Asker | null,
): Neighbours {
  const own = catalogue.groupOf(channelId);
  if (!own) return { up: null, down: null };
  const kept = askedBy ? keptBy({ catalogue, favourites }, askedBy) : [];
  const at = kept.findIndex((group) => isSame(group, own));
  if (at >= 0 && kept.length > 1) return beside(kept, at);
  const [before, after] = catalogue.besideInCategory(channelId);
  return { up: after, down: before };
}

/** A person's favourites in their order, without those that have left the list. */
function keptBy({ catalogue, favourites }: NeighbourContext, { id }: Asker): ChannelGroup[] {
  const groups: ChannelGroup[] = [];
  for (const favourite of favourites.of(id)) {
    const channel = findAgain(catalogue, favourite);
    const group = channel && catalogue.groupOf(channel.id);
    if (group && !groups.some((each) => isSame(each, group))) groups.push(group);
  }
  return groups;
}

function beside(groups: readonly ChannelGroup[], at: number): Neighbours {
  const up = groups[(at + 1) % groups.length] ?? null;
  const down = groups.at(at - 1) ?? null;
  return { up, down: up === down ? null : down };
}

function isSame(one: ChannelGroup, other: ChannelGroup): boolean {
  return one.variants[0].id === other.variants[0].id;
}
