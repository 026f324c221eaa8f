import type { Sound } from '../../domain/audio-track.ts';
import type { OutputOptions } from '../../domain/encoding.ts';
import { AppError } from '../../domain/errors.ts';
import { orAborted } from '../../lib/abort.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { RunPlan } from '../ffmpeg/args.ts';
import { explainEnding } from '../ffmpeg/failure.ts';
import type { Piece } from '../normaliser/normaliser.ts';
import type { Layout } from '../normaliser/stream-layout.ts';
import { CatchUp } from '../segments/catch-up.ts';
import { CutPolicy } from '../segments/cut-policy.ts';
import type { CutSegment } from '../segments/segmenter.ts';
import { StreamStart } from '../tuner/stream-start.ts';
import type { TunerLease, Tuners } from '../tuner/tuners.ts';
import type { AudioChoices } from './audio-choices.ts';
import { FeedRun } from './feed-run.ts';
import { InputBatch } from './input-batch.ts';
import type { ScreenWish } from './on-air-item.ts';
import { SegmentRhythm } from './segment-rhythm.ts';

export interface FeedOptions {
  readonly tuners: Tuners;
  readonly ffmpegPath: string;
  readonly output: OutputOptions;
  readonly audioChoices: AudioChoices;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Receives each segment. @returns false if the segment was left out and the feed is not on air yet. */
export type SegmentTaker = (segment: CutSegment) => boolean;

/** The receiver of a feed's segments. */
export interface FeedTaker {
  readonly onSegment: SegmentTaker;
  /** Asked as the picture begins; true if players have a reserve, so that the source's past would only put them behind. */
  readonly catchesUp: () => boolean;
}

/** Why a feed ended, and whether another try makes sense. */
export interface FeedEnding {
  readonly error: AppError;
  readonly retry: boolean;
}

/** Number of first segments for which every millisecond counts; later, FFmpeg's input is collected. */
const EAGER_SEGMENTS = 10;
/** Milliseconds to wait for a first segment before trying without the sound, which FFmpeg may be unable to read. */
const SOUND_PATIENCE = 6_000;
/** Milliseconds that a running source may take to give a first segment. */
const FIRST_SEGMENT_PATIENCE = 20_000;

/**
 * Turns one channel into segments, with a share in its tuner and FFmpeg. It is started once and never restarted. When the
 * channel's layout changes, another FFmpeg run takes over from that very piece on, after the previous run has delivered
 * the segments that it still has.
 */
export class ChannelFeed {
  readonly wish: ScreenWish;
  readonly #options: FeedOptions;
  readonly #onSegment: SegmentTaker;
  /** Shared by all runs, since a source sends its past only at its beginning. */
  readonly #catchUp: CatchUp;
  readonly #ended = Promise.withResolvers<FeedEnding>();
  #lease: TunerLease | null = null;
  /** The run that is being fed. */
  #run: FeedRun | null = null;
  /** The run that takes over with the next keyframe. */
  #next: FeedRun | null = null;
  /** The previous run until it has delivered everything; its successor's segments wait for that. */
  #finishing: FeedRun | null = null;
  #held: CutSegment[] = [];
  #layout: Layout | null = null;
  /** True if FFmpeg delivered nothing with the sound, so that the feed continues without it. */
  #ignoresSound = false;
  #sound: Sound = { tracks: [], track: null };
  #stopped: Promise<void> | null = null;
  #unlisten: (() => void) | null = null;
  readonly #first = Promise.withResolvers<void>();
  /** Shared by all runs, since a viewer's reserve does not depend on the run that fills it. */
  readonly #policy = new CutPolicy();
  readonly #rhythm = new SegmentRhythm();
  /** Number of segments so far. */
  #delivered = 0;
  #isOnAir = false;
  readonly #input: InputBatch;
  #cancelWatch: (() => void) | null = null;
  #cancelTry: (() => void) | null = null;

  constructor(wish: ScreenWish, options: FeedOptions, { onSegment, catchesUp }: FeedTaker) {
    this.wish = wish;
    this.#options = options;
    this.#onSegment = onSegment;
    this.#catchUp = new CatchUp(catchesUp);
    this.#input = new InputBatch(options.clock, (chunks) => {
      if (this.#run?.write(chunks) === false) this.#end({ error: new AppError('too_slow'), retry: true });
    });
  }

  /**
   * Resolves when the feed has ended. It keeps its share in the tuner until stop(), so that a successor may take over the
   * same connection.
   */
  get ended(): Promise<FeedEnding> {
    return this.#ended.promise;
  }

  /** The channel's audio tracks and the one that is heard; known once the feed has started. */
  get sound(): Sound {
    return this.#sound;
  }

  /** The time of a past programme's last picture, in epoch milliseconds; null for a live channel, or before it is open. */
  get position(): number | null {
    return this.#lease?.position ?? null;
  }

