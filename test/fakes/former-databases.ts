import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../../src/store/migrations.ts';

/** Every schema before the current one. */
export const formerSchemas: readonly number[] = migrations.slice(1).map((_step, index) => index + 1);

/** Makes a database as a former version left it, with the rows of `test/fixtures/make-former-databases.ts`. */
export function makeFormerDatabase(schema: number, path = ':memory:'): DatabaseSync {
  const sql = readFileSync(new URL(`../fixtures/databases/schema-${schema}.sql`, import.meta.url), 'utf8');
  const database = new DatabaseSync(path);
  database.exec(sql);
  return database;
}
