import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AccountId, channelId, demoAccount, liveScreen, mainAccount } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Favourites } from '../../src/store/favourites.ts';
import { History } from '../../src/store/history.ts';
import { KeptDatabase } from '../../src/store/kept-database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { People } from '../../src/store/people.ts';
import { StoredPrivateLinks } from '../../src/store/private-links.ts';
import { copyFormerDataDir } from '../fakes/former-data-dir.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

const FORMER = 6;
const TIMEOUT = { timeout: 5_000 };

let dirs: TempDirs;
let path: string;
let copy: string;
const running = new Set<KeptDatabase>();
beforeAll(async () => {
  dirs = await TempDirs.create();
});
beforeEach(async () => {
  const dataDir = await dirs.next();
  await copyFormerDataDir('0.2', dataDir);
  path = join(dataDir, 'zapette.db');
  copy = `${path}.before-${migrations.length}`;
});
afterEach(async () => {
  for (const kept of running) await kept.stop();
  running.clear();
});
afterAll(() => dirs.remove());

async function start(account: AccountId = demoAccount): Promise<KeptDatabase> {
  const kept = new KeptDatabase({ path, account, clock: systemClock, logger: silentLogger });
  running.add(kept);
  await kept.start();
  return kept;
}

type Rows = Record<string, readonly Record<string, unknown>[]>;

/** All rows of all tables. */
function dump(database: DatabaseSync): Rows {
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      database
        .prepare(`SELECT rowid, * FROM ${String(name)} ORDER BY rowid`)
        .all()
        .map((row) => ({ ...row })),
    ]),
  );
}

