import type { Clock } from '../lib/clock.ts';
import { findSync, isRandomAccess, isUnitStart, PACKET_SIZE, payloadOffset, pidOf } from './mpeg-ts.ts';
import type { ProgramMap } from './program-map.ts';

/** How long, in milliseconds, to wait for a keyframe: not every provider marks them. */
const PATIENCE = 5_000;
const PAT_PID = 0;

/**
 * Holds back what a player that joins in the middle cannot use: it begins with the tables that stand before the first
 * keyframe, so that the picture is whole from the start.
 */
export class StreamStart {
  readonly #waitsForPicture: boolean;
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #since: number;
  /** What may yet be needed, from a table on once there is one; null from the start on. */
  #held: Buffer | null = Buffer.alloc(0);
  /** Where in it the next packet begins; -1 before the first. */
  #next = -1;
  #hasTables = false;

  constructor({ video }: Pick<ProgramMap, 'video'>, clock: Pick<Clock, 'monotonic'>) {
    this.#waitsForPicture = video !== null;
    this.#clock = clock;
    this.#since = clock.monotonic();
  }

  /** @returns what to send; null before the start. */
  take(chunk: Buffer): Buffer | null {
    if (!this.#held) return chunk;
    this.#held = Buffer.concat([this.#held, chunk]);
    const isLate = this.#clock.monotonic() - this.#since > PATIENCE;
    if (!this.#look() && !isLate) return null;
    const bytes = this.#held;
    this.#held = null;
    return bytes;
  }

  /** True once the stream may start where it is held. */
  #look(): boolean {
    const held = this.#held ?? Buffer.alloc(0);
    let at = this.#next < 0 ? findSync(held) : this.#next;
    if (at < 0) return false;
    let from = 0;
    let isThere = false;
    for (; !isThere && at + PACKET_SIZE <= held.length; at += PACKET_SIZE) {
      if (pidOf(held, at) === PAT_PID && isUnitStart(held, at)) {
        from = at;
        this.#hasTables = true;
      }
      isThere = this.#hasTables && (!this.#waitsForPicture || isKeyframe(held, at));
    }
    this.#next = at - from;
    this.#held = held.subarray(from);
    return isThere;
  }
}

/** A marked packet with which a picture begins: sound is marked as well. */
function isKeyframe(bytes: Uint8Array, at: number): boolean {
  if (!isUnitStart(bytes, at) || !isRandomAccess(bytes, at)) return false;
  const streamId = bytes[at + payloadOffset(bytes, at) + 3] ?? 0;
  return streamId >= 0xe0 && streamId <= 0xef;
}
