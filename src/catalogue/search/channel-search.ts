import type { Category, Channel } from '../../domain/channel.ts';
import type { ChannelGroup } from '../variants.ts';
import type { Boosts, Why } from './boosts.ts';

export interface SearchOptions {
  /** Only channels of this category id, or that have a variant in it. */
  readonly category?: string;
  readonly limit: number;
  readonly offset: number;
}

/** Of people who look through the list. */
export interface BrowseOptions extends SearchOptions {
  /** As in `GroupOptions`. */
  readonly onNow?: (text: string) => Iterable<number>;
}

export interface GroupPage {
  readonly items: readonly ChannelGroup[];
  /** How many there are without limit and offset. */
  readonly total: number;
}

export interface SearchResult {
  /** Variants of one channel stand together, best first. */
  readonly items: readonly Channel[];
  /** How many there are without limit and offset. */
  readonly total: number;
}

export interface GroupOptions {
  readonly limit: number;
  /** What is known of who asks: moves results up, and says so in their `why`. */
  readonly boosts?: Boosts;
  /** Ids of the channels on which a text is on now ("the match"), from the guide. */
  readonly onNow?: (text: string) => Iterable<number>;
}

export interface GroupResult extends ChannelGroup {
  /** Comparable within one answer only; more than 1 when more than the name speaks for it. */
  readonly score: number;
  readonly why: readonly Why[];
}

/** Finds channels in one list. A channel number finds its channel first. Separators are never found. */
export interface ChannelSearch {
  /** Entries of the list, by page. Nothing typed finds all, in the list's order. */
  search(query: string, options: SearchOptions): SearchResult;
  /** Channels with their variants, by page: for somebody who looks through the list. */
  browse(query: string, options: BrowseOptions): GroupPage;
  /** Channels with their variants, best first. Nothing typed finds what whoever asks knows: favourites, recents, popular. */
  groups(query: string, options: GroupOptions): GroupResult[];
  /** The channel that an entry is a variant of; null for an id that is not there, and for a separator. */
  groupOf(channelId: number): ChannelGroup | null;
  /** The channels before and behind an entry's in its category, in the list's order and round its ends. */
  besideInCategory(channelId: number): Beside;
}

/** Null where there is no other channel; where there is just one, it is behind. */
export type Beside = readonly [before: ChannelGroup | null, behind: ChannelGroup | null];

export type BuildSearch = (
  channels: readonly Channel[],
  signal?: AbortSignal,
  categories?: readonly Category[],
) => Promise<ChannelSearch>;
