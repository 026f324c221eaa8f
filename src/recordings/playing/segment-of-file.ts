import type { AudioTrack } from '../../domain/audio-track.ts';
import type { Span } from '../../domain/span.ts';
import { argumentList } from '../../lib/argument-list.ts';
import { makeSegment, type SegmentOptions } from './make-segment.ts';

/** Seconds that are read before and after a segment, since sound and picture of a moment are not in one place. */
const MARGIN = 0.7;

/**
 * Reads one segment of a finished recording. @param span in seconds, from keyframe to keyframe.
 * @param track the sound for browsers; null for all of it as it is. @throws as `makeSegment`
 */
export function segmentOfFile(
  path: string,
  span: Span,
  track: Pick<AudioTrack, 'id' | 'codec'> | null,
  options: SegmentOptions,
): Promise<AsyncIterable<Buffer>> {
  const from = Math.max(0, span.from - MARGIN);
  const seconds = span.to + MARGIN - from;
  return makeSegment(
    {
      input: [
        ...argumentList(`-seek_timestamp 1 -ss ${from.toFixed(3)} -t ${seconds.toFixed(3)} -i`),
        `file:${path}`,
      ],
      maps: `-map 0:V:0? -map 0:a${track ? `:${track.id - 1}` : ''}?`,
      ...{ track, picture: span, sound: span },
    },
    options,
  );
}
