import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDatabaseFile } from '../../src/bundle/data-dir.ts';
import { decideImport } from '../../src/bundle/pending-import.ts';
import { folderOf, takeImport, UnfinishedImportError } from '../../src/bundle/take-import.ts';
import { channelId, mainAccount } from '../../src/domain/ids.ts';
import { ChannelKeys } from '../../src/store/channel-keys.ts';
import { openDatabase } from '../../src/store/database.ts';
import { People } from '../../src/store/people.ts';
import { rowsOf } from '../../src/store/table-rows.ts';
import { someBundle, someKeys } from '../fakes/some-bundle.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

const pending = { at: Date.UTC(2026, 10, 29), by: { id: 'console', name: 'console' }, bundle: someBundle };

let dirs: TempDirs;
let dataDir: string;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
beforeEach(async () => {
  dataDir = await dirs.next();
});
afterAll(() => dirs.remove());

const formerKeys = { ...someKeys, adminToken: 'the-former-token' };

/** Puts a used installation into DATA_DIR, with a row that is in the database's journal alone. */
async function use(): Promise<DatabaseSync> {
  await writeFile(join(dataDir, 'keys.json'), JSON.stringify(formerKeys));
  await writeFile(join(dataDir, 'settings.json'), '{"ETIQUETTE":"free"}');
  await writeFile(join(dataDir, 'settings.json.before'), '{}');
  const database = openDatabase(join(dataDir, 'zapette.db'));
  database.exec('PRAGMA wal_autocheckpoint = 0');
  new People(database).seen({ id: 'discord:99', name: 'Former' }, 1);
  return database;
}

/** As a killed process leaves it: SQLite would tidy the journal up. */
async function useAndCrash(): Promise<void> {
  const database = await use();
  const journal = await readFile(join(dataDir, 'zapette.db-wal'));
  database.close();
  await writeFile(join(dataDir, 'zapette.db-wal'), journal);
}

/** What is there now, but for the entry that the audit log gets. */
function rowsHere() {
  const database = readDatabaseFile(dataDir, mainAccount);
  const { audit = [], ...rows } = rowsOf(database);
  database.close();
  return { ...rows, audit: audit.filter(({ action }) => action !== 'import') };
}

const settingsHere = async () => JSON.parse(await readFile(join(dataDir, 'settings.json'), 'utf8'));
const keysHere = async () => JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8'));

async function expectImported(): Promise<void> {
  expect(rowsHere()).toEqual(someBundle.tables);
  expect(await settingsHere()).toEqual(someBundle.settings);
  expect(await keysHere()).toEqual(someKeys);
  expect((await readdir(dataDir)).filter((name) => !name.startsWith('before-import')).sort()).toEqual([
    'keys.json',
    'settings.json',
    'zapette.db',
  ]);
}

describe('an import', () => {
  it('that nobody has decided does nothing', async () => {
    expect(await takeImport(dataDir)).toBeNull();
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('fills an empty folder, and is written into its audit log', async () => {
    await decideImport(dataDir, pending);
    await takeImport(dataDir);
    await expectImported();
    const audit = rowsOf(readDatabaseFile(dataDir, mainAccount)).audit;
    expect(audit?.at(-1)).toMatchObject({ action: 'import', person: 'console', at: pending.at });
  });

  it('replaces a used one, with its journal, and keeps a whole copy of it', async () => {
    await useAndCrash();
    await writeFile(join(dataDir, 'zapette.db.backup'), 'a backup');
    await decideImport(dataDir, pending);
    const taken = await takeImport(dataDir);
    await expectImported();
    const keptIn = join(dataDir, folderOf(pending));
    expect(taken).toEqual({ keptIn });
    expect(JSON.parse(await readFile(join(keptIn, 'keys.json'), 'utf8'))).toEqual(formerKeys);
    expect(await readFile(join(keptIn, 'zapette.db.backup'), 'utf8')).toBe('a backup');
    const former = openDatabase(join(keptIn, 'zapette.db'));
    expect(new People(former).find('discord:99')?.name).toBe('Former');
    former.close();
  });

  it.skipIf(process.platform === 'win32')('leaves files that only their owner can read', async () => {
    (await use()).close();
    await decideImport(dataDir, pending);
    expect((await stat(join(dataDir, 'import-pending.json'))).mode & 0o777).toBe(0o600);
    await takeImport(dataDir);
    for (const name of ['keys.json', 'settings.json', 'zapette.db'])
      expect([name, (await stat(join(dataDir, name))).mode & 0o777]).toEqual([name, 0o600]);
    expect((await stat(join(dataDir, folderOf(pending)))).mode & 0o777).toBe(0o700);
  });

  it('gives no key of before to another channel', async () => {
    const database = await use();
    const keys = new ChannelKeys(database);
    for (let own = 1; own <= 50; own++)
      keys.keyOf({ channelId: channelId(mainAccount, own), channelName: String(own) });
    const last = keys.highest() ?? 0;
    database.close();
    await decideImport(dataDir, pending);
    await takeImport(dataDir);
    const now = openDatabase(join(dataDir, 'zapette.db'));
    const minted = new ChannelKeys(now).keyOf({ channelId: channelId(mainAccount, 777), channelName: 'New' });
    expect(last).toBeGreaterThan(105);
    expect(minted).toBeGreaterThan(last);
    now.close();
  });

  it('replaces what cannot be read, and keeps it as it is', async () => {
    await writeFile(join(dataDir, 'keys.json'), 'nonsense');
    await writeFile(join(dataDir, 'zapette.db'), 'nonsense');
    await decideImport(dataDir, pending);
    await takeImport(dataDir);
    expect(await keysHere()).toEqual(someKeys);
    expect(rowsHere()).toMatchObject({ people: someBundle.tables.people });
    expect(await readFile(join(dataDir, folderOf(pending), 'zapette.db'), 'utf8')).toBe('nonsense');
  });

  it('that cannot be written changes nothing, and succeeds later', async () => {
    await useAndCrash();
    const before = rowsHere();
    await decideImport(dataDir, pending);
    // A folder stands where a new file is to be: that refuses root as well.
    await mkdir(join(dataDir, 'zapette.db.import.part'));
    await expect(takeImport(dataDir)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(rowsHere()).toEqual(before);
    expect(await keysHere()).toEqual(formerKeys);
    expect(existsSync(join(dataDir, folderOf(pending)))).toBe(false);
    await rm(join(dataDir, 'zapette.db.import.part'), { recursive: true });
    await takeImport(dataDir);
    await expectImported();
  });

  it('that is interrupted half-way is finished by the next call, with the first copy', async () => {
    await useAndCrash();
    await decideImport(dataDir, pending);
    // The second of three renames fails.
    await rm(join(dataDir, 'keys.json'));
    await mkdir(join(dataDir, 'keys.json'));
    await mkdir(join(dataDir, folderOf(pending)));
    await writeFile(join(dataDir, folderOf(pending), 'keys.json'), JSON.stringify(formerKeys));
    await expect(takeImport(dataDir)).rejects.toThrow(UnfinishedImportError);
    expect(await settingsHere()).toEqual(someBundle.settings);
    await rm(join(dataDir, 'keys.json'), { recursive: true });
    await takeImport(dataDir);
    await expectImported();
    const kept = await readFile(join(dataDir, folderOf(pending), 'keys.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(formerKeys);
  });

  it('whose decision cannot be read is refused', async () => {
    await writeFile(join(dataDir, 'import-pending.json'), '{"at":1}');
    await expect(takeImport(dataDir)).rejects.toMatchObject({ code: 'bundle_damaged' });
  });
});
