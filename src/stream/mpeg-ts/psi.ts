import { hasPayload, isUnitStart, PACKET_SIZE, payloadOffset, SYNC_BYTE } from './packets.ts';

/** Bytes of a section's checksum, at its end. */
export const CHECKSUM_SIZE = 4;
/** Longest section of a PAT or PMT (ISO/IEC 13818-1, 2.4.4.4 and 2.4.4.9), with its first three bytes. */
const LONGEST_SECTION = 1024;
const STUFFING = 0xff;

/**
 * Puts the sections of one PID together out of its packets (ISO/IEC 13818-1, 2.4.4). A section is given on once it is
 * whole and its CRC-32 is right; anything else is left out, for tables are repeated several times a second.
 */
export class SectionReader {
  readonly #onSection: (section: Buffer) => void;
  /** What has come of a section so far; null where none has begun. */
  #begun: Buffer | null = null;
  #counter = -1;

  constructor(onSection: (section: Buffer) => void) {
    this.#onSection = onSection;
  }

  take(bytes: Buffer, at: number): void {
    if (!hasPayload(bytes, at)) return;
    const counter = (bytes[at + 3] ?? 0) & 0x0f;
    if (counter !== ((this.#counter + 1) & 0x0f)) this.#begun = null;
    this.#counter = counter;
    let from = at + payloadOffset(bytes, at);
    const end = at + PACKET_SIZE;
    if (isUnitStart(bytes, at)) {
      const start = from + 1 + (bytes[from] ?? 0);
      if (this.#begun) this.#goOn(bytes.subarray(from + 1, Math.min(start, end)));
      this.#begun = null;
      from = start;
    } else if (!this.#begun) return;
    if (from < end) this.#goOn(bytes.subarray(from, end));
  }

  #goOn(part: Buffer): void {
    let rest = this.#begun ? Buffer.concat([this.#begun, part]) : part;
    while (rest.length >= 3 && rest[0] !== STUFFING) {
      const size = 3 + (rest.readUInt16BE(1) & 0x0fff);
      if (size > LONGEST_SECTION) break;
      if (rest.length < size) {
        this.#begun = Buffer.from(rest);
        return;
      }
      // The checksum over a whole section, its own included, is zero.
      if (crc32(rest.subarray(0, size)) === 0) this.#onSection(Buffer.from(rest.subarray(0, size)));
      rest = rest.subarray(size);
    }
    this.#begun = rest.length > 0 && rest.length < 3 && rest[0] !== STUFFING ? Buffer.from(rest) : null;
  }
}

/** A section with its length and checksum. @param body from the table's id on, the two bytes of the length left open. */
export function closeSection(body: readonly number[]): Buffer {
  const section = Buffer.from([...body, 0, 0, 0, 0]);
  section.writeUInt16BE(0xb000 | (section.length - 3), 1);
  section.writeUInt32BE(crc32(section.subarray(0, -CHECKSUM_SIZE)), section.length - CHECKSUM_SIZE);
  return section;
}

/** The packets that carry one section; their counters run on from `counter`. */
export function toPackets(pid: number, section: Buffer, counter: number): Buffer {
  const payload = Buffer.concat([Buffer.of(0), section]);
  const room = PACKET_SIZE - 4;
  const count = Math.ceil(payload.length / room);
  const packets = Buffer.alloc(count * PACKET_SIZE, STUFFING);
  for (let index = 0; index < count; index++) {
    const at = index * PACKET_SIZE;
    const start = index === 0 ? 0x40 : 0;
    packets.set([SYNC_BYTE, start | (pid >> 8), pid & 0xff, 0x10 | ((counter + index) & 0x0f)], at);
    payload.copy(packets, at + 4, index * room, (index + 1) * room);
  }
  return packets;
}

/** The CRC-32 of MPEG-2 (ISO/IEC 13818-1, annex A): not the one of zlib, whose bits are the other way round. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0);
  return crc >>> 0;
}

const crcTable = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});
