import { createDecipheriv } from 'node:crypto';
import HLS from 'hls-parser';
import { AppError } from '../../domain/errors.ts';
import type { Source } from '../../domain/source.ts';
import { type Clock, sleep } from '../../lib/clock.ts';
import { bestFirst, type Variant } from './hls-master.ts';
import { playlistText } from './playlist-text.ts';
import { type OpenOptions, openHttp, Refusal } from './upstream.ts';

export interface HlsOptions extends OpenOptions {
  readonly clock: Clock;
}

/** Segments behind the live edge at which to begin, as players do. */
const BEHIND_EDGE = 3;
/** A playlist without anything new for this many target durations has stopped. */
const PATIENCE = 4;
/** Milliseconds for which a playlist that cannot be had is asked for again, and between two tries. */
const RELOAD_PATIENCE = 15_000;
const RELOAD_PAUSE = 1_000;
/** Segments in a row that cannot be had: what is wrong is more than one of them. */
const MOST_MISSING = 3;
/** Lists of variants that lead to each other. */
const MOST_MASTERS = 3;
/** Seconds, where the playlist does not say or says something that would mean asking without a pause, or never. */
const USUAL_TARGET = 6;
const SHORTEST_TARGET = 1;
const LONGEST_TARGET = 60;
const SHORTEST_PAUSE = 0.5;

// What is wrong with a provider's playlist is no news for the console.
HLS.setOptions({ silent: true });

/** Bytes; null: what follows begins with another initialisation section, and is to be read anew. */
export type HlsPart = Buffer | null;

/** The sound comes in playlists of its own, so that this is no stream of bytes: FFmpeg has to read it by its address. */
export class SoundApart extends Error {
  override readonly name = 'SoundApart';
  /** Of the master playlist. A secret like the source's own. */
  readonly address: URL;

  constructor(address: URL) {
    super('the sound comes in playlists of its own');
    this.address = address;
  }
}

/**
 * The bytes of a live HLS stream, one segment after another: whole or as byte ranges, decrypted (AES-128). Segments that
 * cannot be had are left out, as players do, and a playlist that cannot be had is asked for again.
 * Ours rather than FFmpeg's, because an address given to FFmpeg shows in its arguments and its messages, and because its
 * demuxer gives away what a change of PIDs or codecs between two segments is.
 * @throws SoundApart, Refusal, AppError, or what the network throws; ends when the playlist does.
 */
export async function* readHls(source: Source, options: HlsOptions): AsyncGenerator<HlsPart> {
  const segmentReader = new SegmentReader(source, options);
  let address = new URL(source.url);
  let next: number | null = null;
  let newsAt = options.clock.monotonic();
  let masters = 0;
  let others: readonly Variant[] = [];
  for (;;) {
    const loadedAt = options.clock.monotonic();
    const loaded = await loadText(address, source, options).catch((error: unknown) => {
      const isLost =
        next === null ? !others[0] || !(error instanceof Refusal) : loadedAt - newsAt > RELOAD_PATIENCE;
      if (isLost || options.signal.aborted) throw error;
      return null;
    });
    const [nextBest, ...rest] = others;
    if (!loaded && next === null && nextBest) {
      address = nextBest.address;
      others = rest;
      continue;
    }
    if (!loaded) {
      await sleep(options.clock, RELOAD_PAUSE, options.signal);
      continue;
    }
    const { text, base } = loaded;
    const playlist = parse(text);
    if (playlist.isMasterPlaylist) {
      if (++masters > MOST_MASTERS) throw new AppError('channel_not_video');
      const [best, ...worse] = bestFirst(playlist.variants, base);
      if (best.hasSoundApart) throw new SoundApart(base);
      address = best.address;
      others = worse.filter(({ hasSoundApart }) => !hasSoundApart);
      continue;
    }
    const { segments, mediaSequenceBase, endlist } = playlist;
    const targetDuration = within(SHORTEST_TARGET, playlist.targetDuration || USUAL_TARGET, LONGEST_TARGET);
    const first = Number.isSafeInteger(mediaSequenceBase) ? (mediaSequenceBase ?? 0) : 0;
    const edge = first + segments.length;
    // A provider that began to count anew has restarted; so have we, then. One that is only a little behind what it
    // said last is another of its servers, and late.
    const begins = next === null || next > edge + segments.length;
    const from: number = Math.max(first, begins ? edge - BEHIND_EDGE : (next ?? first));
    const news = segments.slice(from - first);
    if (segments.length > 0) next = from + news.length;
    for (const [index, segment] of news.entries()) yield* segmentReader.read(segment, from + index, base);
    if (endlist) return;
    if (news.length > 0) newsAt = options.clock.monotonic();
    else if (loadedAt - newsAt > PATIENCE * targetDuration * 1000) throw new AppError('channel_stalled');
    // As players do: a whole target duration would bring three segments at once, and nothing for as long.
    const pause = within(SHORTEST_PAUSE, news.at(-1)?.duration || targetDuration / 2, LONGEST_TARGET);
    await sleep(
      options.clock,
      Math.max(0, pause * 1000 - (options.clock.monotonic() - loadedAt)),
      options.signal,
    );
  }
}

