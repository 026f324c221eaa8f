import { AppError } from '../../domain/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { explainEnding } from '../ffmpeg/failure.ts';
import { FfmpegRun } from '../ffmpeg/run.ts';
import { sniffAudio } from '../mpeg-ts/sniff.ts';
import { inputAt, type MediaCodecs, probeMedia } from './media-probe.ts';

export interface MediaRunOptions {
  readonly ffmpegPath: string;
  readonly logger: Logger;
  readonly onBytes: (bytes: Buffer) => void;
}

/** What is looked at before FFmpeg is told what to do: this many bytes, or what has come by then (milliseconds). */
const ENOUGH = 256 * 1024;
const LOOK_AFTER = 300;
/** Milliseconds that FFmpeg may take for what it has been given, once nothing more comes: a short film can be given at once. */
const FINISHING = 60_000;

/** One FFmpeg that brings what comes in another container, or in none, into a transport stream. */
export class MediaRun {
  readonly #options: MediaRunOptions;
  /** What came before FFmpeg runs; null from then on. */
  #early: Buffer[] | null = [];
  #timer: NodeJS.Timeout | undefined;
  #beginning: Promise<void> | null = null;
  #ffmpeg: FfmpegRun | null = null;
  #error: unknown = null;
  #isStopped = false;
  #hasDelivered = false;

  constructor(options: MediaRunOptions) {
    this.#options = options;
  }

  /** @throws AppError why FFmpeg cannot read it, or what onBytes has thrown. */
  write(bytes: Buffer): void {
    if (this.#error) throw this.#error;
    if (!this.#early) {
      this.#ffmpeg?.write([bytes]);
      return;
    }
    this.#early.push(bytes);
    this.#timer ??= setTimeout(() => void this.#begin(), LOOK_AFTER);
    if (this.#early.reduce((sum, { length }) => sum + length, 0) >= ENOUGH) void this.#begin();
  }

  /** Nothing more comes. Resolves once all of it has been delivered. */
  async finish(): Promise<void> {
    await this.#begin();
    await this.#ffmpeg?.finish(FINISHING);
    if (this.#error) throw this.#error;
    if (!this.#hasDelivered) throw new AppError('channel_not_video');
  }

  /**
   * Reads all that is at an address, instead of what is written.
   * @param address good for FFmpeg alone. @param codecs what is there; null: what a transport stream can hold.
   */
  async readAll(address: string, codecs: MediaCodecs | null): Promise<void> {
    const ffmpeg = this.#start(mediaArguments(inputAt(address), codecs));
    await ffmpeg.ended;
    if (this.#error) throw this.#error;
  }

  /** Delivers nothing any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#beginning;
    await this.#ffmpeg?.stop();
  }

  /** Starts FFmpeg, once it is known what has come. */
  #begin(): Promise<void> {
    clearTimeout(this.#timer);
    this.#beginning ??= this.#lookAndStart();
    return this.#beginning;
  }

  async #lookAndStart(): Promise<void> {
    const head = Buffer.concat(this.#early ?? []);
    const codecs = await probeMedia(this.#options.ffmpegPath, head).catch(() => null);
    const early = this.#early ?? [];
    this.#early = null;
    if (this.#isStopped) return;
    const format = formatOf(head);
    this.#start(mediaArguments([...format, '-i', 'pipe:0'], codecs)).write(early);
  }

  #start(args: string[]): FfmpegRun {
    const { ffmpegPath: path, logger, onBytes } = this.#options;
    const onOutput = (chunk: Buffer) => {
      if (this.#isStopped) return;
      this.#hasDelivered = true;
      try {
        onBytes(chunk);
      } catch (error) {
        this.#error ??= error;
      }
    };
    const ffmpeg = new FfmpegRun({ path, args, logger, onOutput });
    this.#ffmpeg = ffmpeg;
    ffmpeg.start();
    void ffmpeg.ended.then((ending) => {
      if (!ending.asked) this.#error ??= explainEnding(ending).error;
    });
    return ffmpeg;
  }
}

/** Sound alone has little that FFmpeg could recognise. */
function formatOf(head: Buffer): string[] {
  const sound = sniffAudio(head)?.codec;
  return sound === 'aac' ? ['-f', 'aac'] : sound === 'mpeg' ? ['-f', 'mp3'] : [];
}

/** What a transport stream has a name for (ISO/IEC 13818-1, table 2-34), by FFmpeg's names. */
const copied: ReadonlySet<string> = new Set([
  ...['h264', 'hevc', 'mpeg2video', 'mpeg1video', 'mpeg4'],
  ...['aac', 'mp1', 'mp2', 'mp3', 'ac3', 'eac3'],
]);
const inH264 = ['libx264', '-preset', 'veryfast', '-crf', '20', '-g', '50', '-pix_fmt', 'yuv420p'];
const inAac = ['aac', '-b:a', '192k', '-ac', '2'];

/** FFmpeg's arguments to bring an input into a transport stream on standard output: copied where that can hold it. */
export function mediaArguments(input: readonly string[], codecs: MediaCodecs | null): string[] {
  const { video = null, audio = [] } = codecs ?? {};
  const foreign = audio.flatMap((codec, index) => (copied.has(codec) ? [] : index));
  return [
    ...[
      '-hide_banner',
      '-nostats',
      '-loglevel',
      'warning',
      '-fflags',
      '+genpts',
      '-analyzeduration',
      '500000',
    ],
    ...input,
    // V: not the cover of a record, which is a picture for FFmpeg.
    ...['-map', '0:V:0?', '-map', '0:a?', '-c', 'copy'],
    ...(video !== null && !copied.has(video) ? ['-c:v', ...inH264] : []),
    ...(foreign.length > 0 ? ['-c:a', ...inAac] : []),
    ...[
      '-max_interleave_delta',
      '1000000',
      '-flush_packets',
      '1',
      '-pes_payload_size',
      '0',
      '-f',
      'mpegts',
      'pipe:1',
    ],
  ];
}
