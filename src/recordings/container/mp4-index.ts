import { type FileHandle, open } from 'node:fs/promises';
import type { FileIndex } from './file-index.ts';
import { type Box, boxesIn, findBox } from './mp4-boxes.ts';
import { soundOfMp4 } from './mp4-sound.ts';

/** Bytes of an index; what is longer is damaged, or too long to be read. */
const LARGEST = 128 * 1024 * 1024;
/** Bytes of the head of a box with a long size. */
const HEAD = 16;

/** Reads the index of an MP4 file (ISO/IEC 14496-12); null where there is none, as in any other file. @throws the system's error */
export async function readMp4Index(path: string): Promise<FileIndex | null> {
  await using file = await open(path);
  const moov = await readBox(file, 'moov');
  if (!moov) return null;
  const whole = { type: 'moov', from: 0, to: moov.length };
  const header = findBox(moov, whole, 'mvhd');
  const tracks = boxesIn(moov, whole).filter(({ type }) => type === 'trak');
  const picture = tracks.find((track) => kindOf(moov, track) === 'vide');
  if (!header || !picture) return null;
  const { scale, duration } = timesIn(moov, header);
  return {
    keyframes: keyframesOf(moov, picture, scale),
    duration: duration / scale,
    tracks: soundOfMp4(
      moov,
      tracks.filter((track) => kindOf(moov, track) === 'soun'),
    ),
  };
}

/** The content of a box that is not within another one. */
async function readBox(file: FileHandle, wanted: string): Promise<Buffer | null> {
  for (let at = 0; ; ) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, at);
    if (bytesRead < HEAD) return null;
    const short = buffer.readUInt32BE(0);
    const size = short === 1 ? Number(buffer.readBigUInt64BE(8)) : short;
    const head = short === 1 ? HEAD : 8;
    if (size < head) return null;
    if (buffer.toString('latin1', 4, 8) === wanted) {
      if (size > LARGEST) return null;
      const read = await file.read(Buffer.alloc(size - head), 0, size - head, at + head);
      return read.bytesRead === size - head ? read.buffer : null;
    }
    at += size;
  }
}

function kindOf(bytes: Buffer, track: Box): string | null {
  const handler = findBox(bytes, track, 'mdia', 'hdlr');
  return handler && bytes.toString('latin1', handler.from + 8, handler.from + 12);
}

/** Of a movie or a track: ticks a second, and ticks in all. */
function timesIn(bytes: Buffer, { from }: Box): { readonly scale: number; readonly duration: number } {
  const isLong = bytes[from] === 1;
  const at = from + (isLong ? 20 : 12);
  return {
    scale: bytes.readUInt32BE(at) || 1,
    duration: isLong ? Number(bytes.readBigUInt64BE(at + 4)) : bytes.readUInt32BE(at + 4),
  };
}

/** When keyframes are shown, in seconds. @param movieScale ticks of the movie in a second. */
function keyframesOf(bytes: Buffer, track: Box, movieScale: number): number[] {
  const header = findBox(bytes, track, 'mdia', 'mdhd');
  const table = findBox(bytes, track, 'mdia', 'minf', 'stbl');
  const sync = table && findBox(bytes, table, 'stss');
  const steps = table && findBox(bytes, table, 'stts');
  if (!header || !sync || !steps) return [];
  const { scale } = timesIn(bytes, header);
  const shifts = findBox(bytes, table, 'ctts');
  const decoded = runsOf(bytes, steps, true);
  const shown = shifts ? runsOf(bytes, shifts, false) : () => 0;
  const offset = editOf(bytes, findBox(bytes, track, 'edts', 'elst'), scale, movieScale);
  return Array.from({ length: rowsOf(bytes, sync, 4) }, (_, index) => {
    const sample = bytes.readUInt32BE(sync.from + 8 + index * 4) - 1;
    return (decoded(sample) + shown(sample)) / scale + offset;
  });
}

/**
 * Reads a table of values that count for so many samples each.
 * @param isSum whether the values are steps from one sample to the next. @returns the value for samples that are asked for in order.
 */
function runsOf(bytes: Buffer, table: Box, isSum: boolean): (sample: number) => number {
  const runs = rowsOf(bytes, table, 8);
  let [run, first, sum] = [0, 0, 0];
  return (sample) => {
    for (; run < runs; run++) {
      const at = table.from + 8 + run * 8;
      const [count, value] = [bytes.readUInt32BE(at), bytes.readInt32BE(at + 4)];
      if (sample < first + count) return isSum ? sum + (sample - first) * value : value;
      first += count;
      sum += count * value;
    }
    return sum;
  };
}

/** How many rows of so many bytes a table says that it has; no more than fit into it. */
function rowsOf(bytes: Buffer, { from, to }: Box, size: number): number {
  return Math.min(bytes.readUInt32BE(from + 4), Math.floor((to - from - 8) / size));
}

/** Seconds by which an edit list moves a track. */
function editOf(bytes: Buffer, list: Box | null, scale: number, movieScale: number): number {
  if (!list) return 0;
  const isLong = bytes[list.from] === 1;
  const size = isLong ? 20 : 12;
  let offset = 0;
  for (let edit = 0; edit < rowsOf(bytes, list, size); edit++) {
    const at = list.from + 8 + edit * size;
    const length = isLong ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at);
    const start = isLong ? Number(bytes.readBigInt64BE(at + 8)) : bytes.readInt32BE(at + 4);
    // An empty edit delays the track.
    if (start >= 0) return offset - start / scale;
    offset += length / movieScale;
  }
  return offset;
}
