import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type AccountId, mainAccount } from '../domain/ids.ts';
import { migrations } from './migrations.ts';

/** The file was written by a later version of Zapette, whose schema this version does not know. */
export class LaterVersionError extends Error {}

/** Milliseconds for which a statement waits while another program writes. */
const BUSY_PATIENCE = 100;

/**
 * Opens or creates a database and migrates it to the current schema. All access is synchronous: the tables are small, and a
 * query takes microseconds.
 * @param path a file, or `:memory:`.
 * @param account the account that rows of versions without accounts belong to.
 * @throws SQLite's error if it cannot be opened; LaterVersionError.
 */
export function openDatabase(path: string, account: AccountId = mainAccount): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_PATIENCE });
  if (path !== ':memory:') keepPrivate(path);
  try {
    // WAL without a flush at each write: a power cut may lose the last seconds, but never damages the file.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    migrate(database, account);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Runs the migrations that the database lacks.
 * @param account the account that rows of versions without accounts belong to.
 * @param schema the number of migrations to stop at; all where none is given.
 * @throws LaterVersionError
 */
export function migrate(
  database: DatabaseSync,
  account: AccountId,
  schema: number = migrations.length,
): void {
  const { user_version: done } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (done > migrations.length) throw new LaterVersionError(`the database is of a later version (${done})`);
  database.function('zapette_account', () => account);
  for (const [index, step] of migrations.entries()) {
    if (index < done || index >= schema) continue;
    database.exec(`BEGIN; ${step}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

/** Makes the file readable by its owner only; SQLite gives the journal files the same mode. */
function keepPrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // The file belongs to another user, or the file system has no modes.
  }
}
