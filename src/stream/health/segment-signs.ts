import { isUnitStart, PACKET_SIZE, payloadOffset, pidOf } from '../mpeg-ts/packets.ts';
import { AUDIO_PID, VIDEO_PID } from '../segments/segmenter.ts';

/** Sizes of a segment's pictures and sound, read from its packets without decoding. */
export interface SegmentSigns {
  /** Bytes of the median coded picture; an unchanged picture takes next to none. */
  readonly picture: number;
  /** Bytes of sound a second. */
  readonly sound: number;
}

/** Reads the signs of a segment. @param bytes whole packets, as FFmpeg's muxer delivers them. @param duration seconds. */
export function readSigns(bytes: Uint8Array, duration: number): SegmentSigns {
  const pictures: number[] = [];
  let picture = 0;
  let sound = 0;
  for (let at = 0; at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE) {
    const pid = pidOf(bytes, at);
    if (pid !== VIDEO_PID && pid !== AUDIO_PID) continue;
    const payload = Math.max(0, PACKET_SIZE - payloadOffset(bytes, at));
    if (pid === AUDIO_PID) sound += payload;
    else {
      if (isUnitStart(bytes, at)) {
        if (picture > 0) pictures.push(picture);
        picture = 0;
      }
      picture += payload;
    }
  }
  if (picture > 0) pictures.push(picture);
  return { picture: medianOf(pictures), sound: duration > 0 ? sound / duration : 0 };
}

/** Returns the median; 0 for an empty list. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
}
