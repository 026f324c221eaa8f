import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { AppError } from '../../domain/errors.ts';
import type { Source } from '../../domain/source.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { CookieJar } from '../../lib/provider-http/cookie-jar.ts';
import { FfmpegProxy } from './ffmpeg-proxy.ts';
import { judgeFirstBytes } from './first-bytes.ts';
import { probeMedia } from './media-probe.ts';
import { MediaRun } from './media-run.ts';
import { isDatagramAddress, openDatagrams } from './open-datagrams.ts';
import { openHttp, type SourceHttp, type UpstreamTimeouts } from './upstream.ts';
import { readHls, SoundApart } from './upstream-hls.ts';

export interface SourceReaderOptions {
  readonly http: SourceHttp;
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly timeouts: UpstreamTimeouts;
  /** Receives the head of the answer. */
  readonly onAnswer?: (headers: IncomingHttpHeaders) => void;
  /** Receives the source as a transport stream. If it throws, reading ends. */
  readonly onBytes: (bytes: Buffer) => void;
  /** Called when any bytes arrive. */
  readonly onSign: () => void;
  /** Resolves once there is room for more bytes; null if there is room now. */
  readonly room: () => Promise<void> | null;
}

/** The kind of the source by its first bytes: a transport stream, or something that FFmpeg turns into one. */
type Kind = 'unknown' | 'mpeg-ts' | 'media' | 'indexed-media' | 'hls';

/**
 * Reads a source of any kind to its end as a transport stream. Transport streams, over HTTP or as HLS, are passed on
 * unchanged; FFmpeg copies anything else into one, from its standard input where that is enough.
 */
export class SourceReader {
  readonly #source: Source;
  readonly #options: SourceReaderOptions;
  readonly #cookies = new CookieJar();
  #kind: Kind = 'unknown';
  #isPlaylist = false;
  #head: Buffer = Buffer.alloc(0);
  #media: MediaRun | null = null;

  constructor(source: Source, options: SourceReaderOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** True if the source comes in batches and detects by itself that they have stopped (HLS). */
  get isInBatches(): boolean {
    return this.#isPlaylist;
  }

  /** Resolves when the source ends. @throws Refusal, AppError, or what the network throws. */
  async read(): Promise<void> {
    const { signal } = this.#options;
    const stop = () => void this.#media?.stop();
    signal.addEventListener('abort', stop);
    try {
      const address = this.#source.format === 'm3u8' ? this.#source.url : await this.#readBody();
      if (address === null) {
        if (this.#kind === 'unknown') throw this.#verdict();
      } else if (this.#kind === 'indexed-media') await this.#readByAddress(address);
      else await this.#readPlaylist(address);
      await this.#media?.finish();
    } finally {
      signal.removeEventListener('abort', stop);
      await this.#media?.stop();
    }
  }

  /** Reads the source's body. @returns the address to continue with; null if the source is a stream of bytes. */
  async #readBody(): Promise<string | null> {
    // The tuner watches for silence, since a source that is held back is not silent.
    const timeouts = { ...this.#options.timeouts, silence: 0 };
    const options = { ...this.#options, timeouts, cookies: this.#cookies };
    const { url } = this.#source;
    const { body, address, headers } = isDatagramAddress(url)
      ? {
          body: await openDatagrams(url, timeouts.firstByte, options.signal),
          address: new URL(url),
          headers: {},
        }
      : await openHttp(url, this.#source, options);
    this.#options.onAnswer?.(headers);
    this.#options.onSign();
    await this.#readStream(body);
    return this.#isStream ? null : address.href;
  }

  async #readPlaylist(url: string): Promise<void> {
    this.#isPlaylist = true;
    try {
      await this.#readSegments({ ...this.#source, url });
    } catch (error) {
      if (!(error instanceof SoundApart)) throw error;
      await this.#readByAddress(error.address.href);
    }
  }

  /** FFmpeg fetches what it needs through FfmpegProxy. */
  async #readByAddress(url: string): Promise<void> {
    const { ffmpegPath, logger, onBytes, onSign, room, http, signal, timeouts } = this.#options;
    const proxy = await FfmpegProxy.open({
      source: this.#source,
      http,
      signal,
      timeouts,
      cookies: this.#cookies,
      room,
    });
    const run = new MediaRun({
      ffmpegPath,
      logger,
      onBytes: (bytes) => {
        onSign();
        onBytes(bytes);
      },
    });
    this.#media = run;
    try {
      const address = proxy.enter(url);
      const codecs = this.#isPlaylist ? null : await probeMedia(ffmpegPath, address);
      signal.throwIfAborted();
      await run.readAll(address, codecs);
      signal.throwIfAborted();
    } catch (error) {
      throw signal.aborted ? error : (proxy.refusal ?? error);
    } finally {
      await run.stop();
      this.#media = null;
      await proxy.close();
    }
  }

  async #readSegments(playlist: Source): Promise<void> {
    this.#kind = 'unknown';
    this.#head = Buffer.alloc(0);
    for await (const part of readHls(playlist, { ...this.#options, cookies: this.#cookies })) {
      this.#options.onSign();
      if (part) this.#take(part);
      else await this.#startOver();
      await this.#options.room();
    }
  }

  /** True if the bytes are the channel itself, as far as is known. */
  get #isStream(): boolean {
    return this.#kind !== 'hls' && this.#kind !== 'indexed-media';
  }

  /** Like `for await`, but without a promise per chunk, since it runs as long as somebody watches. */
  async #readStream(body: Readable): Promise<void> {
    body.on('data', (chunk: Buffer) => {
      try {
        this.#options.onSign();
        this.#take(chunk);
        if (!this.#isStream) body.destroy();
        const room = this.#options.room();
        if (!room) return;
        body.pause();
        void room.then(() => body.resume());
      } catch (error) {
        body.destroy(error as Error);
      }
    });
    await finished(body).catch((error: unknown) => {
      if (this.#isStream) throw error;
    });
  }

  #take(bytes: Buffer): void {
    if (this.#kind === 'mpeg-ts') this.#options.onBytes(bytes);
    else if (this.#kind === 'media') this.#feed(bytes);
    else this.#judge(bytes);
  }

  #judge(bytes: Buffer): void {
    this.#head = Buffer.concat([this.#head, bytes]);
    const verdict = judgeFirstBytes(this.#head);
    if (verdict === 'undecided') return;
    if (verdict === 'channel_web_page' || verdict === 'channel_not_video') throw this.#verdict();
    this.#kind = verdict;
    if (verdict === 'mpeg-ts') this.#options.onBytes(this.#head);
    else if (verdict === 'media') this.#feed(this.#head);
  }

  #feed(bytes: Buffer): void {
    this.#media ??= new MediaRun(this.#options);
    this.#media.write(bytes);
  }

  async #startOver(): Promise<void> {
    await this.#media?.finish();
    this.#media = null;
    this.#kind = 'unknown';
    this.#head = Buffer.alloc(0);
  }

  /** The error of a source that ended or is no television. */
  #verdict(): AppError {
    if (this.#head.length === 0) return new AppError('channel_silent');
    const verdict = judgeFirstBytes(this.#head, true);
    return new AppError(verdict === 'channel_web_page' ? verdict : 'channel_not_video');
  }
}
