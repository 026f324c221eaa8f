import {
  hasPayload,
  NULL_PID,
  PACKET_SIZE,
  pidOf,
  setContinuityCounter,
  shiftTimestamps,
  TICKS_PER_SECOND,
} from './mpeg-ts.ts';
import type { CutSegment } from './segmenter.ts';

/**
 * The one clock of a broadcast. FFmpeg runs and the slate each count from zero; here their segments are moved to
 * where the broadcast is, so that a player sees timestamps and packet counters run on across every switch.
 */
export class Timeline {
  #position: number;
  #offset = 0;
  readonly #counters = new Map<number, number>();

  /** @param position where to go on, in seconds. */
  constructor(position: number) {
    this.#position = Math.round(position * TICKS_PER_SECOND);
  }

  /** End of what was appended, in seconds; not wrapped. */
  get position(): number {
    return this.#position / TICKS_PER_SECOND;
  }

  /**
   * Moves the segment to the end of the timeline, patching its bytes in place.
   * @param joins false where another run (or another round of the slate) begins with this segment.
   */
  append(segment: CutSegment, joins: boolean): void {
    if (!joins) this.#offset = this.#position - segment.start;
    for (let at = 0; at + PACKET_SIZE <= segment.bytes.length; at += PACKET_SIZE) {
      shiftTimestamps(segment.bytes, at, this.#offset);
      this.#count(segment.bytes, at);
    }
    this.#position += segment.ticks;
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
