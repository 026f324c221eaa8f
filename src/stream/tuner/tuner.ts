import { createHash } from 'node:crypto';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { LineState } from '../../domain/source-provider.ts';
import { type Clock, sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { Normaliser, type Piece } from '../normaliser/normaliser.ts';
import type { Damage } from '../normaliser/packet-counters.ts';
import type { Layout } from '../normaliser/stream-layout.ts';
import { type ChannelReader, channelReaders, type TunerChannel, wallTimeOf } from './channel-reader.ts';
import { explainFailure } from './explain-failure.ts';
import { NoticeClips } from './notice-clips.ts';
import { Pacer } from './pacer.ts';
import { leastWaitOf, refusalOf, retryPolicyOf, type SourceHttp, type UpstreamTimeouts } from './upstream.ts';

export interface TunerOptions {
  readonly http: SourceHttp;
  /** The FFmpeg for sources that are not transport streams; by default the one on the PATH. */
  readonly ffmpegPath?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeouts?: TunerTimeouts;
  /** True if another account may open the channel: then this one is not waited for; by default never. */
  readonly hasOther?: () => boolean;
  /** True if a connection of the account was closed lately and may still count; by default always. */
  readonly isFreeing?: () => boolean;
  /** Asks the provider about the account's connections; never rejects. */
  readonly askLine?: () => Promise<LineState>;
  readonly notices?: NoticeClips;
}

export interface TunerTimeouts extends UpstreamTimeouts {
  /** Milliseconds for which early refusals are retried, since providers free a slot late. */
  readonly refusals: number;
}

export const defaultTimeouts: TunerTimeouts = { firstByte: 10_000, silence: 5_000, refusals: 6_000 };

/** Milliseconds to wait for the first byte where another account may have the channel. */
const SHORT_WAIT = 4_000;
const PAUSE_BETWEEN_REFUSALS = 400;
/** Milliseconds between two checks whether a channel can be opened, since a missing stream may never come. */
const LOOK_EVERY = 100;
/** Bytes at the beginning by which a clip is recognised. */
const OPENING = 16 * 1024;

/** Receives each piece of the channel, in order. */
export type PieceTaker = (piece: Piece) => void;

/**
 * One connection to one channel, shared by all its users. It does not reconnect: the tuner ends with its source, and a user
 * who still wants the channel opens another. Its output has a constant layout, whatever the provider does (normaliser.ts).
 */
export class Tuner {
  readonly #channel: TunerChannel;
  readonly #options: TunerOptions;
  readonly #timeouts: TunerTimeouts;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<PieceTaker>();
  readonly #ended = Promise.withResolvers<AppError>();
  readonly #opened = Promise.withResolvers<Layout>();
  #finished: Promise<void> = Promise.resolve();
  readonly #pacer: Pacer;
  readonly #normaliser = new Normaliser((piece) => {
    this.#seconds = piece.seconds;
    this.#pacer.take(piece);
  });
  #layout: Layout | null = null;
  /** The pieces before the first listener; null once there has been one. */
  #early: Piece[] | null = [];
  /** When the first byte of the transport stream came, and the last byte of any kind. */
  #firstByteAt: number | null = null;
  #lastByteAt = 0;
  #isOpen = false;
  #cancelLook: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;
  #reader: ChannelReader | null = null;
  /** Stream time of the last piece that was given. */
  #given = 0;
  #refusal: AppError | null = null;
  #opening: Buffer = Buffer.alloc(0);
  #bytes = 0;
  /** Seconds of stream time received so far. */
  #seconds = 0;

  constructor(channel: TunerChannel, options: TunerOptions) {
    this.#channel = channel;
    this.#options = options;
    this.#timeouts = options.timeouts ?? defaultTimeouts;
    this.#pacer = new Pacer(options.clock, (piece) => this.#give(piece));
    // Nobody may be waiting when a tuner ends.
    this.#opened.promise.catch(() => {});
  }

  /** Resolves with the reason once the bytes have stopped. Never rejects. */
  get ended(): Promise<AppError> {
    return this.#ended.promise;
  }

  /** True if the provider has answered; the connection then counts until shortly after it is closed. */
  get hasConnected(): boolean {
    return this.#cancelWatch !== null;
  }

  /** Why the provider refuses the channel, while the tuner is retrying. */
  get refusal(): AppError | null {
    return this.#refusal;
  }

  /** True if a listener has received the beginning, so that a new listener joins in the middle. */
  get isUnderWay(): boolean {
    return this.#early === null;
  }

  /** The layout of the channel at the piece that was delivered last. */
  get layout(): Layout {
    return this.#layout ?? this.#normaliser.layout;
  }

  /** @see Normaliser.damage */
  get damage(): Damage {
    return this.#normaliser.damage;
  }

  /** The wall time of the picture given last, in epoch milliseconds; null for a channel as it is now. */
  get position(): number | null {
    return wallTimeOf(this.#channel, this.#reader, this.#given);
  }

  /** Opens the connection. @returns the channel's layout. @throws AppError if it is refused, silent, no television … */
  start(): Promise<Layout> {
    this.#finished = this.#run();
    return this.#opened.promise;
  }

  /** Closes the connection and waits until it is closed. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#pacer.stop();
    await this.#finished;
  }

  /** Passes on every piece until the returned function is called; the first listener also gets the earlier pieces. */
  listen(listener: PieceTaker): () => void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const piece of early) listener(piece);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #run(): Promise<void> {
    let reason: AppError;
    try {
      await this.#readPastRefusals();
      reason = new AppError(this.#codeOfEnd());
    } catch (error) {
      reason = await explainFailure(error, {
        isOpen: this.#isOpen,
        signal: this.#abort.signal,
        askLine: this.#options.askLine,
        refused: this.#channel.past && 'archive' in this.#channel.past ? 'archive_refused' : null,
      });
    }
    this.#cancelWatch?.();
    this.#openAtEnd();
    if (this.#isOpen && !this.#abort.signal.aborted) await this.#pacer.drained();
    this.#cancelLook?.();
    this.#listeners.clear();
    this.#opened.reject(reason);
    this.#ended.resolve(reason);
  }

  async #readPastRefusals(): Promise<void> {
    const makeReader = await this.#findReaders();
    const giveUpAt = this.#options.clock.monotonic() + this.#timeouts.refusals;
    for (;;) {
      try {
        this.#reader = makeReader();
        return await this.#reader.read();
      } catch (error) {
        const late = this.#options.clock.monotonic() > giveUpAt;
        if (this.#isOpen || late || this.#abort.signal.aborted || !this.#isWorthRetrying(error)) throw error;
        this.#refusal = refusalOf(error);
        this.#options.logger.debug(
          { channelId: this.#channel.channelId, ...this.#refusal.params },
          'refused, trying again',
        );
        const pause = Math.max(PAUSE_BETWEEN_REFUSALS, leastWaitOf(error));
        await sleep(this.#options.clock, pause, this.#abort.signal);
      }
    }
  }

  /** Providers free a connection late and refuse the next one until then, each in its own way. */
  #isWorthRetrying(error: unknown): boolean {
    const { hasOther, isFreeing } = this.#options;
    if (hasOther?.()) return false;
    const policy = retryPolicyOf(error);
    return policy === 'soon' || (policy === 'freeing' && (isFreeing?.() ?? true));
  }

  /** Returns what makes the reader of each try. */
  #findReaders(): Promise<() => ChannelReader> {
    const { http, hasOther, clock, logger, ffmpegPath = 'ffmpeg' } = this.#options;
    const { firstByte } = this.#timeouts;
    return channelReaders(this.#channel, {
      http,
      clock,
      logger,
      ffmpegPath,
      signal: this.#abort.signal,
      timeouts: hasOther?.()
        ? { ...this.#timeouts, firstByte: Math.min(firstByte, SHORT_WAIT) }
        : this.#timeouts,
      onBytes: (bytes) => this.#take(bytes),
      onSign: () => this.#noteBytes(),
      room: () => (this.#pacer.isFull ? new Promise((resolve) => this.#pacer.whenRoom(resolve)) : null),
      seconds: () => this.#seconds,
    });
  }

  #take(bytes: Buffer): void {
    this.#firstByteAt ??= this.#options.clock.monotonic();
    this.#bytes += bytes.length;
    if (this.#opening.length < OPENING)
      this.#opening = Buffer.concat([this.#opening, bytes.subarray(0, OPENING - this.#opening.length)]);
    this.#normaliser.take(bytes);
    if (!this.#isOpen) this.#look();
  }

  #noteBytes(): void {
    this.#lastByteAt = this.#options.clock.monotonic();
    if (!this.#cancelWatch) this.#watch(this.#timeouts.silence);
  }

  /** A source that is held back or has sent ahead is not silent, since listeners still have something to play. */
  #watch(delay: number): void {
    const { clock } = this.#options;
    this.#cancelWatch = clock.after(delay, () => {
      const { emptySince } = this.#pacer;
      const since = emptySince === null ? clock.monotonic() : Math.max(emptySince, this.#lastByteAt);
      const left = this.#timeouts.silence - (clock.monotonic() - since);
      if (this.#isOpen && this.#reader?.isInBatches) this.#watch(this.#timeouts.silence);
      else if (left > 0) this.#watch(left);
      else this.#abort.abort(new AppError(this.#isOpen ? 'channel_stalled' : 'channel_silent'));
    });
  }

  /** Opens the channel once its layout is known. */
  #look(): void {
    this.#cancelLook?.();
    this.#normaliser.open(this.#options.clock.monotonic() - (this.#firstByteAt ?? 0));
    this.#isOpen = this.#normaliser.isOpen;
    if (this.#isOpen) this.#opened.resolve(this.layout);
    else
      this.#cancelLook = this.#options.clock.after(LOOK_EVERY, () => {
        try {
          this.#look();
        } catch (error) {
          this.#abort.abort(error);
        }
      });
  }

  /** Opens a source that has ended with what it has sent. */
  #openAtEnd(): void {
    this.#cancelLook?.();
    if (this.#isOpen || this.#firstByteAt === null || this.#abort.signal.aborted) return;
    try {
      this.#firstByteAt = Number.NEGATIVE_INFINITY;
      this.#look();
    } catch {
      // It ended before it was recognised as anything; the listeners are told that it ended.
    }
    this.#cancelLook?.();
  }

  #give(piece: Piece): void {
    this.#layout = piece.layout;
    this.#given = piece.seconds;
    for (const listener of this.#listeners) listener(piece);
    this.#early?.push(piece);
  }

  #codeOfEnd(): ErrorCode {
    if (this.#channel.past) return 'recorded' in this.#channel.past ? 'recording_played' : 'archive_over';
    return this.#isNotice() ? 'channel_clip' : 'channel_ended';
  }

  /** True if the provider played a clip of a few seconds instead of the channel. */
  #isNotice(): boolean {
    const { clock, notices = new NoticeClips() } = this.#options;
    if (this.#firstByteAt === null || this.#abort.signal.aborted) return false;
    return notices.isNotice({
      opening: createHash('sha256').update(this.#opening).digest('base64'),
      bytes: this.#bytes,
      seconds: this.#seconds,
      took: (clock.monotonic() - this.#firstByteAt) / 1000,
    });
  }
}
