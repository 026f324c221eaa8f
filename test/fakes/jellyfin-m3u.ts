/**
 * Jellyfin's M3U tuner (src/Jellyfin.LiveTv/TunerHosts), in small: what its channels are called, their numbers, and the
 * addresses by which it knows them. Written from its behaviour.
 */
export interface JellyfinChannel {
  /** Jellyfin takes the MD5 of it for the channel's id. */
  readonly address: string;
  readonly name: string | null;
  readonly number: string | null;
  /** By which it finds the programmes. */
  readonly guideId: string | null;
  readonly logo: string | null;
  readonly group: string | null;
}

const ATTRIBUTE = /([A-Z0-9\-_]+)="([^"]+)"/gi;

/** The channels that it finds in an M3U list; what it drops is missing. */
export function readAsJellyfin(text: string): JellyfinChannel[] {
  const channels: JellyfinChannel[] = [];
  let info: string | null = null;
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    if (line === '' || /^#EXTM3U/i.test(line)) continue;
    if (/^#EXTINF:/i.test(line)) info = line.slice('#EXTINF:'.length).trim();
    else if (info !== null && !line.startsWith('#')) {
      if (/^(https?|rtsp|rtp|udp):\/\/./i.test(line)) channels.push(toChannel(info, line));
      info = null;
    }
  }
  return channels;
}

function toChannel(info: string, address: string): JellyfinChannel {
  const attributes = new Map<string, string>();
  let rest = info;
  for (const [whole, key = '', value = ''] of info.matchAll(ATTRIBUTE)) {
    attributes.set(key.toLowerCase(), value);
    rest = rest.replace(whole, '');
  }
  const of = (key: string) => attributes.get(key) ?? null;
  return {
    address,
    name: nameOf(rest) ?? of('tvg-name') ?? of('tvg-id'),
    number: numberOf(of, address),
    guideId: of('tvg-id') ?? of('channel-id'),
    logo: of('tvg-logo') ?? of('logo'),
    group: of('group-title'),
  };
}

/** What follows the last comma, without a number in front that a space ends. */
function nameOf(rest: string): string | null {
  const parts = rest.split(',').filter((part) => part !== '');
  const last = parts.length > 1 ? (parts.at(-1) ?? '').trim() : '';
  const space = last.indexOf(' ');
  const isNumbered = space > 0 && isNumber(last.slice(0, space).replace(/^[ .]+|[ .]+$/g, ''));
  return (isNumbered ? last.slice(space + 1).replace(/^[ -]+/, '') : last) || null;
}

function numberOf(of: (key: string) => string | null, address: string): string | null {
  for (const given of [of('tvg-chno'), of('tvg-id'), of('tvg-id') && of('channel-id')])
    if (given !== null && given !== '0' && given !== '-1' && isNumber(given)) return given;
  const last = (address.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  return isNumber(last) ? last : null;
}

/** .NET's double.TryParse, with the usual styles. */
function isNumber(text: string): boolean {
  return /^\s*([+-]?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?|nan|[+-]?infinity|∞)\s*$/i.test(text);
}
