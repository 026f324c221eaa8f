import { escapeUTF8 } from 'entities';
import type { Programme } from '../domain/channel.ts';
import { withGenreWords } from './genre-words.ts';

/** A channel of the guide. */
export interface XmltvChannel {
  /** Its id in XMLTV, the `tvg-id` of playlists. */
  readonly id: string;
  readonly number: number;
  readonly name: string;
  /** An absolute address. */
  readonly icon: string;
}

/** The first lines of a file. There is no DOCTYPE, since some readers refuse or fetch what it names. */
export const XMLTV_START = '<?xml version="1.0" encoding="UTF-8"?>\n<tv generator-info-name="Zapette">\n';
export const XMLTV_END = '</tv>\n';

/** A `<channel>`: Plex shows the first name, and Jellyfin finds a channel by any of them. */
export function channelXml({ id, number, name, icon }: XmltvChannel): string {
  const names = [`${number} ${name}`, `${number}`, name]
    .map((each) => element('display-name', each))
    .join('');
  return `<channel id="${escapeXml(id)}">${names}${element('lcn', `${number}`)}<icon src="${escapeXml(icon)}"/></channel>\n`;
}

/**
 * A `<programme>`, its elements in the order of the DTD.
 * @param channel the id, escaped.
 * @param icon our address of its picture, since its own is the provider's; null for none.
 */
export function programmeXml(channel: string, programme: Programme, icon: string | null = null): string {
  const { title, description, start, stop, subTitle, date, categories, isNew, texts } = programme;
  let xml = `<programme start="${xmltvTime(start)}" stop="${xmltvTime(stop)}" channel="${channel}">`;
  if (texts) for (const text of texts) xml += element('title', text.title, text.language);
  else xml += element('title', title);
  if (subTitle) xml += element('sub-title', subTitle);
  if (texts) {
    for (const text of texts) if (text.description) xml += element('desc', text.description, text.language);
  } else if (description) xml += element('desc', description);
  if (date) xml += element('date', date);
  if (categories) for (const category of withGenreWords(categories)) xml += element('category', category);
  if (icon !== null) xml += `<icon src="${escapeXml(icon)}"/>`;
  xml += episodeXml(programme);
  // To Plex, what says nothing is new, and only what is known is said.
  if (isNew === true) xml += '<new/>';
  if (isNew === false) xml += '<previously-shown/>';
  return `${xml}</programme>\n`;
}

/** Escapes a text for elements and attributes, without the characters that XML 1.0 forbids, at which readers stop. */
export function escapeXml(text: string): string {
  if (!SPECIAL.test(text) && text.isWellFormed()) return text;
  return escapeUTF8(text.toWellFormed().replace(FORBIDDEN, ''));
}

const FORBIDDEN = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu;
const SPECIAL = /[&<>"'\ufffe\uffff]|[^\P{Cc}\t\n\r]/u;

/** Both numberings: as people write it, and `xmltv_ns`, which counts from 0. Kodi understands the first as `S01E02` alone. */
function episodeXml({ season, episode }: Programme): string {
  if (episode === undefined) return '';
  if (season === undefined) return numbered('onscreen', `E${twoDigits(episode)}`);
  const onScreen = numbered('onscreen', `S${twoDigits(season)}E${twoDigits(episode)}`);
  // Special episodes have no season that counts from 0.
  return season < 1 || episode < 1
    ? onScreen
    : onScreen + numbered('xmltv_ns', `${season - 1}.${episode - 1}.`);
}

function numbered(system: string, text: string): string {
  return `<episode-num system="${system}">${text}</episode-num>`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}

function element(name: string, text: string, language?: string): string {
  const attribute = language === undefined ? '' : ` lang="${escapeXml(language)}"`;
  return `<${name}${attribute}>${escapeXml(text)}</${name}>`;
}

/** In UTC with an offset and one space: Kodi reads nothing else, and without an offset each reader guesses another. */
function xmltvTime(time: number): string {
  const iso = new Date(time).toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)} +0000`;
}
