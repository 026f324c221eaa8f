import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The folder, or the nearest one above it that is there, in which it would be made. Never rejects. */
export async function nearestFolder(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestFolder(dirname(path));
}
