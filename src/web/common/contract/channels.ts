/** Channels, as the server’s OpenAPI page documents its JSON. Times are ISO 8601 strings, bit rates are bits per second. */

/** A channel: a number in the installation's own account, else a text. */
export type ChannelId = number | string;

/** One entry of the provider's list: a channel in one quality. */
export interface Variant {
  readonly id: ChannelId;
  /** The provider's spelling. */
  readonly name: string;
  readonly quality: 'SD' | 'HD' | 'FHD' | 'UHD' | null;
  readonly codec: string | null;
  readonly kind: string;
}

/** A channel with all its variants. */
export interface ChannelGroup {
  /** The id of the best variant. */
  readonly id: ChannelId;
  /** The id for requests to the guide. */
  readonly guide_id: ChannelId;
  readonly number: number | null;
  readonly name: string;
  /** Path of the logo on this server, which may answer 404. */
  readonly logo: string | null;
  /** For how many days the provider keeps the channel's past; 0 for not at all. */
  readonly archive_days: number;
  /** At least one; best first. */
  readonly variants: readonly Variant[];
}

/** A favourite channel of the person who is logged in. */
export interface Favourite {
  /** The id when it became a favourite. */
  readonly channel_id: ChannelId;
  readonly channel_name: string;
  /** The channel in the current list; null if it is no longer there. */
  readonly channel: ChannelGroup | null;
}

/** A category of the channel list, with its number of channels. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly count: number;
}

/** The channels above and below another one; null where there is none. */
export interface Neighbours {
  readonly up: ChannelGroup | null;
  readonly down: ChannelGroup | null;
}

/** The answer of GET /api/categories. */
export interface CategoryPage {
  readonly items: readonly Category[];
  /** Channels in the whole list. */
  readonly total: number;
}

/** One page of the channel list or of a search. */
export interface GroupPage {
  readonly items: readonly ChannelGroup[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

/** A channel for which an admin has chosen something. */
export interface ChosenChannel {
  /** For people. */
  readonly name: string;
  /** The provider's spelling of each of its entries; at least one. */
  readonly entries: readonly { readonly id: ChannelId; readonly name: string }[];
  readonly chosen_name: string | null;
  readonly number: number | null;
  readonly is_hidden: boolean;
  readonly is_alone: boolean;
}

/** What is to be different about a channel; what is absent stays as it is. */
export interface ChoiceChange {
  readonly name?: string | null;
  readonly number?: number | null;
  readonly is_hidden?: boolean;
  readonly same_as?: ChannelId;
  readonly is_alone?: boolean;
}

/** A channel that was on air once, or still is. */
export interface HistoryEntry {
  readonly id: number;
  /** Null if the channel is no longer in the list. */
  readonly channel_id: ChannelId | null;
  readonly channel_name: string;
  readonly asked_by: string | null;
  readonly started_at: string;
  readonly ended_at: string | null;
}

/** A refresh of the channel list. */
export interface CatalogueChange {
  readonly channels: number;
  readonly refreshed_at: string;
}
