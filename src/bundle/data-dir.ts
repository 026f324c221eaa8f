import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Keys, keysSchema } from '../access/keys.ts';
import { AppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import { LaterVersionError, migrate } from '../store/database.ts';
import { troubleOf } from '../store/database-trouble.ts';
import { JsonFile } from '../store/json-file.ts';
import { fill, readCopy, readDatabase } from '../store/read-database.ts';
import { type SettingValues, settingsSchema } from './bundle.ts';

/** The files of DATA_DIR that an import replaces. */
export const SETTINGS_FILE = 'settings.json';
export const KEYS_FILE = 'keys.json';
export const DATABASE_FILE = 'zapette.db';

/** Reads settings.json; empty where there is none. @throws AppError settings_damaged; the system's error */
export async function readSettingsFile(dataDir: string): Promise<SettingValues> {
  const path = join(dataDir, SETTINGS_FILE);
  try {
    return settingsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    if (typeof code === 'string') throw error;
    throw new AppError('settings_damaged', { path }, { cause: error });
  }
}

/** Reads keys.json; null where there is none. @throws AppError keys_damaged */
export async function readKeysFile(dataDir: string): Promise<Keys | null> {
  const file = new JsonFile(join(dataDir, KEYS_FILE), keysSchema);
  const keys = await file.read();
  if (!keys && (await file.exists())) throw new AppError('keys_damaged', { path: file.path });
  return keys;
}

/**
 * Reads the database into memory, with the current schema, whether a server uses the file or not.
 * @param account the account that rows of versions without accounts belong to.
 * @throws AppError database_damaged, database_locked, database_too_new
 */
export function readDatabaseFile(dataDir: string, account: AccountId): DatabaseSync {
  const path = join(dataDir, DATABASE_FILE);
  const database = new DatabaseSync(':memory:');
  try {
    if (existsSync(path)) fill(database, contentOf(path), account);
    else migrate(database, account);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function contentOf(path: string): Uint8Array {
  try {
    return readDatabase(path);
  } catch (error) {
    if (error instanceof LaterVersionError)
      throw new AppError('database_too_new', { path }, { cause: error });
    const trouble = troubleOf(error);
    if (trouble === 'damaged') throw new AppError('database_damaged', { path }, { cause: error });
    if (trouble === 'locked') throw new AppError('database_locked', { path }, { cause: error });
    return readCopy(path);
  }
}
