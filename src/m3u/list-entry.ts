import { hash } from 'node:crypto';
import type { Category, Channel } from '../domain/channel.ts';
import { plainText } from '../lib/plain-text.ts';
import { archiveDaysOf, archiveTemplates } from './archive-templates.ts';
import type { EntryAddress, M3uEntry } from './m3u-parser.ts';

/** An absolute address of a channel. */
export interface ChannelAddress extends EntryAddress {
  /** Where to ask for the past, if the entry keeps it. @see fillTemplate */
  readonly archive?: readonly string[];
}

/** An entry as a channel that has no id yet. */
export interface ListEntry extends Omit<Channel, 'id' | 'categoryId'> {
  readonly category: Category | null;
  /** The best first; at least one. */
  readonly addresses: readonly ChannelAddress[];
}

/** Why an entry is no channel. film: a film or an episode · unusable: it has no name, or no address */
export type NoChannel = 'film' | 'unusable';

/** Seconds; television has no duration, and lists write 0 or 1 for it as well as -1. */
const SHORTEST_FILM = 60;
const FILM_PATH = /\/(?:movies?|series|vod)\/|\.(?:mp4|mkv|avi|mov|m4v|wmv|mpe?g|webm|divx)$/i;
/** VLC's way to write that datagrams are for this machine. */
const EVERY_HOST = /^(udp|rtp):\/\/@:/i;
const ADDRESS = /^https?:\/\/\S+$/i;

/**
 * Reads an entry as a channel.
 * @param base the list's own address, for relative ones; null if it has none.
 * @param header the attributes of the whole list, which hold for its entries.
 */
export function readEntry(
  entry: M3uEntry,
  base: string | null,
  header: ReadonlyMap<string, string>,
): ListEntry | NoChannel {
  const attribute = (...names: readonly string[]): string => {
    for (const name of names) {
      const value = entry.attributes.get(name);
      if (value) return value;
    }
    return '';
  };
  const days = archiveDaysOf(entry.attributes, header);
  const addresses = entry.addresses.flatMap(({ url, ...options }) => {
    const address = URL.parse(url.replace(EVERY_HOST, '$1://0.0.0.0:'), base ?? undefined);
    if (!address) return [];
    const archive = days > 0 ? archiveTemplates(address.href, entry.attributes, header) : [];
    return { ...options, url: address.href, ...(archive.length > 0 ? { archive } : {}) };
  });
  const [first] = addresses;
  if (first && isFilm(entry, new URL(first.url).pathname)) return 'film';
  const epgId = plainText(attribute('tvg-id', 'channel-id', 'tvg_id'));
  const name = plainText(entry.name) || plainText(attribute('tvg-name', 'name')) || epgId;
  if (!first || name === '') return 'unusable';
  const logo = attribute('tvg-logo', 'logo', 'tvg-logo-small');
  return {
    name,
    addresses,
    number: positive(attribute('tvg-chno', 'channel-number', 'ch-number', 'tvg-num')),
    category: categoryOf(entry.group),
    logo: ADDRESS.test(logo) ? logo : null,
    epgId: epgId === '' ? null : epgId,
    // What is kept is of no use where nobody knows how to ask for it.
    archiveDays: addresses.some(({ archive }) => archive) ? days : 0,
  };
}

/**
 * The list's own name for a channel. It is made of what stays the same when a provider changes its addresses, which hold
 * tokens.
 */
export function ownIdOfEntry({ epgId, name, category }: ListEntry): string {
  return shortHash([epgId ?? '', name, category?.id ?? ''].join('\n'));
}

function categoryOf(group: string): Category | null {
  const [first = ''] = group.split(';');
  const name = plainText(first);
  return name === '' ? null : { id: shortHash(name.normalize('NFKC').toLowerCase()), name };
}

/** Ten letters and digits at most. */
function shortHash(text: string): string {
  return Number.parseInt(hash('sha256', text, 'hex').slice(0, 12), 16).toString(36);
}

function isFilm({ duration, attributes }: M3uEntry, path: string): boolean {
  if (attributes.get('media')?.toLowerCase() === 'true') return true;
  return (duration !== null && duration >= SHORTEST_FILM) || FILM_PATH.test(path);
}

function positive(text: string): number | null {
  const number = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : 0;
  return number > 0 ? number : null;
}
