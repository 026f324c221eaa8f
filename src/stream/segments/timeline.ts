import {
  blank,
  decodingTimestamp,
  hasPayload,
  isUnitStart,
  mapTimestamps,
  NULL_PID,
  PACKET_SIZE,
  pidOf,
  setContinuityCounter,
  TICKS_PER_SECOND,
  ticksBetween,
} from '../mpeg-ts/packets.ts';
import { type CutSegment, VIDEO_PID } from './segmenter.ts';

/**
 * The one clock of a broadcast. FFmpeg runs and the slate each count from zero; the timeline moves their segments to where
 * the broadcast is, so that a player sees timestamps and packet counters run on across every switch.
 */
export class Timeline {
  #position: number;
  #offset = 0;
  readonly #counters = new Map<number, number>();

  /** @param position seconds at which to go on. */
  constructor(position: number) {
    this.#position = Math.round(position * TICKS_PER_SECOND);
  }

  /** The end of the last segment, in seconds; not wrapped. */
  get position(): number {
    return this.#position / TICKS_PER_SECOND;
  }

  /**
   * Moves the segment to the end of the timeline, patching its bytes in place.
   * @param joins false where another run (or another round of the slate) begins with this segment.
   */
  append(segment: CutSegment, joins: boolean): void {
    const { bytes, start, fastForward } = segment;
    if (!joins) this.#offset = this.#position - start;
    if (fastForward) this.#mutePast(segment, fastForward.ticks);
    const offset = this.#offset;
    const place = (ticks: number) => offset + (fastForward ? sped(ticks, start, fastForward) : ticks);
    for (let at = 0; at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE) {
      mapTimestamps(bytes, at, place);
      this.#count(bytes, at);
    }
    this.#position += segment.ticks;
    if (fastForward) this.#offset -= fastForward.ticks - fastForward.shownIn;
  }

  /** Takes out the sound of the past: sound cannot be sped up. */
  #mutePast({ bytes, start }: CutSegment, past: number): void {
    const muted = new Set<number>();
    for (let at = 0; at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE) {
      const pid = pidOf(bytes, at);
      if (pid === VIDEO_PID) continue;
      const timestamp = isUnitStart(bytes, at) ? decodingTimestamp(bytes, at) : null;
      if (timestamp !== null) {
        if (ticksBetween(start, timestamp) < past) muted.add(pid);
        else muted.delete(pid);
      }
      if (muted.has(pid)) blank(bytes, at);
    }
  }

  #count(bytes: Buffer, at: number): void {
    const pid = pidOf(bytes, at);
    if (pid === NULL_PID) return;
    const last = this.#counters.get(pid) ?? -1;
    const counter = hasPayload(bytes, at) ? (last + 1) & 0x0f : Math.max(0, last);
    this.#counters.set(pid, counter);
    setContinuityCounter(bytes, at, counter);
  }
}

/** The moment, on the run's clock, at which a frame is shown once the past is shown in fewer ticks. */
function sped(
  ticks: number,
  start: number,
  { ticks: past, shownIn }: NonNullable<CutSegment['fastForward']>,
): number {
  const since = ticksBetween(start, ticks);
  if (since >= past) return ticks - (past - shownIn);
  return since < 0 ? ticks : start + Math.round((since * shownIn) / past);
}
