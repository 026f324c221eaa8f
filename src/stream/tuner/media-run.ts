import { AppError } from '../../domain/errors.ts';
import { argumentList } from '../../lib/argument-list.ts';
import type { Logger } from '../../lib/logger.ts';
import { explainEnding } from '../ffmpeg/failure.ts';
import { FfmpegRun } from '../ffmpeg/run.ts';
import { sniffAudio } from '../mpeg-ts/sniff-codec.ts';
import { inputAt, type MediaCodecs, probeMedia } from './media-probe.ts';

export interface MediaRunOptions {
  readonly ffmpegPath: string;
  readonly logger: Logger;
  readonly onBytes: (bytes: Buffer) => void;
}

/** Bytes to probe before FFmpeg starts, and milliseconds after which fewer must do. */
const ENOUGH = 256 * 1024;
const PROBE_AFTER = 300;
/** Milliseconds for FFmpeg to process the rest after the end of its input; a short film may arrive all at once. */
const FINISHING = 60_000;

/** One FFmpeg process that converts another container, or sound without one, to a transport stream. */
export class MediaRun {
  readonly #options: MediaRunOptions;
  /** Bytes before FFmpeg started; null from then on. */
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

  /** Feeds the source's bytes. @throws AppError if FFmpeg cannot read them, or what onBytes has thrown. */
  write(bytes: Buffer): void {
    if (this.#error) throw this.#error;
    if (!this.#early) {
      this.#ffmpeg?.write([bytes]);
      return;
    }
    this.#early.push(bytes);
    this.#timer ??= setTimeout(() => void this.#begin(), PROBE_AFTER);
    if (this.#early.reduce((sum, { length }) => sum + length, 0) >= ENOUGH) void this.#begin();
  }

  /** Ends the input, and resolves once everything has been delivered. */
  async finish(): Promise<void> {
    await this.#begin();
    await this.#ffmpeg?.finish(FINISHING);
    if (this.#error) throw this.#error;
    if (!this.#hasDelivered) throw new AppError('channel_not_video');
  }

  /**
   * Reads an address to its end, instead of written bytes.
   * @param address a local address of FfmpegProxy. @param codecs null for codecs that a transport stream can hold.
   */
  async readAll(address: string, codecs: MediaCodecs | null): Promise<void> {
    const ffmpeg = this.#start(mediaArguments(inputAt(address), codecs));
    await ffmpeg.ended;
    if (this.#error) throw this.#error;
  }

  /** Ends FFmpeg and delivers nothing more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#beginning;
    await this.#ffmpeg?.stop();
  }

  /** Probes the bytes so far and starts FFmpeg. */
  #begin(): Promise<void> {
    clearTimeout(this.#timer);
    this.#beginning ??= this.#probeAndStart();
    return this.#beginning;
  }

  async #probeAndStart(): Promise<void> {
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

/** Names the format of bare sound, which FFmpeg may not recognise. */
function formatOf(head: Buffer): string[] {
  const sound = sniffAudio(head)?.codec;
  return sound === 'aac' ? ['-f', 'aac'] : sound === 'mpeg' ? ['-f', 'mp3'] : [];
}

/** Codecs that a transport stream can hold (ISO/IEC 13818-1, table 2-34), by FFmpeg's names. */
const copied: ReadonlySet<string> = new Set(
  argumentList('h264 hevc mpeg2video mpeg1video mpeg4 aac mp1 mp2 mp3 ac3 eac3'),
);

/** Returns FFmpeg's arguments to write an input to standard output as MPEG-TS, copying the codecs that it can hold. */
export function mediaArguments(input: readonly string[], codecs: MediaCodecs | null): string[] {
  const { video = null, audio = [] } = codecs ?? {};
  const foreign = audio.flatMap((codec, index) => (copied.has(codec) ? [] : index));
  const toH264 = argumentList('-c:v libx264 -preset veryfast -crf 20 -g 50 -pix_fmt yuv420p');
  return [
    ...argumentList('-hide_banner -nostats -loglevel warning -fflags +genpts -analyzeduration 500000'),
    ...input,
    // `V` excludes cover art, which FFmpeg counts as video.
    ...argumentList('-map 0:V:0? -map 0:a? -c copy'),
    ...(video !== null && !copied.has(video) ? toH264 : []),
    ...(foreign.length > 0 ? argumentList('-c:a aac -b:a 192k -ac 2') : []),
    ...argumentList('-max_interleave_delta 1000000 -flush_packets 1 -pes_payload_size 0 -f mpegts pipe:1'),
  ];
}
