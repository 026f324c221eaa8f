import type { ChannelId } from './ids.ts';

/** One live channel of the provider, cleaned of HTML, padding and wrong types. */
export interface Channel {
  readonly id: ChannelId;
  /** The provider's position (`num`), from 1; null if the provider gave none. */
  readonly number: number | null;
  readonly name: string;
  readonly categoryId: string | null;
  /** The address of the logo at the provider: a secret that is never sent to a client. */
  readonly logo: string | null;
  /** The XMLTV channel id (`epg_channel_id`). */
  readonly epgId: string | null;
}

/** One category of the provider's channel list. */
export interface Category {
  readonly id: string;
  readonly name: string;
}

/** The longest duration of a programme without an end, in milliseconds. */
export const LONGEST_OPEN_PROGRAMME = 3 * 3_600_000;

/** One entry of the guide. Times are epoch milliseconds. */
export interface Programme {
  readonly title: string;
  readonly description: string;
  readonly start: number;
  readonly stop: number;
}
