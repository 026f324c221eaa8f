import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The path of the file with an import that is decided, and not taken over yet. */
export function pendingImportPath(dataDir: string): string {
  return join(dataDir, 'import-pending.json');
}

/** Whether an import is decided: most starts load nothing more about it. */
export function hasPendingImport(dataDir: string): boolean {
  return existsSync(pendingImportPath(dataDir));
}
