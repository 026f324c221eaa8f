import type { FileIndex } from './file-index.ts';
import { readMatroskaIndex } from './matroska-index.ts';
import { readMp4Index } from './mp4-index.ts';

/** Reads the index of a Matroska or MP4 file; null where there is none, as in a transport stream. @throws the system's error */
export async function readIndex(path: string): Promise<FileIndex | null> {
  try {
    const index = path.endsWith('.mp4') ? await readMp4Index(path) : await readMatroskaIndex(path);
    return index && index.keyframes.length > 0 ? index : null;
  } catch (error) {
    // A damaged index leads beyond its bytes.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
