import type { Readable } from 'node:stream';
import { catchUpOf } from '../catch-up.ts';
import type { LineUpEntry } from '../line-up.ts';
import { extinf } from '../m3u.ts';
import { guidePath, logoAddress, prefixOf, streamPath } from './addresses.ts';
import { inPieces } from './in-pieces.ts';
import type { LoggedIn } from './options.ts';
import type { XtreamParams } from './params.ts';

export interface ChannelListFacts {
  readonly login: LoggedIn;
  /** Our origin, as the app reaches it. */
  readonly base: string;
  readonly params: XtreamParams;
}

/** The M3U text of get.php. `type=m3u` has names alone; `output=m3u8` or `hls` has HLS addresses. */
export function channelList(
  entries: readonly LineUpEntry[],
  { login, base, params }: ChannelListFacts,
): Readable {
  const hasAttributes = params('type') !== 'm3u';
  const ending = /^(?:m3u8|hls)$/.test(params('output')) ? '.m3u8' : '.ts';
  const guide = `${base}${guidePath(login)}`;
  const below = `${base}${prefixOf(login)}`;
  return inPieces({
    items: entries,
    before: hasAttributes ? `#EXTM3U url-tvg="${guide}" x-tvg-url="${guide}"\n` : '#EXTM3U\n',
    toText: (entry) => {
      const logo = logoAddress(base, login, entry);
      const channel = hasAttributes ? described(entry, logo, below) : { name: entry.name };
      return `${extinf(channel)}\n${base}${streamPath(login, entry, ending)}\n`;
    },
    after: '',
  });
}

function described(entry: LineUpEntry, logo: string, base: string) {
  const { id, name, shownNumber, group } = entry;
  return {
    name,
    attributes: {
      'tvg-id': id,
      'tvg-name': name,
      'tvg-chno': String(shownNumber),
      'tvg-logo': logo,
      'group-title': group,
      ...catchUpOf(entry, base),
    },
  };
}