/** Fetches the segments of one stream, with the keys and initialisation sections that they name. */
class SegmentReader {
  readonly #source: Source;
  readonly #options: HlsOptions;
  readonly #keys = new Map<string, Buffer>();
  #map = '';
  #missing = 0;

  constructor(source: Source, options: HlsOptions) {
    this.#source = source;
    this.#options = options;
  }

  async *read(segment: HLS.types.Segment, number: number, base: URL): AsyncGenerator<HlsPart> {
    try {
      yield* this.#init(segment, base);
      const decipher = await this.#decipher(segment, number, base);
      for await (const chunk of await this.#open(segment.uri, segment.byterange, base))
        yield decipher ? decipher.update(chunk) : chunk;
      if (decipher) yield decipher.final();
      this.#missing = 0;
    } catch (error) {
      if (this.#options.signal.aborted || error instanceof AppError) throw error;
      if (++this.#missing < MOST_MISSING) return;
      throw isUnusable(error) ? new AppError('channel_not_video', {}, { cause: error }) : error;
    }
  }

  async *#init({ map }: HLS.types.Segment, base: URL): AsyncGenerator<HlsPart> {
    const name = map ? `${map.uri} ${map.byterange?.offset ?? 0}` : '';
    if (!map || name === this.#map) return;
    const chunks = await this.#whole(map.uri, map.byterange, base);
    this.#map = name;
    yield null;
    yield chunks;
  }

  async #decipher({ key }: HLS.types.Segment, number: number, base: URL) {
    if (!key || key.method === 'NONE') return null;
    // What is encrypted within its frames cannot be decrypted without the provider's licence server.
    if (key.method !== 'AES-128' || !key.uri) throw new AppError('channel_scrambled');
    const secret = this.#keys.get(key.uri) ?? (await this.#whole(key.uri, undefined, base));
    this.#keys.set(key.uri, secret);
    const vector = Buffer.alloc(16);
    vector.writeUInt32BE(number >>> 0, 12);
    return createDecipheriv('aes-128-cbc', secret, key.iv ? Buffer.from(key.iv) : vector);
  }

  async #whole(uri: string, range: HLS.types.Byterange | undefined, base: URL): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.#open(uri, range, base)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async #open(
    uri: string,
    range: HLS.types.Byterange | undefined,
    base: URL,
  ): Promise<AsyncIterable<Buffer>> {
    const { href } = new URL(uri, base);
    // What has come of a segment is of use; sloppy chunks always end so.
    const options = { ...this.#options, onCut: () => {} };
    const { body } = await openHttp(href, this.#source, options, range);
    return body;
  }
}

async function loadText(
  address: URL,
  source: Source,
  options: HlsOptions,
): Promise<{ text: string; base: URL }> {
  let cut: unknown = null;
  const onCut = (error: unknown) => {
    cut = error;
  };
  const answer = await openHttp(address.href, source, { ...options, onCut });
  const text = await playlistText(answer.body);
  // Of what broke off only whole lines are of use.
  if (cut !== null && !text.endsWith('\n')) throw cut;
  return { text: text.trim(), base: answer.address };
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

/** An address that is none, or a key that does not fit: asking again would not help. */
function isUnusable(error: unknown): boolean {
  return /^ERR_(?:INVALID_URL|OSSL|CRYPTO)/.test(String((error as { code?: unknown }).code));
}

function within(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
