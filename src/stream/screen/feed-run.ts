import type { AudioTrack } from '../../domain/audio-track.ts';
import type { OutputOptions } from '../../domain/output.ts';
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
  /** What FFmpeg delivers cannot be read. */
  readonly onBroken: (error: unknown) => void;
}

/** One FFmpeg process on its way from a tuner's pieces to segments, with the sound seen to. */
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

  get pid(): number | undefined {
    return this.#ffmpeg.pid;
  }

  /** @see FfmpegRun.ended */
  get ended(): Promise<FfmpegEnding> {
    return this.#ffmpeg.ended;
  }

  /**
   * True if it may go on though this is what the channel consists of now. Silence takes the place of sound that is there no
   * more; but sound that comes back is another run's, for FFmpeg takes the hole for a jump of all timestamps.
   */
  goesOnAs({ video, track }: RunPlan): boolean {
    if (video !== this.plan.video) return false;
    this.#isSilent ||= track === null;
    const heard = this.plan.track;
    if (track === null || !heard) return track === null;
    return !this.#isSilent && heard.id === track.id && this.#decodesAs(track) === this.#decodesAs(heard);
  }

  /** A decoder takes one kind of AAC after another; a copy does not. */
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

  /** Nothing more comes: delivers all that FFmpeg still has, to the last segment, and resolves then. */
  async finish(): Promise<void> {
    await this.#ffmpeg.finish();
    this.close();
  }

  /** Delivers what has come so far as a last segment. May be called twice. */
  close(): void {
    if (this.#isOver) return;
    for (const packets of this.#sound.end()) this.#segmenter.write(packets);
    this.#isOver = true;
    this.#segmenter.end();
  }

  /** Delivers nothing any more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#ffmpeg.stop();
  }

  #cut(chunk: OwnedBytes): void {
    if (this.#isOver) return;
    try {
      for (const packets of this.#sound.take(chunk)) this.#segmenter.write(packets);
      // The sound filler and the segmenter have no view of it any more: what they keep, they copied.
      freeNow(chunk);
    } catch (error) {
      this.#options.onBroken(error);
    }
  }
}

/**
 * Frees the memory of a chunk from FFmpeg's pipe. Left to the garbage collector, 64 MB of these make it mark the whole
 * heap, which costs more than all else that a channel does.
 */
function freeNow(chunk: OwnedBytes): void {
  const { buffer, byteLength } = chunk;
  // Never memory that holds something else as well, such as Node's pool of small buffers.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
