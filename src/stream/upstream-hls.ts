import HLS from 'hls-parser';
import type { Dispatcher } from 'undici';
import { AppError } from '../domain/errors.ts';
import type { Source } from '../domain/provider.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import { openHttp, type UpstreamTimeouts } from './upstream.ts';

export interface HlsOptions {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly timeouts: UpstreamTimeouts;
  readonly clock: Clock;
}

/** Segments behind the live edge at which to begin, as players do. */
const BEHIND_EDGE = 3;
/** A playlist without anything new for this many target durations has stopped. */
const PATIENCE = 4;
const LARGEST_PLAYLIST = 1024 * 1024;

/**
 * The bytes of a live HLS stream of MPEG-TS segments, one after another, for accounts that allow no other output.
 * Ours rather than FFmpeg's, because an address given to FFmpeg shows in its arguments and its messages.
 * @throws Refusal, AppError, or what undici throws; ends when the playlist does.
 */
export async function* readHls(source: Source, options: HlsOptions): AsyncGenerator<Buffer> {
  let address = new URL(source.url);
  let next: number | null = null;
  let newsAt = options.clock.monotonic();
  for (;;) {
    const loadedAt = options.clock.monotonic();
    const playlist = parse(await loadText(address, source, options));
    if (playlist.isMasterPlaylist) {
      const variant = best(playlist.variants);
      address = new URL(variant, address);
      continue;
    }
    const { segments, mediaSequenceBase, targetDuration, endlist } = playlist;
    const first = mediaSequenceBase ?? 0;
    const edge = first + segments.length;
    // A provider that began to count anew has restarted; so have we, then.
    if (next === null || next > edge) next = Math.max(first, edge - BEHIND_EDGE);
    next = Math.max(next, first);
    const news = segments.slice(next - first);
    for (const segment of news) {
      if (segment.map || segment.key)
        throw new AppError('channel_not_video', {}, { cause: new Error('fMP4 or encrypted HLS') });
      for await (const chunk of await openHttp(new URL(segment.uri, address).href, source, options))
        yield chunk as Buffer;
      next++;
    }
    if (endlist) return;
    if (news.length > 0) newsAt = options.clock.monotonic();
    else if (loadedAt - newsAt > PATIENCE * targetDuration * 1000) throw new AppError('channel_stalled');
    const pause = news.length > 0 ? targetDuration : targetDuration / 2;
    await sleep(
      options.clock,
      Math.max(0, pause * 1000 - (options.clock.monotonic() - loadedAt)),
      options.signal,
    );
  }
}

async function loadText(address: URL, source: Source, options: HlsOptions): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await openHttp(address.href, source, options)) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > LARGEST_PLAYLIST) throw new AppError('channel_not_video');
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): HLS.types.MasterPlaylist | HLS.types.MediaPlaylist {
  if (/^\s*</.test(text)) throw new AppError('channel_web_page');
  try {
    return HLS.parse(text);
  } catch (error) {
    throw new AppError('channel_not_video', {}, { cause: error });
  }
}

function best(variants: readonly HLS.types.Variant[]): string {
  const [first, ...rest] = variants;
  if (!first) throw new AppError('channel_not_video');
  return rest.reduce((top, variant) => (variant.bandwidth > top.bandwidth ? variant : top), first).uri;
}
