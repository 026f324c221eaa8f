import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Recording } from '../domain/recording.ts';
import type { Clock } from '../lib/clock.ts';
import { freeSpace } from '../lib/free-space.ts';

/** In bytes. */
export interface DiskUse {
  /** Of all recordings, also of the parts of those that are not one file yet. */
  readonly used: number;
  /** Null where the disk does not tell. */
  readonly free: number | null;
}

/** What a disk itself tells. */
export interface DiskFacts {
  /** Bytes of the parts of recordings that are not one file yet. */
  readonly unfinished: number;
  readonly free: number | null;
}

/** Milliseconds to wait for the disk: one in a network that is gone never answers. */
const PATIENCE = 2_000;

/** How much recordings take, and how much is free, as far as the disk answers in time. @param facts never rejects */
export async function diskUse(
  recordings: readonly Pick<Recording, 'bytes'>[],
  facts: Promise<DiskFacts>,
  clock: Pick<Clock, 'after'>,
): Promise<DiskUse> {
  const files = recordings.reduce((sum, { bytes }) => sum + bytes, 0);
  const late = Promise.withResolvers<DiskFacts>();
  const cancel = clock.after(PATIENCE, () => late.resolve({ unfinished: 0, free: null }));
  const { unfinished, free } = await Promise.race([facts, late.promise]);
  cancel();
  return { used: files + unfinished, free };
}

/** Looks at the disk with the folder of all recordings. Never rejects. */
export async function diskFacts(root: string): Promise<DiskFacts> {
  const [unfinished, free] = await Promise.all([folderSize(join(root, '.unfinished')), freeAt(root)]);
  return { unfinished, free };
}

/** The bytes of all files in a folder and its folders; 0 where there is none. Never rejects. */
export async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((file) =>
        stat(join(file.parentPath, file.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What is free in a folder that may not be there before its first file. */
async function freeAt(folder: string): Promise<number | null> {
  try {
    return await freeSpace(folder);
  } catch (error) {
    const above = dirname(folder);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && above !== folder ? freeAt(above) : null;
  }
}
