import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { migrations } from './migrations.ts';
import { versionOf } from './read-database.ts';

/** The path of the copy that is made before a file is migrated; the number is that of the new schema. */
export function copyPathOf(path: string): string {
  return `${path}.before-${migrations.length}`;
}

/** Whether a database's content has a former schema. */
export function isFormer(content: Uint8Array): boolean {
  return versionOf(content) < migrations.length;
}

/**
 * Writes a copy of a content that is about to be migrated, for the way back to the version before. The copy is whole or
 * missing, whenever the machine stops. For a worker thread, since it waits for the disk.
 * @throws the system's error
 */
export function copyBeforeMigration(path: string, content: Uint8Array): void {
  const copy = copyPathOf(path);
  const unfinished = `${copy}.part`;
  try {
    const file = openSync(unfinished, 'w', 0o600);
    try {
      writeFileSync(file, content);
      // Else a power cut can leave the new name with none of its bytes.
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
