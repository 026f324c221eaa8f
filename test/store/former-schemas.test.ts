import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountId, demoAccount, mainAccount } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { KeptDatabase } from '../../src/store/kept-database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { databaseOf, rowsOf, type TableRows } from '../../src/store/table-rows.ts';
import { formerSchemas, makeFormerDatabase } from '../fakes/former-databases.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

type Row = TableRows[string][number];

/** What each later schema has made of the rows of the earlier ones. */
function upgraded(rows: TableRows, schema: number, account: AccountId): TableRows {
  const each = (table: string, change: (row: Row) => Row): void => {
    if (rows[table]) all[table] = (all[table] ?? []).map(change);
  };
  const ofScreen: ReadonlySet<unknown> = new Set(['play', 'stop', 'restart', 'audio']);
  const all: TableRows = {
    ...Object.fromEntries(Object.keys(rowsOf(openDatabase(':memory:'))).map((table) => [table, []])),
    ...rows,
  };
  if (schema < 2) each('cards', (row) => ({ ...row, shown: '' }));
  if (schema < 4) each('credentials', (row) => ({ ...row, parent: null }));
  if (schema < 7) {
    for (const table of ['favourites', 'history', 'links'])
      each(table, (row) => ({ ...row, channel_id: `${account}:${row.channel_id}` }));
    each('history', (row) => ({ ...row, screen: 'live' }));
    each('cards', (row) => ({ ...row, screen: 'live' }));
  }
  if (schema < 8) each('audit', (row) => ({ ...row, screen: ofScreen.has(row.action) ? 'live' : null }));
  if (schema < 11) each('history', (row) => ({ ...row, past_title: null, past_ends_at: null }));
  if (schema < 13) each('links', (row) => ({ ...row, past_from: null, past_to: null }));
  if (schema < 18) each('recording_rules', (row) => ({ ...row, person_role: 'controller' }));
  if (schema < 19) each('recordings', (row) => ({ ...row, is_from_archive: 0 }));
  return all;
}

/** What a database is made of, but for the order of columns, which steps have added. */
function shapeOf(database: DatabaseSync): unknown {
  const tables = Object.keys(rowsOf(database));
  return tables.map((table) => ({
    table,
    columns: database
      .prepare('SELECT name, type, "notnull", pk FROM pragma_table_info(?) ORDER BY name')
      .all(table)
      .map((row) => ({ ...row })),
    indexes: database
      .prepare('SELECT name, "unique" FROM pragma_index_list(?) ORDER BY name')
      .all(table)
      .map((row) => ({ ...row })),
  }));
}

describe.each(formerSchemas)('a database of schema %i', (schema) => {
  it('has rows in each of its tables', () => {
    for (const [table, rows] of Object.entries(rowsOf(makeFormerDatabase(schema))))
      expect([table, rows.length]).not.toEqual([table, 0]);
  });

  it('is what the steps up to there still make', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database, mainAccount, schema);
    expect(shapeOf(database)).toEqual(shapeOf(makeFormerDatabase(schema)));
  });

  it.each([mainAccount, demoAccount])(
    'is upgraded without a loss, in memory and on disk, for %s',
    async (account) => {
      const path = join(await dirs.next(), 'zapette.db');
      const former = makeFormerDatabase(schema, path);
      const expected = upgraded(rowsOf(former), schema, account);
      former.close();
      const kept = new KeptDatabase({ path, account, clock: systemClock, logger: silentLogger });
      await kept.start();
      expect(rowsOf(kept.database)).toEqual(expected);
      expect(shapeOf(kept.database)).toEqual(shapeOf(openDatabase(':memory:')));
      await kept.stop();
      const file = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
      expect(file.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length });
      expect(rowsOf(file)).toEqual(expected);
      file.close();
      expect(existsSync(`${path}.before-${migrations.length}`)).toBe(true);
    },
  );

  it('can be gone back to', async () => {
    const path = join(await dirs.next(), 'zapette.db');
    const former = makeFormerDatabase(schema, path);
    const before = rowsOf(former);
    former.close();
    const kept = new KeptDatabase({ path, clock: systemClock, logger: silentLogger });
    await kept.start();
    await kept.stop();
    const copy = join(await dirs.next(), 'zapette.db');
    copyFileSync(`${path}.before-${migrations.length}`, copy);
    const database = new DatabaseSync(copy);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: schema });
    expect(rowsOf(database)).toEqual(before);
    database.close();
  });

  it('is the same after its rows were taken out and put in again', () => {
    const database = makeFormerDatabase(schema);
    migrate(database, mainAccount);
    const rows = rowsOf(database);
    const again = databaseOf(rows, migrations.length);
    expect(rowsOf(again)).toEqual(rows);
    expect(shapeOf(again)).toEqual(shapeOf(database));
  });
});

describe('rows of an earlier schema', () => {
  it.each(formerSchemas.filter((schema) => schema >= 7))('such as %i become rows of this one', (schema) => {
    const rows = rowsOf(makeFormerDatabase(schema));
    expect(rowsOf(databaseOf(rows, schema))).toEqual(upgraded(rows, schema, mainAccount));
  });
});

describe('rows that do not fit', () => {
  const people = { id: 'discord:1', name: 'Ana', language: null, standing: null, seen_at: 1 };
  it.each<[string, TableRows]>([
    ['of an unknown table', { nonsense: [people] }],
    ['with an unknown column', { people: [{ ...people, nonsense: 1 }] }],
    ['without a column that must be there', { people: [{ id: 'discord:1' }] }],
    ['without any column', { people: [{}] }],
    ['with a text for a number', { people: [{ ...people, seen_at: 'yesterday' }] }],
    ['with a role that there is not', { people: [{ ...people, standing: 'king' }] }],
    ['twice', { people: [people, people] }],
    [
      'of nobody',
      {
        credentials: [
          {
            kind: 'token',
            hash: 'h',
            person: 'discord:2',
            role: 'admin',
            listing: '',
            label: '',
            created_at: 1,
          },
        ],
      },
    ],
    ['of a table that is named by an attacker', { 'people" VALUES (1); DROP TABLE people; --': [people] }],
    ['with a column that is named by an attacker', { people: [{ 'id") VALUES (1); --': 1 }] }],
  ])('are refused: %s', (_what, rows) => {
    expect(() => databaseOf(rows, migrations.length)).toThrow(
      expect.objectContaining({ constructor: expect.objectContaining({ name: 'DamagedError' }) }),
    );
  });
});
