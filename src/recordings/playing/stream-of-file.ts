import { AppError } from '../../domain/errors.ts';
import { argumentList } from '../../lib/argument-list.ts';
import { startProgram } from '../../lib/start-program.ts';
import { findSync, PACKET_SIZE, pictureTimestamp, TICKS_PER_SECOND } from '../../stream/mpeg-ts/packets.ts';

/** A recording's bytes from a keyframe on. */
export interface Stretch {
  /** Seconds from the recording's beginning to the keyframe. */
  readonly from: number;
  /** MPEG-TS as fast as it is taken. */
  readonly bytes: AsyncIterable<Buffer>;
}

/** Seconds at which FFmpeg puts the beginning, so that a keyframe before a wanted moment has a time above zero. */
const ORIGIN = 1_000;
/** Bytes in which the first picture must be. */
const HEAD = 8 * 1024 * 1024;

/**
 * Reads a finished recording as MPEG-TS by copy, from the last keyframe before a moment on.
 * @param seconds from its beginning. @throws AppError recording_file_gone where FFmpeg reads nothing, or the signal's reason
 */
export async function streamOfFile(
  path: string,
  seconds: number,
  { ffmpegPath, signal }: { readonly ffmpegPath: string; readonly signal: AbortSignal },
): Promise<Stretch> {
  const run = startProgram(
    ffmpegPath,
    [
      ...argumentList(`-hide_banner -nostats -loglevel error -ss ${seconds.toFixed(3)} -i`),
      `file:${path}`,
      ...argumentList('-map 0:V:0? -map 0:a? -c copy'),
      ...argumentList(`-output_ts_offset ${(ORIGIN + seconds).toFixed(3)} -avoid_negative_ts disabled`),
      ...argumentList('-muxdelay 0 -muxpreload 0 -pes_payload_size 0 -f mpegts pipe:1'),
    ],
    { stdin: 'ignore', buffer: false, reject: false, cancelSignal: signal },
  );
  const chunks: AsyncIterator<Buffer> = run.stdout[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let first: number | null = null;
  while (first === null && head.length < HEAD) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
    first = firstTimestamp(head);
  }
  signal.throwIfAborted();
  if (head.length === 0) {
    const { exitCode } = await run;
    // At the very end there is nothing more to copy.
    throw new AppError(exitCode === 0 ? 'recording_played' : 'recording_file_gone');
  }
  const from = first === null ? seconds : Math.max(0, first - ORIGIN);
  return { from, bytes: goOn(head, chunks, () => run.kill()) };
}

/** What has been read, and the rest. @param end is called when nobody reads any more. */
export async function* goOn(
  head: Buffer,
  chunks: AsyncIterator<Buffer>,
  end: () => void,
): AsyncGenerator<Buffer> {
  try {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    end();
  }
}

/** The time of the first picture, in seconds; null where there is none in these bytes. */
function firstTimestamp(bytes: Buffer): number | null {
  for (let at = Math.max(0, findSync(bytes)); at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE) {
    const ticks = pictureTimestamp(bytes, at);
    if (ticks !== null) return ticks / TICKS_PER_SECOND;
  }
  return null;
}
