import { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/**
 * The database in its present shape; it is made if there is none. All access is synchronous: these are small tables,
 * and a look into them takes microseconds.
 * @param path a file, or `:memory:`.
 * @throws where it cannot be opened, or was written by a later version of Zapette.
 */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  // WAL without a flush for each write: a power cut may lose the last seconds, never the file.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;');
  const { user_version: done } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (done > migrations.length) throw new Error(`the database is of a later version (${done})`);
  for (const [index, step] of migrations.entries()) {
    if (index < done) continue;
    database.exec(`BEGIN; ${step}; PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
  return database;
}
