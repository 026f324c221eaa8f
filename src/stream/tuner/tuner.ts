import { createHash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import { verdictOn } from '../../domain/provider-trouble.ts';
import type { Source } from '../../domain/source.ts';
import type { LineState } from '../../domain/source-provider.ts';
import { orAborted } from '../../lib/abort.ts';
import { type Clock, sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { networkError } from '../../lib/provider-http/network-error.ts';
import { type Damage, Normaliser, type Piece } from '../normaliser/normaliser.ts';
import type { Layout } from '../normaliser/stream-layout.ts';
import { NoticeClips } from './notice-clips.ts';
import { Pacer } from './pacer.ts';
import { SourceReader } from './source-reader.ts';
import { againOf, Refusal, refusalOf, type SourceHttp, type UpstreamTimeouts, waitOf } from './upstream.ts';

export interface TunerOptions {
  readonly http: SourceHttp;
  /** For sources that are no transport streams; the one on the PATH unless told. */
  readonly ffmpegPath?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeouts?: TunerTimeouts;
  /** A connection of the account was closed lately, and may still count. Unless told, it always may. */
  readonly isFreeing?: () => boolean;
  /** What the provider says of the account's connections; never rejects. */
  readonly askLine?: () => Promise<LineState>;
  readonly notices?: NoticeClips;
}

export interface TunerTimeouts extends UpstreamTimeouts {
  /** Milliseconds for which early refusals are tried again: providers free a slot late. */
  readonly refusals: number;
}

export const defaultTimeouts: TunerTimeouts = { firstByte: 10_000, silence: 5_000, refusals: 6_000 };

const PAUSE_BETWEEN_REFUSALS = 400;
/** Milliseconds between two looks at what is being opened: what it lacks may never come. */
const LOOK_EVERY = 100;
/** Bytes by which a clip is known again. */
const OPENING = 16 * 1024;

/** A channel, and where its bytes come from once that is known. */
export interface TunerChannel {
  readonly channelId: number;
  /** Asked once. @throws the signal's reason */
  readonly source: (signal: AbortSignal) => Promise<Source>;
}

/** Is given each piece of the channel, in order. */
export type PieceTaker = (piece: Piece) => void;

/**
 * One connection to one channel, shared by everything that wants this channel. It does not reconnect: when the
 * source ends, so does the tuner, and whoever still wants the channel opens another. What it delivers has a constant
 * layout, whatever the provider does (normaliser.ts).
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
  /** Pieces before the first listener; null from then on. */
  #early: Piece[] | null = [];
  /** When the first byte of the transport stream came, and the last one of whatever comes. */
  #firstByteAt: number | null = null;
  #lastByteAt = 0;
  #isOpen = false;
  #cancelLook: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;
  #reader: SourceReader | null = null;
  #refusal: AppError | null = null;
  #opening: Buffer = Buffer.alloc(0);
  #bytes = 0;
  /** Stream time of what has come. */
  #seconds = 0;

  constructor(channel: TunerChannel, options: TunerOptions) {
    this.#channel = channel;
    this.#options = options;
    this.#timeouts = options.timeouts ?? defaultTimeouts;
    this.#pacer = new Pacer(options.clock, (piece) => this.#give(piece));
    // A tuner may end without anyone waiting for it.
    this.#opened.promise.catch(() => {});
  }

  /** Resolves with why the bytes stopped coming. Never rejects. */
  get ended(): Promise<AppError> {
    return this.#ended.promise;
  }

  /** The provider has answered with something: the connection counts until it is closed, or a little longer. */
  get hasConnected(): boolean {
    return this.#cancelWatch !== null;
  }

  /** Why it was refused, as long as that is tried again. */
  get refusal(): AppError | null {
    return this.#refusal;
  }

  /** Whoever listens from now on joins in the middle. */
  get isUnderWay(): boolean {
    return this.#early === null;
  }

  /** What the channel consists of where it is delivered. */
  get layout(): Layout {
    return this.#layout ?? this.#normaliser.layout;
  }

  /** @see Normaliser.damage */
  get damage(): Damage {
    return this.#normaliser.damage;
  }

  /** Opens the connection. @returns what the channel is made of. @throws AppError: refused, silent, no television … */
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

  /** Is given every piece; the first listener also what came before it. The returned function ends that. */
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
      reason = new AppError(this.#isNotice() ? 'channel_clip' : 'channel_ended');
    } catch (error) {
      reason = await this.#explain(error);
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
    const source = await this.#channel.source(this.#abort.signal);
    const giveUpAt = this.#options.clock.monotonic() + this.#timeouts.refusals;
    for (;;) {
      try {
        return await this.#read(source);
      } catch (error) {
        const late = this.#options.clock.monotonic() > giveUpAt;
        if (this.#isOpen || late || this.#abort.signal.aborted || !this.#isWorthAsking(error)) throw error;
        this.#refusal = refusalOf(error);
        this.#options.logger.debug(
          { channelId: this.#channel.channelId, ...this.#refusal.params },
          'refused, trying again',
        );
        const pause = Math.max(PAUSE_BETWEEN_REFUSALS, waitOf(error));
        await sleep(this.#options.clock, pause, this.#abort.signal);
      }
    }
  }

  /** Providers free a connection late, and refuse the next one meanwhile, each in its own way. */
  #isWorthAsking(error: unknown): boolean {
    const { isFreeing } = this.#options;
    const again = againOf(error);
    return again === 'soon' || (again === 'freeing' && (isFreeing?.() ?? true));
  }

  async #read(source: Source): Promise<void> {
    const { http, clock, logger, ffmpegPath = 'ffmpeg' } = this.#options;
    this.#reader = new SourceReader(source, {
      ...{ http, clock, logger, ffmpegPath, signal: this.#abort.signal, timeouts: this.#timeouts },
      onBytes: (bytes) => this.#take(bytes),
      onSign: () => this.#heardOf(),
      room: () => (this.#pacer.isFull ? new Promise((resolve) => this.#pacer.whenRoom(resolve)) : null),
    });
    await this.#reader.read();
  }

  #take(bytes: Buffer): void {
    this.#firstByteAt ??= this.#options.clock.monotonic();
    this.#bytes += bytes.length;
    if (this.#opening.length < OPENING)
      this.#opening = Buffer.concat([this.#opening, bytes.subarray(0, OPENING - this.#opening.length)]);
    this.#normaliser.take(bytes);
    if (!this.#isOpen) this.#look();
  }

  #heardOf(): void {
    this.#lastByteAt = this.#options.clock.monotonic();
    if (!this.#cancelWatch) this.#watch(this.#timeouts.silence);
  }

  /** A source that has to wait, or has sent ahead, is not silent: nobody misses anything yet. */
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

  /** Opens the channel once it is known what it consists of. */
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

  /** Nothing more will come: what there is has to do. */
  #openAtEnd(): void {
    this.#cancelLook?.();
    if (this.#isOpen || this.#firstByteAt === null || this.#abort.signal.aborted) return;
    try {
      this.#firstByteAt = Number.NEGATIVE_INFINITY;
      this.#look();
    } catch {
      // It ended before it was anything: that it ended is what is told.
    }
    this.#cancelLook?.();
  }

  #give(piece: Piece): void {
    this.#layout = piece.layout;
    for (const listener of this.#listeners) listener(piece);
    this.#early?.push(piece);
  }

  /** A few seconds that a provider plays instead of the channel. */
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

  async #explain(error: unknown): Promise<AppError> {
    if (error instanceof AppError) return error;
    if (error instanceof Refusal) return this.#explainRefusal(error);
    const { aborted, reason } = this.#abort.signal;
    if (aborted)
      return reason instanceof AppError ? reason : new AppError('channel_ended', {}, { cause: error });
    const { cause, ...seen } = networkError(error);
    if (!this.#isOpen) return verdictOn(seen, 'stream', cause).error;
    return new AppError(seen.code === 'BODY_TIMEOUT' ? 'channel_stalled' : 'channel_ended', {}, { cause });
  }

  /** Panels say the same of a channel that is not for this account and of a line that somebody else uses. */
  async #explainRefusal({ status, trouble }: Refusal): Promise<AppError> {
    const { askLine } = this.#options;
    if (trouble.kind !== 'refused' || !askLine || this.#abort.signal.aborted) return trouble.error;
    const line = await orAborted(askLine(), this.#abort.signal).catch((): LineState => 'unknown');
    if (line instanceof AppError) return line;
    return line === 'full' ? new AppError('line_in_use', { status }) : trouble.error;
  }
}
