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

/** The number of segments behind the live edge at which reading begins, as in players. */
const BEHIND_EDGE = 3;
/** Target durations without a new segment after which a playlist has stopped. */
const PATIENCE = 4;
/** Milliseconds for which a failing playlist is requested again, and milliseconds between two tries. */
const RELOAD_PATIENCE = 15_000;
const RELOAD_PAUSE = 1_000;
/** Consecutive failed segments after which the whole stream counts as failed. */
const MOST_MISSING = 3;
/** Master playlists that may lead to each other. */
const MOST_MASTERS = 3;
/** Target durations in seconds: the default, and limits against values that mean requests without a pause, or none. */
const USUAL_TARGET = 6;
const SHORTEST_TARGET = 1;
const LONGEST_TARGET = 60;
const SHORTEST_PAUSE = 0.5;

// The parser must not write to the console about faults in a provider's playlist.
HLS.setOptions({ silent: true });

/** Bytes; null if another initialisation section follows, so that the reader must start over. */
export type HlsPart = Buffer | null;

/** The sound has playlists of its own, so FFmpeg has to read the stream by its address. */
export class SoundApart extends Error {
  override readonly name = 'SoundApart';
  /** The address of the master playlist, as secret as the source's own. */
  readonly address: URL;

  constructor(address: URL) {
    super('the sound comes in playlists of its own');
    this.address = address;
  }
}

/**
 * Reads the bytes of a live HLS stream, one segment after another: whole or as byte ranges, decrypted (AES-128). Failed
 * segments are left out, as in players, and a failed playlist is requested again. FFmpeg does not read it, because an address
 * given to FFmpeg shows in its arguments and messages, and because its demuxer loses changes of PIDs or codecs between two
 * segments. Ends with the playlist.
 * @throws SoundApart, Refusal, AppError, or what the network throws.
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
    // A provider whose numbers start over has restarted, so reading starts over. Numbers that are only slightly lower come
    // from another of its servers, which is late.
    const begins = next === null || next > edge + segments.length;
    const from: number = Math.max(first, begins ? edge - BEHIND_EDGE : (next ?? first));
    const news = segments.slice(from - first);
    if (segments.length > 0) next = from + news.length;
    for (const [index, segment] of news.entries()) yield* segmentReader.read(segment, from + index, base);
    if (endlist) return;
    if (news.length > 0) newsAt = options.clock.monotonic();
    else if (loadedAt - newsAt > PATIENCE * targetDuration * 1000) throw new AppError('channel_stalled');
    // As players do, since a pause of a whole target duration would bring three segments at once and then none.
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
    // SAMPLE-AES encrypts within frames, which needs the provider's licence server.
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
    // The part of a segment that has come is useful; sloppy chunked encoding always ends like this.
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
  // Only whole lines of a truncated playlist are useful.
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

/** True if an address is invalid or a key does not fit, so that another request would not help. */
function isUnusable(error: unknown): boolean {
  return /^ERR_(?:INVALID_URL|OSSL|CRYPTO)/.test(String((error as { code?: unknown }).code));
}

function within(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
