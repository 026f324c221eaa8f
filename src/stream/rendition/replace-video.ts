import { type OwnedBytes, takeOwnership } from '../../lib/owned-bytes.ts';
import { decodingTimestamp, isUnitStart, PACKET_SIZE, pidOf, ticksBetween } from '../mpeg-ts/packets.ts';
import { VIDEO_PID } from '../segments/segmenter.ts';

/**
 * A segment with another picture: its tables and its sound stay as they are, and each picture comes when it is due.
 * @param segment whole packets. @param video packets in order, of which other PIDs are left out; null if it has no picture.
 */
export function replaceVideo(segment: Buffer, video: Buffer): OwnedBytes | null {
  const units = unitsOf(video);
  if (units.length === 0) return null;
  const parts: Buffer[] = [];
  const addUntil = (ticks: number | null) => {
    while (units[0] && (ticks === null || ticksBetween(ticks, units[0].due) <= 0))
      parts.push(...(units.shift()?.packets ?? []));
  };
  for (let at = 0; at < segment.length; at += PACKET_SIZE) {
    if (pidOf(segment, at) !== VIDEO_PID) parts.push(segment.subarray(at, at + PACKET_SIZE));
    else if (isUnitStart(segment, at)) {
      const due = decodingTimestamp(segment, at);
      if (due !== null) addUntil(due);
    }
  }
  addUntil(null);
  return takeOwnership(Buffer.concat(parts));
}

interface Unit {
  /** The decoding timestamp of the picture. */
  readonly due: number;
  readonly packets: Buffer[];
}

function unitsOf(video: Buffer): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < video.length; at += PACKET_SIZE) {
    if (pidOf(video, at) !== VIDEO_PID) continue;
    const packet = video.subarray(at, at + PACKET_SIZE);
    const due = isUnitStart(video, at) ? decodingTimestamp(video, at) : null;
    if (due !== null) units.push({ due, packets: [packet] });
    else units.at(-1)?.packets.push(packet);
  }
  return units;
}
