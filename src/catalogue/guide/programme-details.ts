import type { ProgrammeDetails, ProgrammeText } from '../../domain/channel.ts';
import { plainText } from '../../lib/plain-text.ts';

/** An `<episode-num>` of XMLTV. */
export interface EpisodeNumber {
  /** The attribute `system`; empty if it is missing, which means `onscreen`. */
  readonly system: string;
  readonly text: string;
}

/** The raw texts of a programme's elements. */
export interface RawDetails {
  readonly subTitle: string;
  readonly categories: readonly string[] | null;
  readonly numbers: readonly EpisodeNumber[] | null;
  readonly date: string;
  readonly icon: string;
  readonly hasNew: boolean;
  readonly wasShown: boolean;
  /** At least two, where there are several. */
  readonly texts: readonly ProgrammeText[] | null;
}

const CATEGORY_LIMIT = 80;
const MOST_CATEGORIES = 10;
/** More is a number of the provider's own. */
const GREATEST = 99_999;

/** The details that a programme has; null if it has none. */
export function detailsOf(raw: RawDetails): ProgrammeDetails | null {
  const { subTitle, categories, numbers, date, icon, hasNew, wasShown, texts } = raw;
  const hasNone =
    subTitle === '' && !categories && !numbers && date === '' && icon === '' && hasNew === wasShown && !texts;
  if (hasNone) return null;
  const details: { -readonly [Name in keyof ProgrammeDetails]: ProgrammeDetails[Name] } = {};
  if (subTitle !== '') details.subTitle = subTitle;
  if (categories) {
    const kept: string[] = [];
    for (const text of categories) {
      const category = plainText(text, CATEGORY_LIMIT);
      if (category !== '' && kept.length < MOST_CATEGORIES && !kept.includes(category)) kept.push(category);
    }
    if (kept.length > 0) details.categories = kept;
  }
  if (numbers) Object.assign(details, numbersOf(numbers));
  const made = dateOf(date);
  if (made !== null) details.date = made;
  if (icon !== '') details.icon = icon;
  // A guide that says both says nothing.
  if (hasNew !== wasShown) details.isNew = hasNew;
  if (texts) details.texts = texts;
  return details;
}

/** Season and episode: `xmltv_ns` ("0.11.", from 0) counts before `onscreen` ("S01E12"). */
export function numbersOf(numbers: readonly EpisodeNumber[]): Pick<ProgrammeDetails, 'season' | 'episode'> {
  const ofSystem = (system: string) => numbers.filter((number) => number.system.toLowerCase() === system);
  for (const { text } of ofSystem('xmltv_ns')) {
    const [season, episode] = text.split('.').map((part) => /^\s*(\d{1,5})\s*(?:\/|$)/.exec(part)?.[1]);
    const found = numbersFrom(season, episode, 1);
    if (found) return found;
  }
  for (const { text } of [...ofSystem('onscreen'), ...ofSystem('')]) {
    const both =
      /\bs(?:eason|aison)?[\s.]*(\d{1,5})[\s.,:/-]*e(?:p(?:isode)?)?[\s.]*(\d{1,5})\b/i.exec(text) ??
      /^\s*(\d{1,4})x(\d{1,5})\b/i.exec(text);
    const episode = /^\s*(?:e|ep|episode|épisode)[\s.]*(\d{1,5})\b/i.exec(text)?.[1];
    const found = both ? numbersFrom(both[1], both[2], 0) : numbersFrom(undefined, episode, 0);
    if (found) return found;
  }
  return {};
}

function numbersFrom(
  season: string | undefined,
  episode: string | undefined,
  offset: number,
): Pick<ProgrammeDetails, 'season' | 'episode'> | null {
  const count = (text: string | undefined) => (text === undefined ? null : Number(text) + offset);
  const [ofSeason, ofEpisode] = [count(season), count(episode)];
  const isEpisode = ofEpisode !== null && ofEpisode > 0 && ofEpisode <= GREATEST;
  if (ofSeason === null && !isEpisode) return null;
  return { ...(ofSeason === null ? {} : { season: ofSeason }), ...(isEpisode ? { episode: ofEpisode } : {}) };
}

/** `2024`, `202401` or `20240131`, which guides also write with hyphens; null for anything else. */
function dateOf(text: string): string | null {
  if (text === '') return null;
  return (
    /^(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?/.exec(
      text.trim().replaceAll('-', ''),
    )?.[0] ?? null
  );
}
