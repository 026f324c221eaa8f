import type { Span } from '../domain/span.ts';
import {
  isRandomAccess,
  PACKET_SIZE,
  pictureTimestamp,
  TICKS_PER_SECOND,
  ticksBetween,
} from '../stream/mpeg-ts/packets.ts';
import { streamOfFile } from './stream-of-file.ts';

/** Seconds by which timestamps of the file and of the stream may differ. */
const TOLERANCE = 0.02;

/** Reads one segment of a finished recording. @param span in seconds, from keyframe to keyframe. @throws as `streamOfFile` */
export async function segmentOfFile(
  path: string,
  { from, to }: Span,
  options: Parameters<typeof streamOfFile>[2],
): Promise<AsyncIterable<Buffer>> {
  const { bytes } = await streamOfFile(path, from, options);
  return untilKeyframe(bytes, to - from - TOLERANCE);
}

/** The packets up to the first keyframe that comes so many seconds after the first one. */
async function* untilKeyframe(source: AsyncIterable<Buffer>, seconds: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let first: number | null = null;
  for await (const chunk of source) {
    const bytes = Buffer.concat([rest, chunk]);
    let at = 0;
    for (; at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE) {
      const ticks = isRandomAccess(bytes, at) ? pictureTimestamp(bytes, at) : null;
      if (ticks === null) continue;
      first ??= ticks;
      if (ticksBetween(first, ticks) / TICKS_PER_SECOND < seconds) continue;
      yield bytes.subarray(0, at);
      return;
    }
    rest = bytes.subarray(at);
    yield bytes.subarray(0, at);
  }
}
