import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate, openDatabase } from './database.ts';
import { DamagedError } from './database-trouble.ts';

const COLUMNS = `
  SELECT tables.name || '.' || columns.name AS name
  FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'`;

/** Offsets of the write and the read version in the file header. Version 2 is WAL, which a database in memory cannot use. */
const [WRITE_VERSION, READ_VERSION] = [18, 19];

/**
 * Reads and checks the content of a database file including its journal. The content has the current schema after migration.
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
  content[WRITE_VERSION] = 1;
  content[READ_VERSION] = 1;
  return content;
}

/** Replaces the content of a database in memory, and migrates it to the current schema. */
export function fill(memory: DatabaseSync, content: Uint8Array): void {
  memory.deserialize(content);
  migrate(memory);
}

/** @throws DamagedError if a table or a column is missing; LaterVersionError */
function checkShape(content: Uint8Array): void {
  const memory = new DatabaseSync(':memory:');
  try {
    fill(memory, content);
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
