import { hasPayload, isUnitStart, PACKET_SIZE, payloadOffset, SYNC_BYTE } from './packets.ts';

/** Bytes of the checksum at the end of a section. */
export const CHECKSUM_SIZE = 4;
/** Largest PAT or PMT section (ISO/IEC 13818-1, 2.4.4.4 and 2.4.4.9) in bytes, including its first three bytes. */
const LONGEST_SECTION = 1024;
const STUFFING = 0xff;

/**
 * Assembles the table sections of one PID from its packets (ISO/IEC 13818-1, 2.4.4). It drops a section that is incomplete
 * or whose CRC-32 is wrong, since tables are repeated several times a second.
 */
export class SectionReader {
  readonly #onSection: (section: Buffer) => void;
  /** Bytes of the current section so far; null between sections. */
  #partial: Buffer | null = null;
  #counter = -1;

  constructor(onSection: (section: Buffer) => void) {
    this.#onSection = onSection;
  }

  take(bytes: Buffer, at: number): void {
    if (!hasPayload(bytes, at)) return;
    const counter = (bytes[at + 3] ?? 0) & 0x0f;
    if (counter !== ((this.#counter + 1) & 0x0f)) this.#partial = null;
    this.#counter = counter;
    let from = at + payloadOffset(bytes, at);
    const end = at + PACKET_SIZE;
    if (isUnitStart(bytes, at)) {
      const start = from + 1 + (bytes[from] ?? 0);
      if (this.#partial) this.#append(bytes.subarray(from + 1, Math.min(start, end)));
      this.#partial = null;
      from = start;
    } else if (!this.#partial) return;
    if (from < end) this.#append(bytes.subarray(from, end));
  }

  #append(part: Buffer): void {
    let rest = this.#partial ? Buffer.concat([this.#partial, part]) : part;
    while (rest.length >= 3 && rest[0] !== STUFFING) {
      const size = 3 + (rest.readUInt16BE(1) & 0x0fff);
      if (size > LONGEST_SECTION) break;
      if (rest.length < size) {
        this.#partial = Buffer.from(rest);
        return;
      }
      // The checksum over a whole section, including its checksum field, is zero.
      if (crc32(rest.subarray(0, size)) === 0) this.#onSection(Buffer.from(rest.subarray(0, size)));
      rest = rest.subarray(size);
    }
    this.#partial = rest.length > 0 && rest.length < 3 && rest[0] !== STUFFING ? Buffer.from(rest) : null;
  }
}

/** Completes a section with its length and checksum. @param body bytes from the table id on, with zeros for the length. */
export function closeSection(body: readonly number[]): Buffer {
  const section = Buffer.from([...body, 0, 0, 0, 0]);
  section.writeUInt16BE(0xb000 | (section.length - 3), 1);
  section.writeUInt32BE(crc32(section.subarray(0, -CHECKSUM_SIZE)), section.length - CHECKSUM_SIZE);
  return section;
}

/** Packs one section into packets, whose continuity counters start at `counter`. */
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

/** Computes the CRC-32 of MPEG-2 (ISO/IEC 13818-1, annex A); zlib's CRC-32 reverses the bits. */
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
