/** One live channel of the provider, as the catalogue holds it: cleaned of HTML, padding and wrong types. */
export interface Channel {
  /** The provider's `stream_id`, unique within an account. */
  readonly id: number;
  /** The provider's position (`num`), from 1; null where it gave none. */
  readonly number: number | null;
  readonly name: string;
  readonly categoryId: string | null;
  /** Address of the picture at the provider: a secret, never sent to a client as it is. */
  readonly logo: string | null;
  /** XMLTV channel id (`epg_channel_id`). */
  readonly epgId: string | null;
}

export interface Category {
  readonly id: string;
  readonly name: string;
}

/** One entry of the guide. Times are epoch milliseconds. */
export interface Programme {
  readonly title: string;
  readonly description: string;
  readonly start: number;
  readonly stop: number;
}
