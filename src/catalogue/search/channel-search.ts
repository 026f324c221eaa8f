import type { Category, Channel } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { ChannelGroup } from '../variants.ts';
import type { Boosts, Why } from './boosts.ts';
import type { Choices } from './find-chosen.ts';

/** The filter and the page of a search. */
export interface SearchOptions {
  /** Returns only the channels of this category id, or with a variant in it. */
  readonly category?: string;
  readonly limit: number;
  readonly offset: number;
}

/** The options of `browse`. */
export interface BrowseOptions extends SearchOptions {
  /** The same as in `GroupOptions`. */
  readonly onNow?: (text: string) => Iterable<ChannelId>;
}

/** A page of channels. */
export interface GroupPage {
  readonly items: readonly ChannelGroup[];
  /** The number of all results, regardless of limit and offset. */
  readonly total: number;
}

/** A page of entries. */
export interface SearchResult {
  /** Variants of a channel are adjacent, best first. */
  readonly items: readonly Channel[];
  /** The number of all results, regardless of limit and offset. */
  readonly total: number;
}

/** The limit and the context of a search for channels. */
export interface GroupOptions {
  readonly limit: number;
  /** Facts about the asker that raise the score of results, which name them in their `why`. */
  readonly boosts?: Boosts;
  /** Finds the ids of the channels whose current programme has a text in its title ("the match"). */
  readonly onNow?: (text: string) => Iterable<ChannelId>;
}

/** A channel that was found, with its score. */
export interface GroupResult extends ChannelGroup {
  /** Comparable within one answer only; more than 1 if other facts than the name raise it. */
  readonly score: number;
  readonly why: readonly Why[];
}

/** An entry of a series of channels for events that has one. */
export interface ChannelEvent {
  readonly channel: Channel;
  readonly series: string;
  /** As the provider writes it, without the number of the channel: "Fury - Usyk 20:00". */
  readonly text: string;
}

/** The channels for events of a list. */
export interface ChannelEvents {
  /** All series, also those without an event. */
  readonly series: readonly string[];
  readonly events: readonly ChannelEvent[];
}

/** Searches one list. A channel number finds its channel first. Separators are never found. */
export interface ChannelSearch {
  /** The list as somebody has chosen it: with names and numbers of their own, and without what is hidden. */
  readonly channels: readonly Channel[];
  readonly events: ChannelEvents;
  /** Returns a page of entries. An empty text finds all of them in the list's order. */
  search(query: string, options: SearchOptions): SearchResult;
  /** Returns a page of channels with their variants. */
  browse(query: string, options: BrowseOptions): GroupPage;
  /** Returns channels with their variants, best first. An empty text finds the asker's favourites, recents and popular channels. */
  groups(query: string, options: GroupOptions): GroupResult[];
  /** The channel of which an entry is a variant; null for an unknown id and for a separator. */
  groupOf(channelId: ChannelId): ChannelGroup | null;
  /** The previous and the next channel in an entry's category, in the list's order, wrapping around at the ends. */
  besideInCategory(channelId: ChannelId): Neighbours;
}

/** The neighbours of a channel; null for a missing one. A single other channel is the next one (`behind`). */
export type Neighbours = readonly [before: ChannelGroup | null, behind: ChannelGroup | null];

/** Builds the search of a list. */
export type BuildSearch = (
  channels: readonly Channel[],
  signal?: AbortSignal,
  categories?: readonly Category[],
  choices?: Choices,
) => Promise<ChannelSearch>;
