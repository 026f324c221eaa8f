import type { Span } from '../../domain/span.ts';
import {
  isRandomAccess,
  isUnitStart,
  PACKET_SIZE,
  pesPayload,
  pidOf,
  presentationTimestamp,
  TICKS_PER_SECOND,
  ticksBetween,
} from '../../stream/mpeg-ts/packets.ts';

/** What a segment has of a transport stream, in seconds of the stream. */
export interface SegmentCut {
  /** From keyframe to keyframe. */
  readonly picture: Span;
  readonly sound: Span;
  /** Seconds from one frame of sound to the next, where each begins at a multiple of it. */
  readonly soundStep?: number;
}

/** Seconds by which a keyframe may be elsewhere than an index says. */
const TOLERANCE = 0.02;
/** Matroska counts milliseconds: half of one keeps a frame of sound on one side of a cut, however its time is rounded. */
export const ROUNDING = 0.0005;

/** Leaves out what belongs to other segments. @param source whole frames of sound, one a PES packet. */
export async function* cutSegment(source: AsyncIterable<Buffer>, cut: SegmentCut): AsyncGenerator<Buffer> {
  const passes = passer(cut);
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = Buffer.concat([rest, chunk]);
    const kept: Buffer[] = [];
    let at = 0;
    for (; at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE)
      if (passes(bytes, at)) kept.push(bytes.subarray(at, at + PACKET_SIZE));
    rest = bytes.subarray(at);
    if (kept.length > 0) yield Buffer.concat(kept);
  }
}

/** Tells of one packet after the other whether it belongs to the segment. Tables do. */
function passer({ picture, sound, soundStep }: SegmentCut): (bytes: Buffer, at: number) => boolean {
  const isWithin = new Map<number, boolean>();
  const begin = Math.round(picture.from * TICKS_PER_SECOND);
  let heard = Number.NEGATIVE_INFINITY;

  function isPicture(seconds: number): boolean {
    return seconds >= picture.from - TOLERANCE && seconds < picture.to - TOLERANCE;
  }

  function isSound(seconds: number): boolean {
    if (seconds < sound.from - ROUNDING || seconds >= sound.to - ROUNDING) return false;
    if (soundStep === undefined) return true;
    // Where the source's layout changes, FFmpeg begins again with silence.
    const frame = Math.round(seconds / soundStep);
    if (frame <= heard || Math.abs(seconds - frame * soundStep) > 1.5 / TICKS_PER_SECOND) return false;
    heard = frame;
    return true;
  }

  return (bytes, at) => {
    const pid = pidOf(bytes, at);
    const before = isWithin.get(pid);
    const pes = isUnitStart(bytes, at) ? pesPayload(bytes, at) : null;
    const ticks = pes && presentationTimestamp(bytes, at);
    if (!pes || ticks === null) return before ?? true;
    const seconds = picture.from + ticksBetween(begin, ticks) / TICKS_PER_SECOND;
    // ISO/IEC 13818-1, table 2-22: video.
    const isVideo = (pes.streamId & 0xf0) === 0xe0;
    let passes = before ?? false;
    if (!isVideo) passes = isSound(seconds);
    else if (isRandomAccess(bytes, at)) passes = isPicture(seconds);
    isWithin.set(pid, passes);
    return passes;
  };
}
