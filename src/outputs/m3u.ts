import type { MeasuredBandwidth } from '../stream/segments/bandwidth.ts';

/** Bits per second to tell before any channel has been measured. A measured slate would promise far too little. */
const USUAL_BANDWIDTH = 8_000_000;

/** A channel in an M3U playlist. */
export interface M3uChannel {
  readonly name: string;
  /** Such as `tvg-id`, in this order. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The line ahead of a channel's address. */
export function extinf({ name, attributes = {} }: M3uChannel): string {
  // Jellyfin does not take an empty value for an attribute.
  const given = Object.entries(attributes).filter(([, value]) => value !== '');
  const pairs = given.map(([key, value]) => ` ${key}="${quotable(value)}"`);
  return `#EXTINF:-1${pairs.join('')},${titleOf(name)}`;
}

/**
 * The same line for a text that is an HLS playlist as well: Jellyfin's M3U parser takes it in lower case, while to HLS
 * players it is a comment.
 */
export function extinfForJellyfin(channel: M3uChannel): string {
  return extinf(channel).replace('#EXTINF', '#extinf');
}

/** An M3U playlist of one address. */
export function m3uPlaylist(channel: M3uChannel, address: string): string {
  return ['#EXTM3U', extinf(channel), address, ''].join('\n');
}

/** What Jellyfin takes for a number at the beginning of a name: .NET's numbers, with full stops around them. */
const LEADING_NUMBER = /^(\.*[+-]?(?:[\d.,]*\d[\d.,]*(?:e[+-]?\d+)?|nan|infinity|∞)\.*) /i;

/** A name behind the comma. Jellyfin takes what follows the last comma, and cuts off a number that a plain space follows. */
function titleOf(name: string): string {
  return quotable(name)
    .replace(/\s*,\s*/g, ' ')
    .trim()
    .replace(LEADING_NUMBER, '$1\u00a0');
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Attributes have no way to write a quotation mark. */
function quotable(text: string): string {
  return oneLine(text).replaceAll('"', "'");
}

/** What /live.m3u8 tells. */
export interface LivePlaylistFacts {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  /** Our address, without a trailing slash. */
  readonly base: string;
  /** The address of the media playlist, with the viewers' key if they need one. */
  readonly media: string;
  /** Null before any channel has been measured. */
  readonly bandwidth: MeasuredBandwidth | null;
}

/** The text of /live.m3u8: a multivariant playlist (RFC 8216, 4.3.4) to HLS players and an M3U tuner of one channel to Jellyfin. */
export function livePlaylistForAll({ id, number, name, base, media, bandwidth }: LivePlaylistFacts): string {
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:6',
    extinfForJellyfin({
      name,
      attributes: {
        'tvg-id': id,
        'tvg-chno': String(number),
        'tvg-name': name,
        'tvg-logo': `${base}/logo.png`,
        'group-title': 'Live',
      },
    }),
    // Nothing may stand between this and its address.
    `#EXT-X-STREAM-INF:${ratesOf(bandwidth)}`,
    media,
    '',
  ].join('\n');
}

/** The attributes of EXT-X-STREAM-INF that say what a channel needs. @param bandwidth null before it has been measured */
export function ratesOf(bandwidth: MeasuredBandwidth | null): string {
  return bandwidth
    ? `BANDWIDTH=${bandwidth.peak},AVERAGE-BANDWIDTH=${bandwidth.average}`
    : `BANDWIDTH=${USUAL_BANDWIDTH}`;
}
