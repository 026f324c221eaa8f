import type { Readable } from 'node:stream';
import type { AudioTrack } from '../../domain/audio-track.ts';
import { AppError } from '../../domain/errors.ts';
import type { Span } from '../../domain/span.ts';
import { argumentList } from '../../lib/argument-list.ts';
import { atLowPriority, startProgram } from '../../lib/start-program.ts';
import { browserSound, isForBrowsers, SOUND_STEP } from './browser-sound.ts';
import { cutSegment } from './cut-segment.ts';
import { goOn } from './stream-of-file.ts';

/** What a segment is made of; times are seconds of the input. */
export interface SegmentSource {
  /** FFmpeg's arguments that open the input. */
  readonly input: readonly string[];
  /** What FFmpeg reads, where that is no file. */
  readonly bytes?: AsyncGenerator<Buffer, void, undefined>;
  /** FFmpeg's arguments that choose the streams. */
  readonly maps: string;
  /** The track, for browsers; null for all sound as it is. */
  readonly track: Pick<AudioTrack, 'codec'> | null;
  /** From keyframe to keyframe. */
  readonly picture: Span;
  readonly sound: Span;
}

export interface SegmentOptions {
  readonly ffmpegPath: string;
  readonly signal: AbortSignal;
}

/** Seconds that are added to all times, so that none is below zero. */
const ORIGIN = 1_000;

/**
 * Makes a segment as MPEG-TS with an FFmpeg of its own, which copies the picture.
 * @throws AppError recording_file_gone where FFmpeg reads nothing, or the signal's reason
 */
export async function makeSegment(
  { input, bytes, maps, track, picture, sound }: SegmentSource,
  { ffmpegPath, signal }: SegmentOptions,
): Promise<AsyncIterable<Buffer>> {
  const isEncoded = track !== null && !isForBrowsers(track);
  const args = [
    ...argumentList('-hide_banner -nostats -loglevel error -copyts'),
    ...[...input, ...argumentList(`${maps} -c copy`), ...(isEncoded ? browserSound(sound) : [])],
    ...argumentList(`-output_ts_offset ${ORIGIN} -avoid_negative_ts disabled`),
    ...argumentList('-muxdelay 0 -muxpreload 0 -pes_payload_size 0 -f mpegts pipe:1'),
  ];
  const options = { buffer: false, reject: false, cancelSignal: signal } as const;
  const run = atLowPriority(startProgram(ffmpegPath, args, { ...options, stdin: bytes ?? 'ignore' }));
  const output: Readable = run.stdout;
  const chunks = cutSegment(output, {
    picture: later(picture),
    sound: later(sound),
    ...(isEncoded ? { soundStep: SOUND_STEP } : {}),
  });
  const first = await chunks.next();
  signal.throwIfAborted();
  if (first.done) throw new AppError('recording_file_gone');
  return goOn(first.value, chunks, () => run.kill());
}

function later({ from, to }: Span): Span {
  return { from: from + ORIGIN, to: to + ORIGIN };
}
