import type { FileHandle } from 'node:fs/promises';
import { isUnitStart, PACKET_SIZE, pidOf, presentationTimestamp } from '../../stream/mpeg-ts/packets.ts';
import type { Content } from '../../stream/mpeg-ts/program-map.ts';
import { sniff } from '../../stream/mpeg-ts/sniff-codec.ts';

/** The beginning of a picture, or of some frames of sound. */
export interface Unit {
  /** Its presentation timestamp. */
  readonly ticks: number;
  readonly content: Content;
}

/** Bytes of a file of transport stream packets. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Bytes that are read at once, and in which a unit must be found. */
const WINDOW = 4096 * PACKET_SIZE;
const MOST = 8 * WINDOW;

/** The first unit of a stream within a range; null where there is none. @throws the system's error */
export async function firstUnit(
  file: FileHandle,
  pid: number,
  { from, to }: ByteRange,
): Promise<Unit | null> {
  for (let at = from; at < Math.min(to, from + MOST); at += WINDOW) {
    const unit = (await unitsIn(file, pid, { from: at, to: Math.min(to, at + WINDOW) })).at(0);
    if (unit) return unit;
  }
  return null;
}

/** The last unit of a stream within a range; null where there is none. @throws the system's error */
export async function lastUnit(file: FileHandle, pid: number, { from, to }: ByteRange): Promise<Unit | null> {
  for (let end = to; end > Math.max(from, to - MOST); end -= WINDOW) {
    const unit = (await unitsIn(file, pid, { from: Math.max(from, end - WINDOW), to: end })).at(-1);
    if (unit) return unit;
  }
  return null;
}

async function unitsIn(file: FileHandle, pid: number, { from, to }: ByteRange): Promise<Unit[]> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
  const units: Unit[] = [];
  for (let at = 0; at + PACKET_SIZE <= bytesRead; at += PACKET_SIZE) {
    if (pidOf(buffer, at) !== pid || !isUnitStart(buffer, at)) continue;
    const ticks = presentationTimestamp(buffer, at);
    if (ticks !== null) units.push({ ticks, content: sniff(buffer, at) });
  }
  return units;
}