function inFile<T>(file: string, look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

const versionOf = (file: string) =>
  inFile(file, (database) => database.prepare('PRAGMA user_version').get()?.user_version);

/** The actions that are about a screen. */
const ofScreen: ReadonlySet<unknown> = new Set(['play', 'stop', 'restart', 'audio']);

/** What the rows of the version before are to become. */
function migrated(before: Rows, account: AccountId): Rows {
  const withIds = (rows: Rows[string] = []) =>
    rows.map((row) => ({ ...row, channel_id: `${account}:${String(row.channel_id)}` }));
  return {
    ...before,
    favourites: withIds(before.favourites),
    history: withIds(before.history).map((row) => ({
      ...row,
      screen: 'live',
      past_title: null,
      past_ends_at: null,
    })),
    links: withIds(before.links).map((row) => ({ ...row, past_from: null, past_to: null })),
    cards: (before.cards ?? []).map((row) => ({ ...row, screen: 'live' })),
    channel_keys: [],
    telegram_groups: [],
    clients: [],
    guide_matches: [],
    screens: [],
    screen_places: [],
    channel_choices: [],
    follows: [],
    event_names: [],
    recordings: [],
    recording_rules: [],
    audit: (before.audit ?? []).map((row) => ({ ...row, screen: ofScreen.has(row.action) ? 'live' : null })),
  };
}

describe('the database of version 0.2', () => {
  it('has rows in the tables that change', () => {
    const before = inFile(path, dump);
    expect(versionOf(path)).toBe(FORMER);
    for (const table of ['favourites', 'history', 'links', 'cards', 'people', 'vote_messages'])
      expect([table, before[table]?.length]).not.toEqual([table, 0]);
  });

  it.each([mainAccount, demoAccount])(
    'is migrated without a loss, in memory and on disk: its channels belong to %s',
    async (account) => {
      const expected = migrated(inFile(path, dump), account);
      const { database } = await start(account);
      expect(dump(database)).toEqual(expected);
      await expect.poll(() => versionOf(path), TIMEOUT).toBe(migrations.length);
      expect(inFile(path, dump)).toEqual(expected);
      const favourites = new Favourites(database);
      expect(favourites.of('telegram:7').map((each) => each.channelId)).toEqual([
        channelId(account, 201),
        channelId(account, 302),
      ]);
      favourites.remove('telegram:7', channelId(account, 201));
      expect(favourites.of('telegram:7').map((each) => each.channelId)).toEqual([channelId(account, 302)]);
      expect(new History(database).open(liveScreen)).toMatchObject([{ channelId: channelId(account, 302) }]);
      expect(new StoredPrivateLinks(database).liveOf('telegram:7', 0)).toMatchObject([
        { channelId: channelId(account, 102) },
      ]);
    },
  );

  it('keeps the demo’s favourites once an account is entered', async () => {
    const demo = await start(demoAccount);
    await demo.stop();
    const favourites = new Favourites((await start(mainAccount)).database);
    expect(favourites.of('telegram:8')).toEqual([
      { channelId: channelId(demoAccount, 302), channelName: 'Météo Zapette' },
    ]);
    favourites.remove('telegram:8', channelId(demoAccount, 302));
    expect(favourites.of('telegram:8')).toEqual([]);
  });
});

describe('the copy before a migration', () => {
  it.skipIf(process.platform === 'win32')('is readable by its owner alone', async () => {
    await start();
    await expect.poll(() => existsSync(copy), TIMEOUT).toBe(true);

    expect((await stat(copy)).mode & 0o777).toBe(0o600);
  });

  it('holds what was there, and is made once', async () => {
    const before = inFile(path, dump);
    const first = await start();
    new People(first.database).seen({ id: 'discord:1', name: 'Ana' }, 1);
    await first.stop();
    expect(versionOf(copy)).toBe(FORMER);
    expect(inFile(copy, dump)).toEqual(before);
    await rm(copy);
    await (await start()).stop();
    expect(existsSync(copy)).toBe(false);
  });

  it('holds what was only in the journal', async () => {
    const other = new DatabaseSync(path);
    other.exec(
      "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; INSERT INTO people (id, name, seen_at) VALUES ('discord:2', 'Bob', 9)",
    );
    await start();
    await expect.poll(() => existsSync(copy), TIMEOUT).toBe(true);
    expect(inFile(copy, (database) => new People(database).find('discord:2')?.name)).toBe('Bob');
    other.close();
  });

  it('must be there before the file is touched; until then all goes on in memory', async () => {
    // A folder stands where the copy is to be: that refuses root as well.
    await mkdir(copy);
    const kept = await start();
    new People(kept.database).seen({ id: 'discord:1', name: 'Ana' }, 1);
    await expect.poll(() => kept.health.trouble, TIMEOUT).not.toBeNull();
    await kept.backUp();
    expect(versionOf(path)).toBe(FORMER);
    expect(new Favourites(kept.database).of('telegram:7')).toHaveLength(2);
    await rm(copy, { recursive: true });
    await expect.poll(() => kept.health.trouble, { timeout: 10_000 }).toBeNull();
    expect(versionOf(copy)).toBe(FORMER);
    expect(versionOf(path)).toBe(migrations.length);
    expect(inFile(path, (database) => new People(database).find('discord:1')?.name)).toBe('Ana');
  });

  it('is also made of the backup, where the file itself is damaged', async () => {
    const before = inFile(path, dump);
    await copyFile(path, `${path}.backup`);
    await rm(path);
    const kept = await start();
    expect(kept.health.restored).not.toBeNull();
    await expect.poll(() => kept.health.trouble === null && versionOf(path), TIMEOUT).toBe(migrations.length);
    await kept.backUp();
    expect(versionOf(`${path}.backup`)).toBe(migrations.length);
    expect(inFile(copy, dump)).toEqual(before);
  });

  it('is made when somebody puts a file of the version before in place while it is in use', async () => {
    const former = await readFile(path);
    const kept = await start();
    new People(kept.database).seen({ id: 'discord:1', name: 'Ana' }, 1);
    await expect.poll(() => versionOf(path), TIMEOUT).toBe(migrations.length);
    await rm(copy);

    await writeFile(`${path}.elsewhere`, former);
    for (const suffix of ['-wal', '-shm']) await rm(path + suffix, { force: true });
    await rename(`${path}.elsewhere`, path);
    await expect.poll(() => existsSync(copy), TIMEOUT).toBe(true);
    await expect.poll(() => versionOf(path), TIMEOUT).toBe(migrations.length);
    await expect.poll(() => new People(kept.database).find('discord:1'), TIMEOUT).toBeNull();
    new Favourites(kept.database).remove('telegram:8', channelId(demoAccount, 302));
    await expect
      .poll(() => inFile(path, (database) => new Favourites(database).of('telegram:8')), TIMEOUT)
      .toEqual([]);
  });
});

/** The last commit whose database has the shape of version 0.2; a shallow clone does not have it. */
const REVISION = '1de276a';
const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const hasRevision = await run('git', ['cat-file', '-e', `${REVISION}^{commit}`], { cwd: root }).then(
  () => true,
  () => false,
);

/** The store of the version before, as JavaScript, inside the checkout, where Node finds the packages. */
async function formerStore(): Promise<string> {
  const folder = join(root, 'node_modules/.cache/zapette', `store-${REVISION}`);
  const git = async (...args: string[]) => (await run('git', args, { cwd: root })).stdout;
  const files = await git('ls-tree', '-r', '--name-only', REVISION, 'src/store', 'src/lib', 'src/domain');
  for (const file of files.trim().split('\n')) {
    const code = stripTypeScriptTypes(await git('show', `${REVISION}:${file}`));
    const target = join(folder, file.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code.replaceAll(/(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g, '$1$2.js$1'));
  }
  return folder;
}

describe('the way back', () => {
  /** As docs/deploy.md says. */
  async function goBack(): Promise<void> {
    for (const suffix of ['-wal', '-shm', '.backup']) await rm(path + suffix, { force: true });
    await copyFile(copy, path);
  }

  it('brings back each table and row as it was', async () => {
    const shape = (database: DatabaseSync) =>
      database
        .prepare('SELECT type, name, sql FROM sqlite_master ORDER BY name')
        .all()
        .map((row) => ({ ...row }));
    const [before, shapeBefore] = [inFile(path, dump), inFile(path, shape)];
    const kept = await start();
    new People(kept.database).seen({ id: 'discord:1', name: 'Ana' }, 1);
    await kept.stop();
    await goBack();
    expect(versionOf(path)).toBe(FORMER);
    expect(inFile(path, dump)).toEqual(before);
    expect(inFile(path, shape)).toEqual(shapeBefore);
  });

  it.skipIf(!hasRevision)(
    'lets the code of the version before start, write, and be upgraded again',
    async () => {
      await (await start()).stop();
      await goBack();
      const former = await formerStore();
      const script = join(former, 'add-favourite.js');
      await writeFile(
        script,
        `import { KeptDatabase } from './src/store/kept-database.js';
        import { Favourites } from './src/store/favourites.js';
        import { systemClock } from './src/lib/clock.js';
        const logger = { info: console.error, warn: console.error, error: console.error };
        const kept = new KeptDatabase({ path: process.argv[2], clock: systemClock, logger });
        await kept.start();
        const favourites = new Favourites(kept.database);
        favourites.add('telegram:8', { channelId: 101, channelName: 'Un HD' }, 1);
        await kept.stop();
        console.log(JSON.stringify(kept.health));`,
      );
      const { stdout } = await run(process.execPath, [script, path]);
      expect(JSON.parse(stdout)).toEqual({ trouble: null, restored: null });
      expect(inFile(path, (database) => dump(database).favourites)).toMatchObject([
        { channel_id: 201 },
        { channel_id: 302 },
        { channel_id: 302 },
        { channel_id: 101 },
      ]);
      expect(versionOf(path)).toBe(FORMER);
      const again = await start();
      expect(new Favourites(again.database).of('telegram:8')).toHaveLength(2);
      await again.stop();
      // The later copy is the one to go back to.
      expect(inFile(copy, (database) => dump(database).favourites)).toHaveLength(4);
      expect((await readdir(dirname(path))).filter((name) => name.includes('.damaged'))).toEqual([]);
    },
    30_000,
  );
});
