import { open, rename, rm } from 'node:fs/promises';

/**
 * Replaces a file as a whole: whenever the process or the machine ends, there is the old one or the new one. Readable by
 * the owner alone.
 * @throws the system's error; the old file stays then.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await using file = await open(unfinished, 'w', 0o600);
    await file.writeFile(content);
    // Else a power cut can leave the new name with none of its bytes.
    await file.sync();
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
  await rename(unfinished, path);
}
