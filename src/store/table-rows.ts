import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { mainAccount } from '../domain/ids.ts';
import { migrate } from './database.ts';
import { DamagedError } from './database-trouble.ts';

/** All rows of all tables by the tables' names, in the order in which they were added. */
export const tableRowsSchema = z.record(
  z.string(),
  z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
);
export type TableRows = z.output<typeof tableRowsSchema>;

/** Reads all rows of a database. */
export function rowsOf(database: DatabaseSync): TableRows {
  const tables = tablesOf(database).map((table) => [
    table,
    database.prepare(`SELECT * FROM ${quoted(table)} ORDER BY rowid`).all(),
  ]);
  return tableRowsSchema.parse(Object.fromEntries(tables));
}

/**
 * Makes a database in memory, of the current schema, from rows that were read from one of the same or an earlier schema.
 * @param schema the number of migrations that the rows have been through.
 * @throws DamagedError if the rows do not fit that schema.
 */
export function databaseOf(rows: TableRows, schema: number): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  try {
    // Rows of versions without accounts are in no export.
    migrate(database, mainAccount, schema);
    const known = new Set(tablesOf(database));
    // A row may name another one that comes later.
    database.exec('PRAGMA foreign_keys = OFF; BEGIN');
    for (const [table, content] of Object.entries(rows)) {
      if (!known.has(table)) throw new DamagedError(`there is no table ${table}`);
      for (const row of content) insert(database, table, row);
    }
    database.exec('COMMIT');
    if (database.prepare('PRAGMA foreign_key_check').get())
      throw new DamagedError('a row names a missing one');
    migrate(database, mainAccount);
    return database;
  } catch (error) {
    database.close();
    throw error instanceof DamagedError ? error : new DamagedError('the rows do not fit', { cause: error });
  }
}

function insert(database: DatabaseSync, table: string, row: TableRows[string][number]): void {
  const names = Object.keys(row);
  database
    .prepare(
      `INSERT INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    )
    .run(...Object.values(row));
}

function tablesOf(database: DatabaseSync): string[] {
  return database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => String(name));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
