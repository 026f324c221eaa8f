import { findSync, PACKET_SIZE, SYNC_BYTE } from '../mpeg-ts/packets.ts';

/** Cuts a byte stream into whole transport stream packets, and finds the next packet after rubbish. */
export class PacketAligner {
  readonly #onPackets: (packets: Buffer) => void;
  /** The incomplete packet at the end of the bytes so far. */
  #rest: Buffer = Buffer.alloc(0);
  /** True while packets follow each other; after rubbish, three packets in a row restore it. */
  #isAligned = true;

  /** @param onPackets receives consecutive whole packets, as a view of a chunk where possible. */
  constructor(onPackets: (packets: Buffer) => void) {
    this.#onPackets = onPackets;
  }

  /** Takes bytes, cut into chunks anywhere; the packets are views of them. */
  take(chunk: Buffer): void {
    const missing = PACKET_SIZE - this.#rest.length;
    if (this.#rest.length > 0 && this.#isAligned && this.#rest[0] === SYNC_BYTE && chunk.length >= missing) {
      // Only the packet that two chunks share is copied, not the whole chunk.
      this.#align(Buffer.concat([this.#rest, chunk.subarray(0, missing)]));
      this.#align(chunk.subarray(missing));
    } else this.#align(this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]));
  }

  #align(bytes: Buffer): void {
    let from = 0;
    while (from + PACKET_SIZE <= bytes.length) {
      if (!this.#isAligned) {
        const next = findSync(bytes, from);
        if (next < 0) {
          from = Math.max(from, bytes.length - 2 * PACKET_SIZE);
          break;
        }
        from = next;
        this.#isAligned = true;
      }
      let to = from;
      while (to + PACKET_SIZE <= bytes.length && bytes[to] === SYNC_BYTE) to += PACKET_SIZE;
      if (to > from) this.#onPackets(bytes.subarray(from, to));
      from = to;
      if (to + PACKET_SIZE > bytes.length) break;
      this.#isAligned = false;
      from++;
    }
    this.#rest = Buffer.from(bytes.subarray(from));
  }
}
