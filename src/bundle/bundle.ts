import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Keys, keysSchema } from '../access/keys.ts';
import { migrations } from '../store/migrations.ts';
import { rowsOf, tableRowsSchema } from '../store/table-rows.ts';

/** Settings by their names, as `.env` has them. */
export const settingsSchema = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string());
export type SettingValues = z.output<typeof settingsSchema>;

/** A whole installation: everything that another machine needs to go on with, but what is on air and what a provider has. */
export const bundleSchema = z.object({
  /** The number of migrations that the rows have been through. */
  schema: z.int().min(1),
  settings: settingsSchema,
  keys: keysSchema,
  tables: tableRowsSchema,
});
export type Bundle = z.output<typeof bundleSchema>;

/** The parts of an installation. */
export interface BundleParts {
  readonly settings: SettingValues;
  readonly keys: Keys;
  /** Of the current schema. */
  readonly database: DatabaseSync;
}

/** Collects an installation. */
export function makeBundle({ settings, keys, database }: BundleParts): Bundle {
  return { schema: migrations.length, settings, keys, tables: rowsOf(database) };
}

/** How much there is of what people know by name. */
export interface BundleCounts {
  readonly settings: number;
  readonly people: number;
  readonly favourites: number;
  readonly history: number;
}

/** Counts what an export or an installation holds. */
export function countsOf({ settings, tables }: Pick<Bundle, 'settings' | 'tables'>): BundleCounts {
  const rows = (table: string) => tables[table]?.length ?? 0;
  return {
    settings: Object.keys(settings).length,
    people: rows('people'),
    favourites: rows('favourites'),
    history: rows('history'),
  };
}
