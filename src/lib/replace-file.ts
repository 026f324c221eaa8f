import { open, rename, rm } from 'node:fs/promises';

/**
 * Replaces a file atomically: a crash of the process or the machine leaves either the old file or the new one. Only the owner
 * can read the new file.
 * @throws the system's error; the old file stays then.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await using file = await open(unfinished, 'w', 0o600);
    await file.writeFile(content);
    // Without the sync, a power cut can leave the new name with an empty file.
    await file.sync();
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
  await rename(unfinished, path);
}
