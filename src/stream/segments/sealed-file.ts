import { createHash } from 'node:crypto';
import { PACKET_SIZE, SYNC_BYTE } from '../mpeg-ts/packets.ts';

/** A null packet (ISO 13818-1, 2.4.1: PID 0x1fff), which every reader of a transport stream passes over. */
const HEAD = Buffer.from([SYNC_BYTE, 0x1f, 0xff, 0x10]);

/** Appends a packet with the stream's digest, so that damage is seen when the file is read. */
export function seal(stream: Buffer): Buffer {
  const packet = Buffer.alloc(PACKET_SIZE, 0xff);
  HEAD.copy(packet);
  digestOf(stream).copy(packet, HEAD.length);
  return Buffer.concat([stream, packet]);
}

/** The stream that was sealed; null if anything of it is missing or changed. */
export function unseal(sealed: Buffer): Buffer | null {
  const stream = sealed.subarray(0, -PACKET_SIZE);
  return sealed.length > PACKET_SIZE && seal(stream).equals(sealed) ? stream : null;
}

function digestOf(stream: Buffer): Buffer {
  return createHash('sha256').update(stream).digest();
}
