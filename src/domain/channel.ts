import type { ChannelChoice } from './channel-choice.ts';
import type { ChannelId } from './ids.ts';

/** One live channel of the provider, cleaned of HTML, padding and wrong types. */
export interface Channel {
  readonly id: ChannelId;
  /** The one that somebody has chosen, else the provider's position (`num`), from 1; null if there is none. */
  readonly number: number | null;
  /** As the provider writes it. */
  readonly name: string;
  /** What somebody has chosen for it; absent otherwise. */
  readonly chosen?: Pick<ChannelChoice, 'called' | 'number'>;
  readonly categoryId: string | null;
  /** The address of the logo at the provider: a secret that is never sent to a client. */
  readonly logo: string | null;
  /** The XMLTV channel id (`epg_channel_id`). */
  readonly epgId: string | null;
  /** For how many days the provider keeps what the channel has shown (`tv_archive_duration`); 0 if it keeps nothing. */
  readonly archiveDays: number;
}

/** One category of the provider's channel list. */
export interface Category {
  readonly id: string;
  readonly name: string;
}

/** The longest duration of a programme without an end, in milliseconds. */
export const LONGEST_OPEN_PROGRAMME = 3 * 3_600_000;

/** What a guide tells of a programme in one language. */
export interface ProgrammeText {
  /** As the guide names it, such as `fr` or `en-GB`. */
  readonly language: string;
  readonly title: string;
  /** Empty if there is none. */
  readonly description: string;
}

/** What a guide may tell beside title, description and times. Whatever is not known is absent. */
export interface ProgrammeDetails {
  /** The title of the episode. */
  readonly subTitle?: string;
  /** As the guide words them, in its order; at least one. */
  readonly categories?: readonly string[];
  /** From 1; 0 for special episodes. */
  readonly season?: number;
  /** From 1. */
  readonly episode?: number;
  /** When it was made: `2024`, `202401` or `20240131`. */
  readonly date?: string;
  /** The address of a picture at the provider: a secret, as a channel's logo is. */
  readonly icon?: string;
  /** Whether it is shown for the first time. */
  readonly isNew?: boolean;
  /** In all languages, where there are several; at least two, in the guide's order. */
  readonly texts?: readonly ProgrammeText[];
}

/** One entry of the guide. Times are epoch milliseconds. */
export interface Programme extends ProgrammeDetails {
  readonly title: string;
  readonly description: string;
  readonly start: number;
  readonly stop: number;
}

/** A programme in a language, if the guide has it. @param language two letters, such as `fr`. */
export function inLanguage(programme: Programme, language: string): Programme {
  const text = programme.texts?.find((each) => each.language.toLowerCase().split('-')[0] === language);
  if (!text) return programme;
  return { ...programme, title: text.title, description: text.description || programme.description };
}

/** The sub-title and the description as one text, for where there is a single place for both. */
export function fullDescription({ subTitle = '', description }: Programme): string {
  return [subTitle, description].filter((text) => text !== '').join(' · ');
}
