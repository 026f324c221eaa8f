import { type FileHandle, open } from 'node:fs/promises';
import type { FileIndex } from './file-index.ts';
import { type Element, elementsIn, floatIn, numberIn } from './matroska-elements.ts';
import { soundIn } from './matroska-sound.ts';

/** Elements of Matroska (RFC 9559). */
const ID = {
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
} as const;

/** Bytes in which the file says where its parts are; what is longer than the largest index is damaged. */
const HEAD = 64 * 1024;
const LARGEST = 64 * 1024 * 1024;

/** Reads the index of a Matroska file; null where there is none, as in any other file. @throws the system's error */
export async function readMatroskaIndex(path: string): Promise<FileIndex | null> {
  await using file = await open(path);
  const head = await read(file, 0, HEAD);
  const segment = elementsIn(head, 0, HEAD).find(({ id }) => id === ID.segment);
  if (!segment) return null;
  const parts = elementsIn(head, segment.at, HEAD);
  const info = parts.find(({ id }) => id === ID.info);
  const seekHead = parts.find(({ id }) => id === ID.seekHead);
  const place = seekHead && placeOf(head, seekHead, ID.cues);
  if (!info || place == null) return null;
  const start = segment.at + place;
  const [cues] = elementsIn(await read(file, start, 12), 0, Number.POSITIVE_INFINITY);
  if (cues?.id !== ID.cues || cues.size > LARGEST) return null;
  const index = await read(file, start + cues.at, cues.size);
  const facts = elementsIn(head, info.at, info.at + info.size);
  const scale = facts.find(({ id }) => id === ID.timestampScale);
  const length = facts.find(({ id }) => id === ID.duration);
  const seconds = (scale ? numberIn(head, scale) : 1_000_000) / 1e9;
  const keyframes = elementsIn(index, 0, index.length)
    .filter(({ id }) => id === ID.cuePoint)
    .flatMap(({ at, size }) => elementsIn(index, at, at + size).filter(({ id }) => id === ID.cueTime))
    .map((time) => numberIn(index, time) * seconds);
  const duration = length ? floatIn(head, length) * seconds : (keyframes.at(-1) ?? 0);
  const tracks = parts.find(({ id }) => id === ID.tracks);
  return { keyframes: [...new Set(keyframes)], duration, tracks: tracks ? soundIn(head, tracks) : [] };
}

/** Where the seek head says that an element is, from the segment's beginning. */
function placeOf(bytes: Buffer, seekHead: Element, wanted: number): number | null {
  for (const { id, at, size } of elementsIn(bytes, seekHead.at, seekHead.at + seekHead.size)) {
    if (id !== ID.seek) continue;
    const entry = elementsIn(bytes, at, at + size);
    const name = entry.find((each) => each.id === ID.seekId);
    const place = entry.find((each) => each.id === ID.seekPosition);
    if (name && place && numberIn(bytes, name) === wanted) return numberIn(bytes, place);
  }
  return null;
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
