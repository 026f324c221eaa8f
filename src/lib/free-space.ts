import { statfs } from 'node:fs/promises';

/** The bytes that a process may still write to the disk with a folder. @throws the system's error */
export async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
