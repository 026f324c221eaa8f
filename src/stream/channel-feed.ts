import type { Sound } from '../domain/audio-track.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { AudioChoices } from './audio-choices.ts';
import { CatchUp } from './catch-up.ts';
import { CutPolicy } from './cut-policy.ts';
import { type OutputOptions, remuxArguments } from './ffmpeg-args.ts';
import { explainEnding } from './ffmpeg-failure.ts';
import { FfmpegRun } from './ffmpeg-run.ts';
import { type CutSegment, Segmenter } from './segmenter.ts';
import { StreamStart } from './stream-start.ts';
import type { TunerLease, Tuners, TunerWish } from './tuners.ts';

export interface FeedOptions {
  readonly tuners: Tuners;
  readonly ffmpegPath: string;
  readonly output: OutputOptions;
  readonly audioChoices: AudioChoices;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Is given each segment. @returns false if it was left out, and the feed is not on air yet. */
export type SegmentTaker = (segment: CutSegment) => boolean;

/** Who takes what a feed gives. */
export interface FeedTaker {
  readonly onSegment: SegmentTaker;
  /** Asked as the picture begins: players have enough in reserve, so a source's past would only put them behind. */
  readonly catchesUp: () => boolean;
}

/** Why a feed ended, and whether another try makes sense. */
export interface FeedEnding {
  readonly error: AppError;
  readonly retry: boolean;
}

/** Segments for which every millisecond counts. */
const EAGER_SEGMENTS = 10;
/** Milliseconds for which chunks are collected after that. */
const COLLECT = 100;
/** How long a running source may go without giving a first segment. */
const FIRST_SEGMENT_PATIENCE = 20_000;
/** … and then without another one: bytes may come that hold no picture, or FFmpeg may hang. */
const SEGMENT_PATIENCE = 20_000;

/**
 * One channel on its way to the air: a share in its tuner, one FFmpeg run and a segmenter, with one life. It is
 * started once and never restarted.
 */
export class ChannelFeed {
  readonly wish: TunerWish;
  readonly #options: FeedOptions;
  readonly #ended = Promise.withResolvers<FeedEnding>();
  readonly #segmenter: Segmenter;
  #lease: TunerLease | null = null;
  #run: FfmpegRun | null = null;
  #sound: Sound = { tracks: [], track: null };
  #stopped: Promise<void> | null = null;
  #unlisten: (() => void) | null = null;
  readonly #first = Promise.withResolvers<void>();
  /** Segments so far. */
  #delivered = 0;
  #isOnAir = false;
  /** Not yet given to FFmpeg. */
  #waiting: Buffer[] = [];
  #cancelFlush: (() => void) | null = null;
  #cancelWatch: (() => void) | null = null;

  constructor(wish: TunerWish, options: FeedOptions, { onSegment, catchesUp }: FeedTaker) {
    this.wish = wish;
    this.#options = options;
    const take = (segment: CutSegment) => {
      this.#delivered++;
      this.#watch();
      if (!onSegment(segment)) return;
      this.#isOnAir = true;
      this.#first.resolve();
    };
    this.#segmenter = new Segmenter(new CutPolicy(), options.clock, take, new CatchUp(catchesUp));
  }

  /**
   * Resolves when the feed has come to its end. Its share in the tuner it keeps until stop(), so that a successor
   * may take over the same connection.
   */
  get ended(): Promise<FeedEnding> {
    return this.#ended.promise;
  }

  /** Known once it has started. */
  get sound(): Sound {
    return this.#sound;
  }

  get pid(): number | undefined {
    return this.#run?.pid;
  }

  /**
   * Opens the channel. Resolves with the first segment, which onSegment has been given by then.
   * @throws AppError if the channel cannot be had, or the signal's reason; nothing is left open then.
   */
  async start(signal: AbortSignal): Promise<void> {
    try {
      const lease = await this.#options.tuners.acquire(this.wish, signal);
      this.#lease = lease;
      signal.throwIfAborted();
      this.#connect(lease);
      await this.#firstSegment(signal);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Delivers what FFmpeg has given so far as a last segment, then lets go of everything. May be called twice. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#ended.resolve({ error: new AppError('channel_ended'), retry: false });
    this.#unlisten?.();
    this.#endSegment();
    this.#cancelWatch?.();
    this.#cancelFlush?.();
    await Promise.all([this.#run?.stop(), this.#lease?.release()]);
  }

  #connect(lease: TunerLease): void {
    const { ffmpegPath: path, logger, output, audioChoices, clock } = this.#options;
    const tracks = lease.map.audio ?? [];
    const track = audioChoices.pick(this.wish.source.channelId, tracks);
    this.#sound = { tracks, track };
    const run = new FfmpegRun({
      path,
      args: remuxArguments(lease.map, track, output),
      logger,
      onOutput: (chunk) => this.#cut(chunk),
    });
    this.#run = run;
    run.start();
    const start = lease.isUnderWay ? new StreamStart(lease.map, clock) : null;
    this.#unlisten = lease.listen((chunk) => {
      const bytes = start ? start.take(chunk) : chunk;
      if (bytes) this.#feed(run, bytes);
    });
    void lease.ended.then((error) => this.#end({ error, retry: true }));
    void run.ended.then((ending) => this.#end(explainEnding(ending)));
  }

  /** At first every chunk as it comes; on air they are collected for a moment, which saves most of the wake-ups. */
  #feed(run: FfmpegRun, chunk: Buffer): void {
    this.#waiting.push(chunk);
    if (this.#delivered >= EAGER_SEGMENTS)
      this.#cancelFlush ??= this.#options.clock.after(COLLECT, () => this.#flush(run));
    else this.#flush(run);
  }

  #flush(run: FfmpegRun): void {
    this.#cancelFlush = null;
    const chunks = this.#waiting;
    this.#waiting = [];
    if (!run.write(chunks)) this.#end({ error: new AppError('too_slow'), retry: true });
  }

  #cut(chunk: Buffer): void {
    if (this.#stopped) return;
    try {
      this.#segmenter.write(chunk);
      freeNow(chunk);
    } catch (error) {
      this.#end({ error: new AppError('ffmpeg_failed', {}, { cause: error }), retry: true });
    }
  }

  async #firstSegment(signal: AbortSignal): Promise<void> {
    const failed = Promise.withResolvers<never>();
    const abort = () => failed.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    void this.#ended.promise.then(({ error }) => failed.reject(error));
    const cancel = this.#options.clock.after(FIRST_SEGMENT_PATIENCE, () =>
      failed.reject(new AppError('channel_not_video')),
    );
    try {
      await Promise.race([this.#first.promise, failed.promise]);
    } finally {
      cancel();
      signal.removeEventListener('abort', abort);
    }
  }

  #watch(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = this.#options.clock.after(SEGMENT_PATIENCE, () =>
      this.#end({ error: new AppError('channel_stalled'), retry: true }),
    );
  }

  /** The last piece of what is on air; of a channel that never came on air nothing is delivered. */
  #endSegment(): void {
    if (this.#isOnAir) this.#segmenter.end();
  }

  #end(ending: FeedEnding): void {
    this.#cancelWatch?.();
    this.#unlisten?.();
    this.#endSegment();
    this.#ended.resolve(ending);
  }
}

/**
 * Frees the memory of a chunk that FFmpeg's pipe delivered, of which nobody else has a view. Left to the garbage
 * collector, 64 MB of these make it mark the whole heap, which costs more than all else that a channel does.
 */
function freeNow(chunk: Buffer): void {
  (chunk.buffer as ArrayBuffer).transfer(0);
}
