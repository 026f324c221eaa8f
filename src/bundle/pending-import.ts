import { chown, readFile, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Asker } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { pendingImportPath } from '../lib/pending-import-file.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { migrations } from '../store/migrations.ts';
import { type Bundle, bundleSchema } from './bundle.ts';

const pendingSchema = z.object({
  /** Epoch milliseconds of the decision. */
  at: z.number(),
  by: z.object({ id: z.string(), name: z.string() }),
  bundle: bundleSchema,
});

/** An import that is decided, and not yet taken over in full. */
export interface PendingImport {
  readonly at: number;
  readonly by: Asker;
  readonly bundle: Bundle;
}

/**
 * Decides that DATA_DIR will hold this installation: `takeImport` does the rest, here or at the next start. It holds the
 * secrets in clear, as keys.json does, and only the owner can read it.
 * @throws the system's error; nothing is decided then.
 */
export async function decideImport(dataDir: string, pending: PendingImport): Promise<void> {
  await replaceFile(pendingImportPath(dataDir), JSON.stringify(pending));
  await giveToOwner(dataDir, pendingImportPath(dataDir));
}

/**
 * Reads the import that is decided; null where there is none.
 * @throws AppError bundle_damaged, bundle_too_new; the system's error
 */
export async function readPendingImport(dataDir: string): Promise<PendingImport | null> {
  const text = await readFile(pendingImportPath(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  let pending: PendingImport;
  try {
    pending = pendingSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('bundle_damaged', {}, { cause: error });
  }
  if (pending.bundle.schema > migrations.length) throw new AppError('bundle_too_new', { version: '?' });
  return pending;
}

/** Takes the decision back, or ends it once all is done. */
export async function forgetImport(dataDir: string): Promise<void> {
  await rm(pendingImportPath(dataDir), { force: true });
}

/** Gives a file that root has written to the owner of DATA_DIR, as whom the server may run. */
export async function giveToOwner(dataDir: string, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dataDir);
  await chown(path, uid, gid);
}
