import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { AppError } from '../domain/errors.ts';
import type { Source } from '../domain/provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { CookieJar } from '../lib/provider-http/cookie-jar.ts';
import { judgeFirstBytes } from './first-bytes.ts';
import { MediaRun } from './media-run.ts';
import { openHttp, type SourceHttp, type UpstreamTimeouts } from './upstream.ts';
import { readHls } from './upstream-hls.ts';

export interface SourceReaderOptions {
  readonly http: SourceHttp;
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly timeouts: UpstreamTimeouts;
  /** Is given the source as a transport stream. May throw, which ends the reading. */
  readonly onBytes: (bytes: Buffer) => void;
  /** Something has come, of whatever kind. */
  readonly onSign: () => void;
  /** Resolves once more may come; null where it may already. */
  readonly room: () => Promise<void> | null;
}

/** What comes, once its first bytes have told: a transport stream, or something that FFmpeg makes one of. */
type Kind = 'unknown' | 'mpeg-ts' | 'media' | 'hls';

/**
 * Reads a source of any kind to its end as a transport stream. Transport streams, over HTTP or as HLS, are taken as they
 * are; anything else goes through an FFmpeg that copies it into one, on its standard input like all.
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

  /** It comes in batches, and knows by itself when they have stopped (HLS). */
  get isInBatches(): boolean {
    return this.#isPlaylist;
  }

  /** Resolves when the source ends. @throws Refusal, AppError, or what the network throws. */
  async read(): Promise<void> {
    try {
      const playlist = this.#source.format === 'm3u8' ? this.#source : await this.#readBody();
      if (playlist) await this.#readSegments(playlist);
      else if (this.#kind === 'unknown') throw this.#verdict();
      await this.#media?.finish();
    } finally {
      await this.#media?.stop();
    }
  }

  /** @returns where the playlist is, if it is one. */
  async #readBody(): Promise<Source | null> {
    // Silence is watched for by whoever reads: a source that has to wait is not silent.
    const timeouts = { ...this.#options.timeouts, silence: 0 };
    const options = { ...this.#options, timeouts, cookies: this.#cookies };
    const { body, address } = await openHttp(this.#source.url, this.#source, options);
    this.#options.onSign();
    const isPlaylist = await this.#pump(body);
    return isPlaylist ? { ...this.#source, url: address.href } : null;
  }

  async #readSegments(playlist: Source): Promise<void> {
    this.#isPlaylist = true;
    this.#kind = 'unknown';
    this.#head = Buffer.alloc(0);
    for await (const part of readHls(playlist, { ...this.#options, cookies: this.#cookies })) {
      this.#options.onSign();
      if (part) this.#take(part);
      else await this.#beginAnew();
      await this.#options.room();
    }
  }

  /** As `for await`, without a promise per chunk: this runs for as long as somebody watches. @returns it is a playlist. */
  async #pump(body: Readable): Promise<boolean> {
    body.on('data', (chunk: Buffer) => {
      try {
        this.#options.onSign();
        this.#take(chunk);
        if (this.#kind === 'hls') body.destroy();
        const room = this.#options.room();
        if (!room) return;
        body.pause();
        void room.then(() => body.resume());
      } catch (error) {
        body.destroy(error as Error);
      }
    });
    await finished(body).catch((error: unknown) => {
      if (this.#kind !== 'hls') throw error;
    });
    return this.#kind === 'hls';
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
    this.#media ??= this.#startMedia();
    this.#media.write(bytes);
  }

  #startMedia(): MediaRun {
    const { ffmpegPath, logger, onBytes } = this.#options;
    const run = new MediaRun({ ffmpegPath, logger, onBytes, head: this.#head });
    run.start();
    return run;
  }

  async #beginAnew(): Promise<void> {
    await this.#media?.finish();
    this.#media = null;
    this.#kind = 'unknown';
    this.#head = Buffer.alloc(0);
  }

  /** What is wrong with a source that ended, or turned out to be no television. */
  #verdict(): AppError {
    if (this.#head.length === 0) return new AppError('channel_silent');
    const verdict = judgeFirstBytes(this.#head, true);
    return new AppError(verdict === 'channel_web_page' ? verdict : 'channel_not_video');
  }
}
