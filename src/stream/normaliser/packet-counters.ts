import {
  continuityCounter,
  hasPayload,
  isBroken,
  isDiscontinuous,
  setContinuityCounter,
} from '../mpeg-ts/packets.ts';
import type { Place } from './stream-layout.ts';

/** How many packets came, and how many of them were broken or came after a loss. */
export interface Damage {
  readonly all: number;
  readonly damaged: number;
}

/** Counts damaged packets, and continues the continuity counters of streams that move to another PID. */
export class PacketCounters {
  #all = 0;
  #damaged = 0;

  get damage(): Damage {
    return { all: this.#all, damaged: this.#damaged };
  }

  /** Counts one packet and rewrites its continuity counter in place; packets lost on the way here still show in it. */
  take(packets: Buffer, at: number, place: Place): void {
    this.#all++;
    if (isAfterLoss(packets, at, place) || isBroken(packets, at)) this.#damaged++;
    const counter = continuityCounter(packets, at);
    const next = (place.lastCounter + (hasPayload(packets, at) ? 1 : 0)) & 0x0f;
    if (place.lastCounter < 0) place.counterOffset = 0;
    else if (place.isMoved) place.counterOffset = (next - counter) & 0x0f;
    place.isMoved = false;
    place.lastCounter = (counter + place.counterOffset) & 0x0f;
    setContinuityCounter(packets, at, place.lastCounter);
  }
}

function isAfterLoss(packets: Buffer, at: number, place: Place): boolean {
  const { rawCounter: last, isMoved } = place;
  place.rawCounter = continuityCounter(packets, at);
  if (last < 0 || isMoved || isDiscontinuous(packets, at)) return false;
  // A packet may be sent twice, and a packet without payload does not increment the counter.
  return place.rawCounter !== last && (!hasPayload(packets, at) || place.rawCounter !== ((last + 1) & 0x0f));
}
