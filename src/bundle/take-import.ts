import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { mainAccount } from '../domain/ids.ts';
import { replaceFile } from '../lib/replace-file.ts';
import { AuditLog } from '../store/audit-log.ts';
import { ChannelKeys } from '../store/channel-keys.ts';
import { databaseOf } from '../store/table-rows.ts';
import { DATABASE_FILE, KEYS_FILE, readDatabaseFile, SETTINGS_FILE } from './data-dir.ts';
import { forgetImport, giveToOwner, type PendingImport, readPendingImport } from './pending-import.ts';

const replaced = [SETTINGS_FILE, KEYS_FILE, DATABASE_FILE] as const;
/**
 * What SQLite and the hourly backup keep beside the database, and the former settings for undoing: beside the new files,
 * they would bring the old ones back in part.
 */
const leftovers = [
  ...['-wal', '-shm', '.backup'].map((suffix) => DATABASE_FILE + suffix),
  `${SETTINGS_FILE}.before`,
];
const STAGED = '.import';

/** An import that was taken over. */
export interface TakenImport {
  /** The folder in DATA_DIR with the files that were replaced. */
  readonly keptIn: string;
}

/** The files that an import replaces are old in part and new in part: the decision stays, and the next call goes on. */
export class UnfinishedImportError extends Error {}

/**
 * Takes a decided import over, for the process that has DATA_DIR to itself. The files that it replaces are copied, and the new
 * ones written beside them, before the first one is renamed into its place. If the process or the machine ends on the way, the
 * next call does it again from the decision, so that in the end all is replaced or nothing.
 * @returns null if no import is decided.
 * @throws AppError bundle_damaged, bundle_too_new; the system's error; each leaves everything as it is. UnfinishedImportError
 */
export async function takeImport(dataDir: string): Promise<TakenImport | null> {
  const pending = await readPendingImport(dataDir);
  if (!pending) return null;
  const keptIn = join(dataDir, folderOf(pending));
  if (!existsSync(keptIn)) await prepare(dataDir, pending, keptIn);
  try {
    // Again after an interruption, since some may be in their place already.
    await stage(dataDir, pending, keptIn);
    // A journal would be played into the new database.
    for (const name of leftovers) await rm(join(dataDir, name), { force: true });
    for (const name of replaced) await rename(join(dataDir, name + STAGED), join(dataDir, name));
    await forgetImport(dataDir);
  } catch (error) {
    throw new UnfinishedImportError('some files are replaced', { cause: error });
  }
  return { keptIn };
}

/** The name of the folder with what an import replaces, such as `before-import-20261129T041902123Z`. */
export function folderOf({ at }: Pick<PendingImport, 'at'>): string {
  return `before-import-${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}`;
}

/** Copies what will be replaced. The copy gets its name once the new files are written too: then there is room for all. */
async function prepare(dataDir: string, pending: PendingImport, keptIn: string): Promise<void> {
  const unfinished = `${keptIn}.part`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    for (const name of [...replaced, ...leftovers]) {
      if (!existsSync(join(dataDir, name))) continue;
      await copyFile(join(dataDir, name), join(unfinished, name));
      await giveToOwner(dataDir, join(unfinished, name));
    }
    await giveToOwner(dataDir, unfinished);
    await stage(dataDir, pending, unfinished);
    await rename(unfinished, keptIn);
  } catch (error) {
    for (const name of replaced) await rm(join(dataDir, name + STAGED), { force: true }).catch(() => {});
    await rm(unfinished, { recursive: true, force: true }).catch(() => {});
    throw error;
  }
}

/** Writes the new files beside those that they replace. @param keptIn the folder with the copies of these. */
async function stage(dataDir: string, pending: PendingImport, keptIn: string): Promise<void> {
  const { settings, keys } = pending.bundle;
  const contents: Readonly<Record<(typeof replaced)[number], string | Uint8Array>> = {
    [SETTINGS_FILE]: JSON.stringify(settings, null, 2),
    [KEYS_FILE]: JSON.stringify(keys),
    [DATABASE_FILE]: newDatabase(pending, keptIn),
  };
  for (const name of replaced) {
    const path = join(dataDir, name + STAGED);
    await replaceFile(path, contents[name]);
    await giveToOwner(dataDir, path);
  }
}

function newDatabase({ at, by, bundle }: PendingImport, keptIn: string): Uint8Array {
  const database = databaseOf(bundle.tables, bundle.schema);
  try {
    skipKeys(new ChannelKeys(database), keptIn);
    new AuditLog(database).add({ at, by, action: 'import', detail: '' });
    return database.serialize();
  } finally {
    database.close();
  }
}

/** Buttons in chats, made here since the export, must not come to mean other channels. */
function skipKeys(keys: ChannelKeys, keptIn: string): void {
  let before: DatabaseSync;
  try {
    before = readDatabaseFile(keptIn, mainAccount);
  } catch {
    keys.skipLost();
    return;
  }
  try {
    keys.skipTo(new ChannelKeys(before).highest() ?? 0);
  } finally {
    before.close();
  }
}
