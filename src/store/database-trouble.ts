import type { DatabaseTrouble } from '../domain/database-health.ts';

/** The file can be opened, but its content is not valid. */
export class DamagedError extends Error {}

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const bySqlite: Readonly<Record<number, DatabaseTrouble>> = {
  // SQLITE_ERROR, for example after somebody dropped a table
  1: 'damaged',
  5: 'locked',
  6: 'locked',
  11: 'damaged',
  13: 'full',
  26: 'damaged',
};
const bySystem: Readonly<Record<string, DatabaseTrouble>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EBUSY: 'locked',
};

/** Classifies an error of SQLite or the file system. */
export function troubleOf(error: unknown): DatabaseTrouble {
  if (error instanceof DamagedError) return 'damaged';
  const { errcode, code } = error as { errcode?: number; code?: string };
  if (errcode !== undefined) return bySqlite[errcode & 0xff] ?? 'unwritable';
  return bySystem[code ?? ''] ?? 'unwritable';
}
