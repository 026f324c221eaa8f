import { AppError } from '../domain/errors.ts';
import type { Logger } from '../lib/logger.ts';
import { explainEnding } from './ffmpeg-failure.ts';
import { FfmpegRun } from './ffmpeg-run.ts';
import { sniffAudio } from './sniff.ts';

export interface MediaRunOptions {
  readonly ffmpegPath: string;
  readonly logger: Logger;
  /** The first bytes of what is to be read. */
  readonly head: Buffer;
  readonly onBytes: (bytes: Buffer) => void;
}

/** Containers whose sound a transport stream has no name for, as a rule: Ogg, FLAC, WAV, Matroska. */
const foreignSound: readonly Buffer[] = [
  ...['OggS', 'fLaC', 'RIFF'].map((name) => Buffer.from(name)),
  Buffer.of(0x1a, 0x45, 0xdf, 0xa3),
];

/** One FFmpeg that copies what comes in another container, or in none, into a transport stream. */
export class MediaRun {
  readonly #ffmpeg: FfmpegRun;
  #error: unknown = null;
  #isStopped = false;
  #hasDelivered = false;

  constructor({ ffmpegPath: path, logger, head, onBytes }: MediaRunOptions) {
    const onOutput = (chunk: Buffer) => {
      if (this.#isStopped) return;
      this.#hasDelivered = true;
      try {
        onBytes(chunk);
      } catch (error) {
        this.#error ??= error;
      }
    };
    this.#ffmpeg = new FfmpegRun({ path, args: mediaArguments(head), logger, onOutput });
  }

  start(): void {
    this.#ffmpeg.start();
    void this.#ffmpeg.ended.then((ending) => {
      if (!ending.asked) this.#error ??= explainEnding(ending).error;
    });
  }

  /** @throws AppError why FFmpeg cannot read it, or what onBytes has thrown. */
  write(bytes: Buffer): void {
    if (this.#error) throw this.#error;
    this.#ffmpeg.write([bytes]);
  }

  /** Nothing more comes. Resolves once all of it has been delivered. */
  async finish(): Promise<void> {
    await this.#ffmpeg.finish();
    if (this.#error) throw this.#error;
    if (!this.#hasDelivered) throw new AppError('channel_not_video');
  }

  /** Delivers nothing any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#ffmpeg.stop();
  }
}

/** FFmpeg's arguments to copy standard input, whatever it is, into a transport stream on standard output. */
export function mediaArguments(head: Buffer): string[] {
  const sound = sniffAudio(head)?.codec;
  const format = sound === 'aac' ? ['-f', 'aac'] : sound === 'mpeg' ? ['-f', 'mp3'] : [];
  const isForeign = foreignSound.some((magic) => head.subarray(0, magic.length).equals(magic));
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
    ...[...format, '-i', 'pipe:0'],
    // V: not the cover of a record, which is a picture for FFmpeg.
    ...['-map', '0:V:0?', '-map', '0:a?', '-c:v', 'copy', ...(isForeign ? soundInAac : ['-c:a', 'copy'])],
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

const soundInAac = ['-c:a', 'aac', '-b:a', '192k', '-ac', '2'];
