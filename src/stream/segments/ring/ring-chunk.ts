import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { TakePiece } from '../segment-storage.ts';
import { withPiece } from './piece-pool.ts';
import { lineOf, type Place, type RingEntry, type RingLine, readLines } from './ring-entry.ts';

interface OpenFiles {
  readonly bytes: FileHandle;
  readonly list: FileHandle;
}

/**
 * About a minute of a screen's past: a file with its segments one behind the other, and a list with a line for each. The
 * line is written after the bytes, so that whatever a killed process leaves can be read.
 */
export class RingChunk {
  /** Without the ending of its files. */
  readonly path: string;
  /** The media sequence number of its first segment. */
  readonly first: number;
  readonly #places = new Map<number, Place>();
  /** Null once nothing is added any more. */
  #files: OpenFiles | null = null;
  /** What a former process wrote, and a power cut may have damaged: its segments are checked when they are first read. */
  readonly #unchecked = new Set<number>();
  #size = 0;
  #end: RingEntry | null = null;

  /** @param first its name in the folder */
  constructor(folder: string, first: number) {
    this.first = first;
    this.path = join(folder, String(first));
  }

  /** Reads what a former process left. @returns null if nothing can be used. */
  static async find(folder: string, first: number): Promise<{ chunk: RingChunk; lines: RingLine[] } | null> {
    const chunk = new RingChunk(folder, first);
    try {
      const { size } = await stat(chunk.#bytesPath);
      const lines = readLines(await readFile(chunk.#listPath, 'utf8'), size);
      for (const { sequence, offset, length, checksum } of lines) {
        chunk.#places.set(sequence, { offset, length, checksum });
        chunk.#unchecked.add(sequence);
      }
      chunk.#size = size;
      chunk.#end = lines.at(-1) ?? null;
      if (chunk.#end) return { chunk, lines };
    } catch {
      // A part of it is missing: the rest is of no use.
    }
    await chunk.remove();
    return null;
  }

  /** Bytes. */
  get size(): number {
    return this.#size;
  }

  /** Its last segment; null before the first. */
  get end(): RingEntry | null {
    return this.#end;
  }

  has(sequence: number): boolean {
    return this.#places.has(sequence);
  }

  /** Adds a segment; one at a time. @throws the system's error, after which the chunk must be closed. */
  async append(entry: RingEntry, bytes: Buffer): Promise<void> {
    this.#files ??= await this.#open();
    const place = { offset: this.#size, length: bytes.length, checksum: crc32(bytes) };
    // Counted before, since a failure may leave a part of it.
    this.#size += bytes.length;
    await this.#files.bytes.writeFile(bytes);
    await this.#files.list.writeFile(lineOf(entry, place));
    this.#places.set(entry.sequence, place);
    this.#end = entry;
  }

  async #open(): Promise<OpenFiles> {
    const bytes = await open(this.#bytesPath, 'w');
    try {
      return { bytes, list: await open(this.#listPath, 'w') };
    } catch (error) {
      await bytes.close();
      throw error;
    }
  }

  /** As `SegmentStorage.fromDisk`. */
  async read(sequence: number, take: TakePiece): Promise<boolean> {
    const place = this.#places.get(sequence);
    if (!place) return false;
    await using file = await open(this.#bytesPath, 'r');
    return await withPiece(async (buffer) => {
      if (this.#unchecked.has(sequence)) {
        let checksum = 0;
        await readPieces(file, place, buffer, async (piece) => {
          checksum = crc32(piece, checksum);
        });
        if (checksum !== place.checksum) return false;
        this.#unchecked.delete(sequence);
      }
      await readPieces(file, place, buffer, take);
      return true;
    });
  }

  /** Adds nothing any more. Never rejects. */
  async close(): Promise<void> {
    const files = this.#files;
    this.#files = null;
    await Promise.allSettled([files?.bytes.close(), files?.list.close()]);
  }

  /** Removes its files. Never rejects: what cannot be removed now is found at the next start. */
  async remove(): Promise<void> {
    await this.close();
    // Without its list, the rest is of no use.
    for (const path of [this.#listPath, this.#bytesPath]) await rm(path, { force: true }).catch(() => {});
  }

  get #bytesPath(): string {
    return `${this.path}.ts`;
  }

  get #listPath(): string {
    return `${this.path}.jsonl`;
  }
}

/** @throws the system's error, or that the file is too short, and what `take` throws */
async function readPieces(
  file: FileHandle,
  { offset, length }: Place,
  buffer: Buffer,
  take: TakePiece,
): Promise<void> {
  for (let read = 0; read < length; ) {
    const wanted = Math.min(buffer.length, length - read);
    const { bytesRead } = await file.read(buffer, 0, wanted, offset + read);
    if (bytesRead === 0) throw new Error('a file of the past is too short');
    await take(buffer.subarray(0, bytesRead), length);
    read += bytesRead;
  }
}
