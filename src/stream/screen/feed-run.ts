import type { AudioTrack } from '../../domain/audio-track.ts';
import type { OutputOptions } from '../../domain/encoding.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { OwnedBytes } from '../../lib/owned-bytes.ts';
import { copiesSound, type RunPlan, remuxArguments } from '../ffmpeg/args.ts';
import { type FfmpegEnding, FfmpegRun } from '../ffmpeg/run.ts';
import type { CatchUp } from '../segments/catch-up.ts';
import { type CutSegment, type Cutter, Segmenter } from '../segments/segmenter.ts';
import { SoundFiller } from '../segments/sound-filler.ts';

export interface FeedRunOptions {
  readonly ffmpegPath: string;
  readonly output: OutputOptions;
  readonly policy: Cutter;
  readonly catchUp: CatchUp;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onSegment: (segment: CutSegment) => void;
  /** Called if FFmpeg's output cannot be read. */
  readonly onBroken: (error: unknown) => void;
}

/** One FFmpeg process that turns a tuner's pieces into segments and fills missing sound. */
export class FeedRun {
  readonly plan: RunPlan;
  readonly #options: FeedRunOptions;
  readonly #ffmpeg: FfmpegRun;
  readonly #sound: SoundFiller;
  readonly #segmenter: Segmenter;
  #isOver = false;
  #isSilent: boolean;

  constructor(plan: RunPlan, options: FeedRunOptions) {
    this.plan = plan;
    this.#isSilent = plan.track === null;
    const { audio } = options.output;
    this.#sound = new SoundFiller(audio === 'auto' && plan.track !== null && copiesSound(plan.track, audio));
    this.#options = options;
    const { ffmpegPath: path, output, policy, catchUp, clock, logger } = options;
    const deliver = (segment: CutSegment) => options.onSegment({ ...segment, run: this });
    this.#segmenter = new Segmenter(policy, clock, deliver, catchUp);
    const args = remuxArguments(plan, output);
    this.#ffmpeg = new FfmpegRun({ path, args, logger, onOutput: (chunk) => this.#cut(chunk) });
  }

  /** @see FfmpegRun.ended */
  get ended(): Promise<FfmpegEnding> {
    return this.#ffmpeg.ended;
  }

  /**
   * True if this run can continue with another layout of the channel. Silence replaces sound that ends; sound that comes
   * back needs another run, since FFmpeg takes the gap for a jump of all timestamps.
   */
  goesOnAs({ video, track }: RunPlan): boolean {
    if (video !== this.plan.video) return false;
    this.#isSilent ||= track === null;
    const heard = this.plan.track;
    if (track === null || !heard) return track === null;
    return !this.#isSilent && heard.id === track.id && this.#decodesAs(track) === this.#decodesAs(heard);
  }

  /** A decoder accepts one kind of AAC after another; a copy does not. */
  #decodesAs(track: AudioTrack): string {
    if (copiesSound(track, this.#options.output.audio)) return 'a copy';
    return track.codec === 'aac lc 48000 stereo' ? 'aac' : track.codec;
  }

  start(): void {
    this.#ffmpeg.start();
  }

  /** @see FfmpegRun.write */
  write(chunks: readonly Buffer[]): boolean {
    return this.#ffmpeg.write(chunks);
  }

  /** Ends the input. Resolves once everything that FFmpeg still has is delivered, to the last segment. */
  async finish(): Promise<void> {
    await this.#ffmpeg.finish();
    this.close();
  }

  /** Delivers the packets so far as a last segment. May be called twice. */
  close(): void {
    if (this.#isOver) return;
    for (const packets of this.#sound.end()) this.#segmenter.write(packets);
    this.#isOver = true;
    this.#segmenter.end();
  }

  /** Ends FFmpeg and delivers nothing more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#ffmpeg.stop();
  }

  #cut(chunk: OwnedBytes): void {
    if (this.#isOver) return;
    try {
      for (const packets of this.#sound.take(chunk)) this.#segmenter.write(packets);
      // The sound filler and the segmenter keep copies, not views of the chunk.
      freeNow(chunk);
    } catch (error) {
      this.#options.onBroken(error);
    }
  }
}

/**
 * Frees the memory of a chunk from FFmpeg's pipe. Left to the garbage collector, 64 MB of these make it mark the whole
 * heap, which costs more than everything else that a channel does.
 */
function freeNow(chunk: OwnedBytes): void {
  const { buffer, byteLength } = chunk;
  // Memory that holds something else too, such as Node's pool of small buffers, must not be freed.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
