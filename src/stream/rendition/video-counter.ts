import type { OwnedBytes } from '../../lib/owned-bytes.ts';
import {
  continuityCounter,
  hasPayload,
  PACKET_SIZE,
  pidOf,
  setContinuityCounter,
} from '../mpeg-ts/packets.ts';
import { VIDEO_PID } from '../segments/segmenter.ts';

/** Lets the continuity counters of the picture run on from one encoder to the next, and behind the full picture. */
export class VideoCounter {
  #last = 0;

  /** Notes packets that stay as they are. */
  pass(bytes: Buffer): void {
    for (let at = bytes.length - PACKET_SIZE; at >= 0; at -= PACKET_SIZE) {
      if (pidOf(bytes, at) !== VIDEO_PID) continue;
      this.#last = continuityCounter(bytes, at);
      return;
    }
  }

  /** Numbers packets behind the ones before. */
  number(bytes: OwnedBytes): void {
    for (let at = 0; at < bytes.length; at += PACKET_SIZE) {
      if (pidOf(bytes, at) !== VIDEO_PID) continue;
      if (hasPayload(bytes, at)) this.#last = (this.#last + 1) & 0x0f;
      setContinuityCounter(bytes, at, this.#last);
    }
  }
}
