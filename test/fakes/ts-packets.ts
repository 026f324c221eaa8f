import { closeSection } from '../../src/stream/mpeg-ts/psi.ts';

/** Builds transport stream packets of 188 bytes. */

export const VIDEO = 0x100;
export const AUDIO = 0x101;
export const PMT_PID = 0x1000;

const SIZE = 188;
const RANGE = 2 ** 33;

export interface PesOptions {
  readonly pid?: number;
  readonly pts?: number;
  readonly dts?: number;
  readonly keyframe?: boolean;
  /** The PCR: 90 kHz base and 27 MHz extension. */
  readonly pcr?: { base: number; extension: number };
  readonly streamId?: number;
}

/** A packet that starts a PES packet. */
export function pes(options: PesOptions = {}): Buffer {
  const { pid = VIDEO, pts, dts, keyframe = false, pcr, streamId = 0xe0 } = options;
  const packet = empty(pid, true);
  const adaptation = keyframe || pcr ? (pcr ? 7 : 1) : 0;
  let at = 4;
  packet[3] = adaptation ? 0x30 : 0x10;
  if (adaptation) {
    packet[4] = adaptation;
    packet[5] = (keyframe ? 0x40 : 0) | (pcr ? 0x10 : 0);
    if (pcr) writePcr(packet, 6, pcr.base, pcr.extension);
    at = 5 + adaptation;
  }
  const flags = pts === undefined ? 0 : dts === undefined ? 2 : 3;
  packet.set([0, 0, 1, streamId, 0, 0, 0x80, flags << 6, flags === 3 ? 10 : flags === 2 ? 5 : 0], at);
  if (pts !== undefined) writeTimestamp(packet, at + 9, flags, pts);
  if (dts !== undefined) writeTimestamp(packet, at + 14, 1, dts);
  return packet;
}

/** A packet that continues a PES packet or section. */
export function continuation(pid = VIDEO, fill = 0xff): Buffer {
  const packet = empty(pid, false);
  packet.fill(fill, 4);
  packet[3] = 0x10;
  return packet;
}

/** A packet without payload: only a PCR, or only stuffing. */
export function adaptationOnly(pid = VIDEO, pcr?: { base: number; extension: number }): Buffer {
  const packet = empty(pid, false);
  packet[3] = 0x20;
  packet[4] = 183;
  packet[5] = pcr ? 0x10 : 0;
  if (pcr) writePcr(packet, 6, pcr.base, pcr.extension);
  return packet;
}

export function nullPacket(): Buffer {
  return continuation(0x1fff);
}

/** A PAT with one programme for each of `mapPids`. */
export function pat(
  mapPids: readonly number[] = [PMT_PID],
  withNetwork = false,
  options?: TableOptions,
): Buffer {
  const entries = mapPids.flatMap((pid, index) => [0, index + 1, 0xe0 | (pid >> 8), pid & 0xff]);
  return section(0, 0x00, [...(withNetwork ? [0, 0, 0xe0, 0x10] : []), ...entries], options);
}

export interface TableOptions {
  readonly program?: number;
  readonly version?: number;
  /** The continuity counter of the first packet. */
  readonly counter?: number;
}

export interface StreamEntry {
  readonly type: number;
  readonly pid?: number;
  readonly descriptors?: readonly number[];
}

/** A PMT; a long one takes several packets. */
export function pmt(
  streams: readonly StreamEntry[],
  pid = PMT_PID,
  programInfo: readonly number[] = [],
  options?: TableOptions,
): Buffer {
  const entries = streams.flatMap(({ type, pid = VIDEO, descriptors = [] }) => [
    type,
    0xe0 | (pid >> 8),
    pid & 0xff,
    0xf0 | (descriptors.length >> 8),
    descriptors.length & 0xff,
    ...descriptors,
  ]);
  const clockPid = streams[0]?.pid ?? VIDEO;
  const body = [
    0xe0 | (clockPid >> 8),
    clockPid & 0xff,
    0xf0,
    programInfo.length,
    ...programInfo,
    ...entries,
  ];
  return section(pid, 0x02, body, options);
}

export function readPcr(packet: Uint8Array, at = 6): { base: number; extension: number } {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = packet.subarray(at, at + 6);
  return {
    base: a * 2 ** 25 + b * 2 ** 17 + c * 2 ** 9 + d * 2 + (e >> 7),
    extension: ((e & 1) << 8) | f,
  };
}

function empty(pid: number, unitStart: boolean): Buffer {
  const packet = Buffer.alloc(SIZE, 0xff);
  packet.set([0x47, (unitStart ? 0x40 : 0) | (pid >> 8), pid & 0xff, 0x10]);
  return packet;
}

function section(
  pid: number,
  tableId: number,
  body: readonly number[],
  { program = 1, version = 0, counter = 0 }: TableOptions = {},
): Buffer {
  const bytes = [0, ...closeSection([tableId, 0, 0, 0, program, 0xc1 | (version << 1), 0, 0, ...body])];
  const packets: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += SIZE - 4) {
    const packet = empty(pid, at === 0);
    packet.set(bytes.slice(at, at + SIZE - 4), 4);
    packet[3] = 0x10 | ((counter + packets.length) & 0x0f);
    packets.push(packet);
  }
  return Buffer.concat(packets);
}

function writeTimestamp(packet: Buffer, at: number, prefix: number, value: number): void {
  const ticks = ((value % RANGE) + RANGE) % RANGE;
  packet[at] = (prefix << 4) | (Math.floor(ticks / 2 ** 30) << 1) | 1;
  packet.writeUInt16BE((Math.floor(ticks / 2 ** 15) % 2 ** 15) * 2 + 1, at + 1);
  packet.writeUInt16BE((ticks % 2 ** 15) * 2 + 1, at + 3);
}

function writePcr(packet: Buffer, at: number, base: number, extension: number): void {
  const bits = BigInt(base) * 2n ** 15n + 0x7e00n + BigInt(extension);
  packet.writeUIntBE(Number(bits >> 16n), at, 4);
  packet.writeUInt16BE(Number(bits & 0xffffn), at + 4);
}
