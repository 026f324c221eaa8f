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
/** Lists of variants that lead to each other. */
const MOST_VARIANTS = 3;
/** Seconds, where the playlist does not say or says something that would mean asking without a pause. */
const USUAL_TARGET = 6;
const SHORTEST_TARGET = 1;

// What is wrong with a provider's playlist is no news for the console.
HLS.setOptions({ silent: true });

/**
 * The bytes of a live HLS stream of MPEG-TS segments, one after another, for accounts that allow no other output.
 * Ours rather than FFmpeg's, because an address given to FFmpeg shows in its arguments and its messages.
 * @throws Refusal, AppError, or what undici throws; ends when the playlist does.
 */
export async function* readHls(source: Source, options: HlsOptions): AsyncGenerator<Buffer> {
  let address = new URL(source.url);
  let next: number | null = null;
  let newsAt = options.clock.monotonic();
  let variants = 0;
  for (;;) {
    const loadedAt = options.clock.monotonic();
    const { text, base } = await loadText(address, source, options);
    const playlist = parse(text);
    if (playlist.isMasterPlaylist) {
      if (++variants > MOST_VARIANTS) throw new AppError('channel_not_video');
      address = new URL(best(playlist.variants), base);
      continue;
    }
    const { segments, mediaSequenceBase, endlist } = playlist;
    const targetDuration = Math.max(SHORTEST_TARGET, playlist.targetDuration || USUAL_TARGET);
    const first = mediaSequenceBase ?? 0;
    const edge = first + segments.length;
    // A provider that began to count anew has restarted; so have we, then. One that is only a little behind what it
    // said last is another of its servers, and late.
    const begins = next === null || next > edge + segments.length;
    const from: number = Math.max(first, begins ? edge - BEHIND_EDGE : (next ?? first));
    const news = segments.slice(from - first);
    if (segments.length > 0) next = from + news.length;
    for (const segment of news) {
      if (segment.map || (segment.key && segment.key.method !== 'NONE'))
        throw new AppError('channel_not_video', {}, { cause: new Error('fMP4 or encrypted HLS') });
      const { body } = await openHttp(new URL(segment.uri, base).href, source, options);
      for await (const chunk of body) yield chunk as Buffer;
    }
    if (endlist) return;
    if (news.length > 0) newsAt = options.clock.monotonic();
    else if (loadedAt - newsAt > PATIENCE * targetDuration * 1000) throw new AppError('channel_stalled');
    // As players do: a whole target duration would bring three segments at once, and nothing for as long.
    const pause = (news.at(-1)?.duration ?? 0) || targetDuration / 2;
    await sleep(
      options.clock,
      Math.max(0, pause * 1000 - (options.clock.monotonic() - loadedAt)),
      options.signal,
    );
  }
}

async function loadText(
  address: URL,
  source: Source,
  options: HlsOptions,
): Promise<{ text: string; base: URL }> {
  const chunks: Buffer[] = [];
  let size = 0;
  const answer = await openHttp(address.href, source, options);
  for await (const chunk of answer.body) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > LARGEST_PLAYLIST) throw new AppError('channel_not_video');
  }
  return { text: Buffer.concat(chunks).toString('utf8').trim(), base: answer.address };
}

function parse(text: string): HLS.types.MasterPlaylist | HLS.types.MediaPlaylist {
  if (text.startsWith('<')) throw new AppError('channel_web_page');
  if (!text.startsWith('#EXTM3U')) throw new AppError('channel_not_video');
  try {
    return HLS.parse(text);
  } catch (error) {
    throw new AppError('channel_not_video', {}, { cause: error });
  }
}

function best(variants: readonly HLS.types.Variant[]): string {
  const [first, ...rest] = variants.filter(({ uri }) => uri);
  if (!first) throw new AppError('channel_not_video');
  return rest.reduce((top, variant) => (variant.bandwidth > top.bandwidth ? variant : top), first).uri;
}
