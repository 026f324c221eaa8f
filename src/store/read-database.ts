import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AccountId, mainAccount } from '../domain/ids.ts';
import { migrate, openDatabase } from './database.ts';
import { DamagedError } from './database-trouble.ts';

const COLUMNS = `
  SELECT tables.name || '.' || columns.name AS name
  FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'`;

/** Offsets in a file's header (sqlite.org/fileformat.html): how the file is written and read, and its `user_version`. */
const [WRITE_VERSION, READ_VERSION, USER_VERSION] = [18, 19, 60];
const ROLLBACK_JOURNAL = 1;

/**
 * Reads a database's file and its journal, and checks that it has the current schema after migration.
 * @returns the content as it is, not migrated.
 * @throws SQLite's error, DamagedError, LaterVersionError
 */
export function readDatabase(path: string): Uint8Array {
  // A power cut can leave an empty file, which SQLite takes for a new database.
  if (statSync(path).size === 0) throw new DamagedError('the file is empty');
  const file = new DatabaseSync(path, { timeout: 100 });
  try {
    const content = contentOf(file);
    checkShape(content);
    return content;
  } finally {
    file.close();
  }
}

/** Reads a copy in the temporary folder, since SQLite cannot open a file if it cannot create a journal beside it, such as on a full disk. */
export function readCopy(path: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'zapette-'));
  try {
    const copy = join(folder, 'copy.db');
    for (const suffix of ['', '-wal'])
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
    return readDatabase(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Checks the integrity and reads the content. @throws DamagedError */
function contentOf(file: DatabaseSync): Uint8Array {
  const [found] = file.prepare('PRAGMA integrity_check(1)').all();
  if (found?.integrity_check !== 'ok') throw new DamagedError(String(found?.integrity_check));
  const content = file.serialize();
  // A database in memory cannot have WAL.
  content[WRITE_VERSION] = ROLLBACK_JOURNAL;
  content[READ_VERSION] = ROLLBACK_JOURNAL;
  return content;
}

/** How many migrations a content has been through. */
export function versionOf(content: Uint8Array): number {
  return new DataView(content.buffer, content.byteOffset).getUint32(USER_VERSION);
}

/**
 * Replaces what a database in memory holds, and migrates it to the current schema.
 * @param account the account that rows of versions without accounts belong to.
 */
export function fill(memory: DatabaseSync, content: Uint8Array, account: AccountId): void {
  memory.deserialize(content);
  migrate(memory, account);
}

/** @throws DamagedError if a table or a column is missing; LaterVersionError */
function checkShape(content: Uint8Array): void {
  const memory = new DatabaseSync(':memory:');
  try {
    fill(memory, content, mainAccount);
    const present = new Set(columnsOf(memory));
    const missing = presentShape().find((column) => !present.has(column));
    if (missing) throw new DamagedError(`${missing} is missing`);
  } finally {
    memory.close();
  }
}

function presentShape(): string[] {
  const empty = openDatabase(':memory:');
  try {
    return columnsOf(empty);
  } finally {
    empty.close();
  }
}

function columnsOf(database: DatabaseSync): string[] {
  return database
    .prepare(COLUMNS)
    .all()
    .map(({ name }) => String(name));
}
