import { readdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Recording } from '../domain/recording.ts';

/** In bytes. */
export interface DiskUse {
  /** Of all recordings, also of the parts of those that are not one file yet. */
  readonly used: number;
  /** Null where the disk does not tell. */
  readonly free: number | null;
}

/** How much the recordings below a folder take, and how much is free there. Never throws. */
export async function diskUse(root: string, recordings: readonly Recording[]): Promise<DiskUse> {
  const [unfinished, free] = await Promise.all([sizeOf(join(root, '.unfinished')), freeAt(root)]);
  return { used: recordings.reduce((sum, { bytes }) => sum + bytes, unfinished), free };
}

/** The bytes of all files in a folder and its folders; 0 where there is none. */
async function sizeOf(folder: string): Promise<number> {
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
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const above = dirname(folder);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && above !== folder ? freeAt(above) : null;
  }
}
