import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Source } from '../domain/source.ts';
import type { Span } from '../domain/span.ts';
import { fillTemplate } from './archive-templates.ts';
import type { ChannelAddress } from './list-entry.ts';

/** The schemes of addresses that can be played. @see stream/tuner/open-source.ts */
const playable: ReadonlySet<string> = new Set(['http:', 'https:', 'udp:', 'rtp:']);
const HLS = /\.m3u8?$/i;
const DASH = /\.mpd$/i;

/** Why an address cannot be played; null if it can be. */
export function obstacleTo({ url, isDrm }: ChannelAddress): AppError | null {
  if (isDrm) return new AppError('channel_drm');
  const { protocol, pathname } = new URL(url);
  if (!playable.has(protocol))
    return new AppError('channel_unsupported', { kind: protocol.replace(':', '') });
  return DASH.test(pathname) ? new AppError('channel_unsupported', { kind: 'DASH' }) : null;
}

/** @param userAgent for an address whose list names none. */
export function sourceOf(channelId: ChannelId, address: ChannelAddress, userAgent: string): Source {
  const { pathname } = new URL(address.url);
  return {
    channelId,
    url: address.url,
    format: HLS.test(pathname) ? 'm3u8' : 'ts',
    userAgent: address.userAgent ?? userAgent,
    ...(address.headers ? { headers: address.headers } : {}),
  };
}

/** The sources of a stretch of the channel's past, one for each template of its address that gives a web address. */
export function archiveSources(
  channelId: ChannelId,
  { archive = [], ...live }: ChannelAddress,
  { span, userAgent }: { readonly span: Span; readonly userAgent: string },
): Source[] {
  return archive.flatMap((template) => {
    const url = URL.parse(fillTemplate(template, span, Date.now()), live.url);
    const isWeb = url !== null && /^https?:$/.test(url.protocol);
    return isWeb ? sourceOf(channelId, { ...live, url: url.href }, userAgent) : [];
  });
}
