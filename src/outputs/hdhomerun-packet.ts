import { crc32 } from 'node:zlib';

/** What somebody in the network looks for. */
export interface DiscoverRequest {
  /** Kinds of devices; empty for any. */
  readonly types: readonly number[];
  /** The id of one device; null for any. */
  readonly id: number | null;
}

/** What a tuner says about itself. */
export interface TunerDescription {
  /** 8 hexadecimal digits. */
  readonly id: string;
  /** At most 255. */
  readonly tuners: number;
  readonly baseUrl: string;
}

const DISCOVER_REQUEST = 2;
const DISCOVER_REPLY = 3;
const TUNER = 1;
const WILDCARD = 0xffffffff;

const Tag = { type: 0x01, id: 0x02, tuners: 0x10, lineUpUrl: 0x27, baseUrl: 0x2a, types: 0x2d } as const;

/** Type and length before the payload, the checksum after it. */
const HEADER_LENGTH = 4;
const CHECKSUM_LENGTH = 4;
const LONGEST_SHORT_VALUE = 0x7f;

/**
 * Reads a packet of HDHomeRun's discovery: type and length (big-endian), tagged values, and a CRC-32 (little-endian) over all
 * of it. Null for everything but a well-formed request.
 */
export function readDiscoverRequest(packet: Buffer): DiscoverRequest | null {
  if (packet.length < HEADER_LENGTH + CHECKSUM_LENGTH) return null;
  const end = HEADER_LENGTH + packet.readUInt16BE(2);
  if (packet.readUInt16BE(0) !== DISCOVER_REQUEST || packet.length < end + CHECKSUM_LENGTH) return null;
  if (packet.readUInt32LE(end) !== crc32(packet.subarray(0, end))) return null;
  const values = readValues(packet.subarray(HEADER_LENGTH, end));
  if (!values) return null;
  const types = [...numbersIn(values.get(Tag.type)), ...numbersIn(values.get(Tag.types))];
  const [id = WILDCARD] = numbersIn(values.get(Tag.id));
  return { types: types.includes(WILDCARD) ? [] : types, id: id === WILDCARD ? null : id };
}

/** Whether a tuner with this id answers to a request. */
export function isMeant({ types, id }: DiscoverRequest, deviceId: string): boolean {
  return (
    (types.length === 0 || types.includes(TUNER)) && (id === null || id === Number.parseInt(deviceId, 16))
  );
}

/** The answer to a request. */
export function discoverReply({ id, tuners, baseUrl }: TunerDescription): Buffer {
  const payload = Buffer.concat([
    value(Tag.type, word(TUNER)),
    value(Tag.id, word(Number.parseInt(id, 16))),
    value(Tag.tuners, Buffer.from([Math.min(tuners, 0xff)])),
    value(Tag.baseUrl, Buffer.from(baseUrl)),
    value(Tag.lineUpUrl, Buffer.from(`${baseUrl}/lineup.json`)),
  ]);
  const packet = Buffer.alloc(HEADER_LENGTH + payload.length + CHECKSUM_LENGTH);
  packet.writeUInt16BE(DISCOVER_REPLY, 0);
  packet.writeUInt16BE(payload.length, 2);
  payload.copy(packet, HEADER_LENGTH);
  const end = HEADER_LENGTH + payload.length;
  packet.writeUInt32LE(crc32(packet.subarray(0, end)), end);
  return packet;
}

/** Null where a value goes beyond the end. Of several with one tag the last counts. */
function readValues(payload: Buffer): Map<number, Buffer> | null {
  const values = new Map<number, Buffer>();
  for (let at = 0; at < payload.length; ) {
    const tag = payload.readUInt8(at);
    let length = payload[at + 1];
    let start = at + 2;
    if (length !== undefined && length > LONGEST_SHORT_VALUE) {
      const high = payload[start];
      length = high === undefined ? undefined : (length & LONGEST_SHORT_VALUE) | (high << 7);
      start += 1;
    }
    if (length === undefined || start + length > payload.length) return null;
    values.set(tag, payload.subarray(start, start + length));
    at = start + length;
  }
  return values;
}

function numbersIn(bytes: Buffer = Buffer.alloc(0)): number[] {
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32BE(index * 4));
}

function value(tag: number, bytes: Buffer): Buffer {
  const { length } = bytes;
  const size =
    length <= LONGEST_SHORT_VALUE ? [length] : [(length & LONGEST_SHORT_VALUE) | 0x80, length >> 7];
  return Buffer.concat([Buffer.from([tag, ...size]), bytes]);
}

function word(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}
