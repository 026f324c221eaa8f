import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Dispatcher } from 'undici';
import { AppError } from '../domain/errors.ts';
import type { Source } from '../domain/provider.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { judgeFirstBytes } from './first-bytes.ts';
import { type ProgramMap, readProgramMap, tracksWithin } from './program-map.ts';
import { openHttp, Refusal, type UpstreamTimeouts } from './upstream.ts';
import { readHls } from './upstream-hls.ts';

export interface TunerOptions {
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeouts?: TunerTimeouts;
}

export interface TunerTimeouts extends UpstreamTimeouts {
  /** Milliseconds for which early refusals are tried again: providers free a slot late. */
  readonly refusals: number;
}

export const defaultTimeouts: TunerTimeouts = { firstByte: 8_000, silence: 5_000, refusals: 6_000 };

const PAUSE_BETWEEN_REFUSALS = 400;
/** How long, and how much, to wait for a programme map before taking H.264 with sound for granted. */
const MAP_PATIENCE = 1_000;
const MAP_BYTES = 2 * 1024 * 1024;
const usualMap: ProgramMap = { video: 'h264', audio: null };
/** How long to wait, where there are several tracks, for each to give a sign of life: some are only there at times. */
const TRACK_PATIENCE = 500;

/**
 * One connection to one channel, shared by everything that wants this channel. It does not reconnect: when the
 * source ends, so does the tuner, and whoever still wants the channel opens another.
 */
export class Tuner {
  readonly source: Source;
  readonly #options: TunerOptions;
  readonly #timeouts: TunerTimeouts;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<(chunk: Buffer) => void>();
  readonly #ended = Promise.withResolvers<AppError>();
  readonly #opened = Promise.withResolvers<ProgramMap>();
  #finished: Promise<void> = Promise.resolve();
  /** What has arrived before the first listener; null from then on. */
  #head: Buffer[] | null = [];
  #headSize = 0;
  #firstByteAt: number | null = null;
  #isTelevision = false;
  #isOpen = false;

  constructor(source: Source, options: TunerOptions) {
    this.source = source;
    this.#options = options;
    this.#timeouts = options.timeouts ?? defaultTimeouts;
    // A tuner may end without anyone waiting for it.
    this.#opened.promise.catch(() => {});
  }

  /** Resolves with why the bytes stopped coming. Never rejects. */
  get ended(): Promise<AppError> {
    return this.#ended.promise;
  }

  /** Whoever listens from now on joins in the middle. */
  get isUnderWay(): boolean {
    return this.#head === null;
  }

  /** Opens the connection. @returns what the channel is made of. @throws AppError: refused, silent, no television … */
  start(): Promise<ProgramMap> {
    this.#finished = this.#run();
    return this.#opened.promise;
  }

  /** Closes the connection and waits until it is closed. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#finished;
  }

  /** Is given every chunk; the first listener also what came before it. The returned function ends that. */
  listen(listener: (chunk: Buffer) => void): () => void {
    const head = this.#head;
    this.#head = null;
    for (const chunk of head ?? []) listener(chunk);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #run(): Promise<void> {
    let reason: AppError;
    try {
      await this.#readPastRefusals();
      reason = this.#isOpen ? new AppError('channel_ended') : this.#verdictOnHead(true);
    } catch (error) {
      reason = this.#explain(error);
    }
    this.#listeners.clear();
    this.#opened.reject(reason);
    this.#ended.resolve(reason);
  }

  async #readPastRefusals(): Promise<void> {
    const giveUpAt = this.#options.clock.monotonic() + this.#timeouts.refusals;
    for (;;) {
      try {
        return await this.#read();
      } catch (error) {
        const late = this.#options.clock.monotonic() > giveUpAt;
        if (!(error instanceof Refusal && error.transient) || this.#isTelevision || late) throw error;
        this.#options.logger.debug(
          { channelId: this.source.channelId, status: error.status },
          'refused, trying again',
        );
        await sleep(this.#options.clock, PAUSE_BETWEEN_REFUSALS, this.#abort.signal);
      }
    }
  }

  async #read(): Promise<void> {
    const { dispatcher, clock } = this.#options;
    const signal = this.#abort.signal;
    const timeouts = this.#timeouts;
    const options = { dispatcher, signal, timeouts, clock };
    if (this.source.format === 'm3u8') {
      for await (const chunk of readHls(this.source, options)) this.#take(chunk);
    } else {
      const { body } = await openHttp(this.source.url, this.source, options);
      await pump(body, (chunk) => this.#take(chunk));
    }
  }

  #take(chunk: Buffer): void {
    for (const listener of this.#listeners) listener(chunk);
    if (!this.#head) return;
    this.#firstByteAt ??= this.#options.clock.monotonic();
    this.#head.push(chunk);
    this.#headSize += chunk.length;
    if (!this.#isOpen) this.#judge();
  }

  #judge(): void {
    const head = Buffer.concat(this.#head ?? []);
    this.#head = [head];
    if (!this.#isTelevision) {
      const verdict = judgeFirstBytes(head);
      if (verdict === 'undecided') return;
      if (verdict !== 'mpeg-ts') throw this.#verdictOnHead(true);
      this.#isTelevision = true;
    }
    const waited = this.#options.clock.monotonic() - (this.#firstByteAt ?? 0);
    const map =
      readProgramMap(head) ?? (waited > MAP_PATIENCE || this.#headSize > MAP_BYTES ? usualMap : null);
    if (!map) return;
    const { audio } = map;
    const tracks = audio && audio.length > 1 ? tracksWithin(head, audio) : audio;
    if (tracks?.length !== audio?.length && waited < TRACK_PATIENCE) return;
    this.#isOpen = true;
    this.#opened.resolve({ ...map, audio: tracks?.length === 0 ? audio : tracks });
  }

  #verdictOnHead(complete: boolean): AppError {
    const head = Buffer.concat(this.#head ?? []);
    if (head.length === 0) return new AppError('channel_silent');
    const verdict = judgeFirstBytes(head, complete);
    return new AppError(
      verdict === 'channel_web_page'
        ? verdict
        : verdict === 'mpeg-ts'
          ? 'channel_ended'
          : 'channel_not_video',
    );
  }

  #explain(error: unknown): AppError {
    if (error instanceof AppError) return error;
    if (error instanceof Refusal) return error.toAppError();
    if (this.#abort.signal.aborted) return new AppError('channel_ended', {}, { cause: error });
    const code = (error as { code?: unknown }).code;
    const silent = code === 'UND_ERR_BODY_TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT';
    if (this.#isOpen) return new AppError(silent ? 'channel_stalled' : 'channel_ended', {}, { cause: error });
    return new AppError(silent ? 'channel_silent' : 'provider_unreachable', {}, { cause: error });
  }
}

/** As `for await`, without a promise per chunk: this runs for as long as somebody watches. */
function pump(body: Readable, take: (chunk: Buffer) => void): Promise<void> {
  body.on('data', (chunk: Buffer) => {
    try {
      take(chunk);
    } catch (error) {
      body.destroy(error as Error);
    }
  });
  return finished(body);
}