  /**
   * Opens the channel, and resolves once onSegment has received the first segment.
   * @throws AppError if the channel cannot be opened, or the signal's reason; nothing is left open then.
   */
  async start(signal: AbortSignal): Promise<void> {
    try {
      const lease = await this.#options.tuners.acquire(this.wish, 'screen', signal);
      this.#lease = lease;
      signal.throwIfAborted();
      this.#connect(lease);
      await this.#firstSegment(signal);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Delivers the rest as a last segment, if the feed is on air, then closes everything. May be called twice. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#ended.resolve({ error: new AppError('channel_ended'), retry: false });
    this.#unlisten?.();
    if (this.#isOnAir) this.#deliverRest();
    this.#cancelWatch?.();
    this.#cancelTry?.();
    this.#input.stop();
    const runs = [this.#run, this.#next, this.#finishing];
    await Promise.all([...runs.map((run) => run?.stop()), this.#lease?.release()]);
  }

  #connect(lease: TunerLease): void {
    const start = lease.isUnderWay ? new StreamStart(this.#options.clock) : null;
    this.#follow(lease.layout);
    this.#unlisten = lease.listen((piece) => {
      if (!start || start.passes(piece)) this.#take(piece);
    });
    void lease.ended.then((error) => this.#endWithSource(error));
  }

  #take(piece: Piece): void {
    if (piece.layout !== this.#layout) this.#follow(piece.layout);
    if (piece.isStart && this.#next) this.#takeOver(this.#next);
    if (piece.isStart && this.#delivered === 0)
      this.#cancelTry ??= this.#options.clock.after(SOUND_PATIENCE, () => this.#retryWithoutSound(this.#run));
    this.#input.add(piece.bytes, this.#delivered < EAGER_SEGMENTS);
  }

  /** Follows a new layout of the channel with another FFmpeg run if the current one cannot continue. */
  #follow(layout: Layout): void {
    this.#layout = layout;
    const track = this.#options.audioChoices.pick(this.wish.channelId, layout.audio);
    this.#sound = { tracks: layout.audio, track };
    const plan = { video: layout.video, track: this.#ignoresSound ? null : track };
    const running = this.#next ?? this.#run;
    if (running?.goesOnAs(plan)) return;
    const isSamePicture = this.#run?.plan.video === layout.video && layout.video !== null;
    void this.#next?.stop();
    this.#next = this.#open(plan);
    // The previous run can continue with the same picture until the next keyframe, but not with another one.
    if (!isSamePicture) this.#takeOver(this.#next);
  }

  #open(plan: RunPlan): FeedRun {
    const { ffmpegPath, output, clock, logger } = this.#options;
    const run: FeedRun = new FeedRun(plan, {
      ...{ ffmpegPath, output, clock, logger, policy: this.#policy, catchUp: this.#catchUp },
      onSegment: (segment) => this.#deliver(segment, run),
      onBroken: (cause) => this.#end({ error: new AppError('ffmpeg_failed', {}, { cause }), retry: true }),
    });
    run.start();
    void run.ended.then((ending) => {
      if (run === this.#finishing || ending.asked || this.#retryWithoutSound(run)) return;
      this.#end(explainEnding(ending));
    });
    return run;
  }

  /** Retries without sound that cannot be decoded, to keep the picture. @returns false if there is nothing to retry. */
  #retryWithoutSound(run: FeedRun | null): boolean {
    const plan = run?.plan;
    const isFirst = this.#delivered === 0 && !this.#ignoresSound && run === this.#run;
    if (!isFirst || !plan?.track || plan.video === null || this.#stopped) return false;
    this.#options.logger.warn({ channelId: this.wish.channelId }, 'no picture with this sound');
    this.#ignoresSound = true;
    void this.#next?.stop();
    this.#run = null;
    void run?.stop();
    this.#next = this.#open({ ...plan, track: null });
    return true;
  }

  /** Feeds this run from now on, while the previous run delivers what it still has. */
  #takeOver(run: FeedRun): void {
    const before = this.#run;
    this.#input.flush();
    this.#run = run;
    this.#next = null;
    if (!before) return;
    const waitsFor = this.#finishing;
    this.#finishing = before;
    void Promise.all([waitsFor?.stop(), before.finish()]).then(() => {
      if (this.#finishing !== before) return;
      this.#finishing = null;
      for (const segment of this.#held.splice(0)) this.#deliver(segment, run);
    });
  }

  #deliver(segment: CutSegment, run: FeedRun): void {
    if (this.#finishing && run !== this.#finishing) {
      this.#held.push(segment);
      return;
    }
    this.#delivered++;
    this.#cancelTry?.();
    this.#watch();
    if (!this.#onSegment(segment)) return;
    this.#isOnAir = true;
    this.#first.resolve();
  }

  #deliverRest(): void {
    this.#finishing?.close();
    this.#finishing = null;
    for (const segment of this.#held.splice(0)) this.#onSegment(segment);
    this.#run?.close();
  }

  async #firstSegment(signal: AbortSignal): Promise<void> {
    const failed = Promise.withResolvers<never>();
    void this.#ended.promise.then(({ error }) => failed.reject(error));
    const { clock } = this.#options;
    const cancel = clock.after(FIRST_SEGMENT_PATIENCE, () =>
      failed.reject(new AppError('channel_not_video')),
    );
    try {
      await orAborted(Promise.race([this.#first.promise, failed.promise]), signal);
    } finally {
      cancel();
    }
  }

  /** Watches for segments rather than bytes, since bytes may hold no picture, and FFmpeg may hang. */
  #watch(): void {
    const { clock } = this.#options;
    this.#rhythm.beat(clock.monotonic());
    this.#cancelWatch?.();
    this.#cancelWatch = clock.after(this.#rhythm.patience, () =>
      this.#end({ error: new AppError('channel_stalled'), retry: true }),
    );
  }

  /** Ends the feed with its source, after FFmpeg has delivered what it still has. */
  async #endWithSource(error: AppError): Promise<void> {
    this.#input.flush();
    if (!this.#stopped && this.#delivered > 0) await this.#run?.finish();
    this.#end({ error, retry: true });
  }

  #end(ending: FeedEnding): void {
    this.#unlisten?.();
    if (this.#isOnAir) this.#deliverRest();
    this.#cancelWatch?.();
    this.#cancelTry?.();
    this.#ended.resolve(ending);
  }
}
