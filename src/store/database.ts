import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** The file was written by a later version of Zapette, whose tables this one does not know. */
export class LaterVersionError extends Error {}

/** Milliseconds for which a statement waits while another program writes. */
const BUSY_PATIENCE = 100;

/**
 * The database in its present shape; it is made if there is none. All access is synchronous: these are small tables,
 * and a look into them takes microseconds.
 * @param path a file, or `:memory:`.
 * @throws SQLite's error where it cannot be opened; LaterVersionError.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_PATIENCE });
  if (path !== ':memory:') keepPrivate(path);
  try {
    // WAL without a flush for each write: a power cut may lose the last seconds, never the file.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Takes the steps that the database lacks. @throws LaterVersionError */
export function migrate(database: DatabaseSync): void {
  const { user_version: done } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (done > migrations.length) throw new LaterVersionError(`the database is of a later version (${done})`);
  for (const [index, step] of migrations.entries()) {
    if (index < done) continue;
    database.exec(`BEGIN; ${step}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

/** Readable by the owner alone; SQLite gives the files beside it the same mode. */
function keepPrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // A file of somebody else, or a file system without modes.
  }
}
