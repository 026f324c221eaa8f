/** A channel in an M3U playlist. */
export interface M3uChannel {
  readonly name: string;
  /** Such as `tvg-id`, in this order. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The line ahead of a channel's address. */
export function extinf({ name, attributes = {} }: M3uChannel): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${quotable(value)}"`);
  return `#EXTINF:-1${pairs.join('')},${oneLine(name)}`;
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

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Attributes have no way to write a quotation mark. */
function quotable(text: string): string {
  return oneLine(text).replaceAll('"', "'");
}
