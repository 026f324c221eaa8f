import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { PACKET_SIZE } from '../mpeg-ts/packets.ts';
import { TARGET_DURATION } from './cut-policy.ts';
import type { StoredSegment } from './segment.ts';

const schema = z.object({
  savedAt: z.number(),
  /** CRC-32 of window.ts; missing in files of earlier versions. */
  checksum: z.number().optional(),
  segments: z
    .array(
      z.object({
        sequence: z.int().nonnegative(),
        duration: z
          .number()
          .positive()
          .lt(TARGET_DURATION + 0.5),
        discontinuity: z.boolean(),
        independent: z.boolean(),
        programDateTime: z.number().min(0).max(8.64e15),
        /** Bytes in window.ts. */
        length: z.int().positive().multipleOf(PACKET_SIZE),
      }),
    )
    .min(1)
    .refine((list) => list.every(({ sequence }, index) => sequence === (list[0]?.sequence ?? 0) + index)),
});

/** Milliseconds; no player waits for a window that is older. */
const OLDEST = 60_000;

/**
 * Keeps the live window over a clean restart: players find the segments of their last playlist, and numbers go on without
 * a gap. VLC takes a missing segment for the end.
 */
export class SavedWindow {
  readonly #folder: string;

  /** @param name of its folder below `cache`. */
  constructor(dataDir: string, name = 'window') {
    this.#folder = join(dataDir, 'cache', name);
  }

  async save(segments: readonly StoredSegment[], now: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const all = Buffer.concat(segments.map(({ bytes }) => bytes));
    await writeFile(this.#bytes, all);
    const list = segments.map(({ bytes, ...rest }) => ({ ...rest, length: bytes.length }));
    await writeFile(this.#list, JSON.stringify({ savedAt: now, checksum: crc32(all), segments: list }));
  }

  /** Reads and deletes the window that was saved a moment ago, if there is one: the segments to come make it untrue. */
  async take(now: number): Promise<StoredSegment[]> {
    const segments = await this.#read(now);
    try {
      await rm(this.#folder, { recursive: true, force: true });
      return segments;
    } catch {
      // The next process would take it again, though it does not fit its numbers any more.
      return [];
    }
  }

  async #read(now: number): Promise<StoredSegment[]> {
    try {
      const { savedAt, checksum, segments } = schema.parse(JSON.parse(await readFile(this.#list, 'utf8')));
      const bytes = await readFile(this.#bytes);
      if (now - savedAt > OLDEST || now < savedAt) return [];
      const isWhole = segments.reduce((sum, { length }) => sum + length, 0) === bytes.length;
      if (!isWhole || crc32(bytes) !== (checksum ?? crc32(bytes))) return [];
      let at = 0;
      return segments.map(({ length, ...rest }) => {
        at += length;
        return { ...rest, bytes: bytes.subarray(at - length, at) };
      });
    } catch {
      // There is none, or it is damaged: players notice the restart, and go on.
      return [];
    }
  }

  get #list(): string {
    return join(this.#folder, 'window.json');
  }

  get #bytes(): string {
    return join(this.#folder, 'window.ts');
  }
}
