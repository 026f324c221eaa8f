import { findSync, isUnitStart, PACKET_SIZE, payloadOffset, pidOf } from './mpeg-ts.ts';

export type VideoCodec = 'h264' | 'hevc' | 'mpeg2' | 'mpeg1' | 'mpeg4' | 'other';

/** What a channel is made of, by its programme map table; null and false where it has no such stream. */
export interface ProgramMap {
  readonly video: VideoCodec | null;
  readonly audio: boolean;
}

/** ISO/IEC 13818-1 table 2-34, and what ATSC and DVB use beside it. */
const videoTypes: ReadonlyMap<number, VideoCodec> = new Map([
  [0x01, 'mpeg1'],
  [0x02, 'mpeg2'],
  [0x10, 'mpeg4'],
  [0x1b, 'h264'],
  [0x20, 'other'],
  [0x24, 'hevc'],
  [0x33, 'other'],
  [0x42, 'other'],
  [0xea, 'other'],
]);
const audioTypes: ReadonlySet<number> = new Set([0x03, 0x04, 0x0f, 0x11, 0x1c, 0x81, 0x82, 0x83, 0x84, 0x87]);
/** Private data (0x06) is audio if a descriptor says so: AC-3, E-AC-3, DTS, AAC, AC-4 or Opus by extension/registration. */
const audioDescriptors: ReadonlySet<number> = new Set([0x6a, 0x7a, 0x7b, 0x7c]);
const PRIVATE_DATA = 0x06;
const REGISTRATION = 0x05;
const audioRegistrations: ReadonlySet<string> = new Set(['AC-3', 'EAC3', 'Opus', 'DTS1', 'DTS2', 'DTS3']);

/**
 * Reads the first programme map out of the beginning of a stream, so that FFmpeg can be started with the right
 * arguments at once. Null until a whole one has arrived. Tables of more than one packet are read as far as
 * their first packet goes, which holds the usual video and first audio entries.
 */
export function readProgramMap(bytes: Uint8Array): ProgramMap | null {
  const mapPids = new Set<number>();
  for (let at = findSync(bytes); at >= 0 && at + PACKET_SIZE <= bytes.length; at += PACKET_SIZE) {
    const pid = pidOf(bytes, at);
    if (!isUnitStart(bytes, at)) continue;
    if (pid === 0) for (const found of programPids(section(bytes, at))) mapPids.add(found);
    else if (mapPids.has(pid)) {
      const map = parseProgramMap(section(bytes, at));
      if (map) return map;
    }
  }
  return null;
}

/** The section that begins in this packet, cut at its own length or at the packet's end. */
function section(bytes: Uint8Array, at: number): Uint8Array {
  const payload = payloadOffset(bytes, at);
  const start = at + payload + 1 + (bytes[at + payload] ?? 0);
  const length = (((bytes[start + 1] ?? 0) & 0x0f) << 8) | (bytes[start + 2] ?? 0);
  return bytes.subarray(start, Math.min(start + 3 + length, at + PACKET_SIZE));
}

function programPids(table: Uint8Array): number[] {
  if (table[0] !== 0x00) return [];
  const pids: number[] = [];
  for (let at = 8; at + 8 <= table.length; at += 4) {
    const programNumber = u16(table, at);
    if (programNumber !== 0) pids.push(u16(table, at + 2) & 0x1fff);
  }
  return pids;
}

function parseProgramMap(table: Uint8Array): ProgramMap | null {
  if (table[0] !== 0x02) return null;
  let video: VideoCodec | null = null;
  let audio = false;
  let at = 12 + (u16(table, 10) & 0x0fff);
  while (at + 5 <= table.length) {
    const type = table[at] ?? 0;
    const infoLength = u16(table, at + 3) & 0x0fff;
    const info = table.subarray(at + 5, at + 5 + infoLength);
    video ??= videoTypes.get(type) ?? null;
    audio ||= audioTypes.has(type) || (type === PRIVATE_DATA && describesAudio(info));
    at += 5 + infoLength;
  }
  return { video, audio };
}

function describesAudio(descriptors: Uint8Array): boolean {
  for (let at = 0; at + 2 <= descriptors.length; at += 2 + (descriptors[at + 1] ?? 0)) {
    const tag = descriptors[at] ?? 0;
    if (audioDescriptors.has(tag)) return true;
    if (tag === REGISTRATION) {
      const format = String.fromCharCode(...descriptors.subarray(at + 2, at + 6));
      if (audioRegistrations.has(format)) return true;
    }
  }
  return false;
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
