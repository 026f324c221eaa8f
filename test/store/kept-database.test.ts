import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { channelId, liveScreen, mainAccount } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { Cards } from '../../src/store/cards.ts';
import { ChannelKeys } from '../../src/store/channel-keys.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Favourites } from '../../src/store/favourites.ts';
import { History } from '../../src/store/history.ts';
import { KeptDatabase } from '../../src/store/kept-database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { People } from '../../src/store/people.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

const ana = { id: 'discord:1', name: 'Ana' };
const TIMEOUT = { timeout: 5_000 };

let dirs: TempDirs;
let path: string;
const running = new Set<KeptDatabase>();
beforeAll(async () => {
  dirs = await TempDirs.create();
});
beforeEach(async () => {
  path = join(await dirs.next(), 'zapette.db');
});
afterEach(async () => {
  for (const kept of running) await kept.stop();
  running.clear();
});
afterAll(() => dirs.remove());

async function start(): Promise<KeptDatabase> {
  const kept = new KeptDatabase({ path, clock: systemClock, logger: silentLogger });
  running.add(kept);
  await kept.start();
  return kept;
}

/** Reads the file as another program does. */
function onDisk<T>(look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

const peopleOnDisk = () => onDisk((database) => new People(database).all().map(({ name }) => name));

/** Starts another program that locks the file. */
function hold(): DatabaseSync {
  const other = new DatabaseSync(path, { timeout: 5_000 });
  other.exec('BEGIN IMMEDIATE');
  return other;
}

describe('a change of the database', () => {
  it('is in the file a moment later, while the process runs', async () => {
    const { database } = await start();
    new People(database).seen(ana, 1);
    await expect.poll(peopleOnDisk, TIMEOUT).toEqual(['Ana']);
  });

  it('is still there after a restart, whatever statement made it', async () => {
    const first = await start();
    const { database } = first;
    const tables = { people: new People(database), favourites: new Favourites(database) };
    tables.people.seen(ana, 1);
    tables.people.seen({ ...ana, name: 'Anna' }, 2);
    const tf1 = { channelId: mainId(1), channelName: 'TF1' };
    tables.favourites.add('discord:1', tf1, 1);
    tables.favourites.add('discord:1', { channelId: mainId(2), channelName: 'M6' }, 2);
    tables.favourites.move([
      {
        from: { channelId: channelId(mainAccount, 1), channelName: 'TF1' },
        to: { channelId: channelId(mainAccount, 2), channelName: 'M6' },
      },
    ]);
    new ChannelKeys(database).keyOf({ channelId: channelId(mainAccount, 1), channelName: 'TF1' });
    const card = { place: 'discord:9', message: '1', language: 'fr', shown: '', postedAt: 1 } as const;
    new Cards(database).put(card);
    new Cards(database).put({ ...card, message: '2' });
    const history = new History(database);
    for (let at = 0; at < 50; at++)
      history.begin({ channelId: mainId(at), channelName: `${at}`, askedBy: ana, startedAt: at }, liveScreen);
    const dump = (from: DatabaseSync) =>
      ['people', 'favourites', 'cards', 'history', 'audit', 'links', 'credentials', 'channel_keys'].map(
        (table) => from.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all(),
      );
    const expected = dump(database);
    await first.stop();
    expect(dump((await start()).database)).toEqual(expected);
    expect(onDisk(dump)).toEqual(expected);
  });

  it('can be recorded for every table, since each has a primary key', () => {
    const tables = openDatabase(':memory:')
      .prepare(
        "SELECT name, (SELECT count(*) FROM pragma_table_info(tables.name) WHERE pk > 0) AS keys FROM sqlite_master AS tables WHERE type = 'table'",
      )
      .all();
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.filter(({ keys }) => keys === 0)).toEqual([]);
  });
});

describe('a database file that another program locks', () => {
  it('blocks no write, and receives every change after the lock ends', async () => {
    const { database, ...kept } = await start();
    const people = new People(database);
    people.seen(ana, 1);
    await expect.poll(peopleOnDisk, TIMEOUT).toEqual(['Ana']);
    const other = hold();
    const began = performance.now();
    for (let id = 0; id < 100; id++) people.seen({ id: `discord:${id}`, name: `${id}` }, id);
    expect(people.find('discord:42')?.name).toBe('42');
    expect(performance.now() - began).toBeLessThan(1_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    people.seen({ id: 'discord:last', name: 'last' }, 1_000);
    other.exec('ROLLBACK');
    other.close();
    await expect.poll(() => peopleOnDisk().length, TIMEOUT).toBe(101);
    expect(kept).toBeDefined();
  });

  it('is reported as a trouble until the lock ends', async () => {
    const kept = await start();
    new People(kept.database).seen(ana, 1);
    await expect.poll(peopleOnDisk, TIMEOUT).toEqual(['Ana']);
    const other = hold();
    new People(kept.database).seen({ ...ana, name: 'Anna' }, 2);
    await expect.poll(() => kept.health.trouble, TIMEOUT).toBe('locked');
    other.close();
    await expect.poll(() => kept.health.trouble, TIMEOUT).toBeNull();
    expect(peopleOnDisk()).toEqual(['Anna']);
  });

  it('does not delay a start if it is only locked for writing', async () => {
    const before = await start();
    new People(before.database).seen(ana, 1);
    await before.stop();
    const other = hold();
    const after = await start();
    expect(new People(after.database).find(ana.id)?.name).toBe('Ana');
    other.close();
  });
});

describe('a database file that another program changes', () => {
  it('is taken over, and the changes made here since are kept', async () => {
    const { database } = await start();
    const people = new People(database);
    people.seen(ana, 1);
    await expect.poll(peopleOnDisk, TIMEOUT).toEqual(['Ana']);
    const other = openDatabase(path);
    new People(other).setStanding({ id: 'discord:2', name: 'Bob' }, 'controller', 2);
    people.seen({ id: 'discord:3', name: 'Eve' }, 3);
    other.close();
    await expect.poll(() => people.find('discord:2')?.standing, TIMEOUT).toBe('controller');
    people.seen({ id: 'discord:4', name: 'Dan' }, 4);
    await expect.poll(peopleOnDisk, TIMEOUT).toEqual(['Dan', 'Eve', 'Bob', 'Ana']);
  });

  it.each<[what: string, hurt: () => Promise<unknown>]>([
    ['is overwritten with noise', () => writeFile(path, Buffer.alloc(200_000, 0x41))],
    ['is cut in half', async () => truncate(path, Math.floor((await stat(path)).size / 2))],
    ['is emptied', () => truncate(path, 0)],
    ['is deleted', () => rm(path)],
    ['is moved away', () => rename(path, `${path}.elsewhere`)],
    [
      'loses tables',
      async () => new DatabaseSync(path).exec('DROP TABLE cards; DROP TABLE history; DROP TABLE audit'),
    ],
  ])('is rewritten without loss if it %s', async (_what, hurt) => {
    const kept = await start();
    const people = new People(kept.database);
    people.seen(ana, 1);
    await expect.poll(peopleOnDisk, TIMEOUT).toEqual(['Ana']);
    await hurt();
    people.seen({ id: 'discord:2', name: 'Bob' }, 2);
    await expect
      .poll(
        () => onDisk((database) => new History(database).latest(1, liveScreen) && peopleOnDisk()),
        TIMEOUT,
      )
      .toEqual(['Bob', 'Ana']);
    await kept.stop();
    expect(new People((await start()).database).all()).toHaveLength(2);
  });
});

describe('a database file that is damaged at the start', () => {
  const noise = async () => {
    await writeFile(path, Buffer.from('noise '.repeat(10_000)));
    for (const suffix of ['-wal', '-shm']) await writeFile(path + suffix, 'noise');
  };

  async function fillAndStop(): Promise<void> {
    const kept = await start();
    new People(kept.database).setStanding(ana, 'controller', 1);
    await kept.backUp();
    await kept.stop();
  }

  it.each<[what: string, hurt: () => Promise<unknown>]>([
    ['noise', noise],
    ['nothing', () => truncate(path, 0)],
    ['its first half', async () => truncate(path, Math.floor((await stat(path)).size / 2))],
    ['noise in the middle', async () => writeFile(path, (await readFile(path)).fill(0x41, 5_000, 40_000))],
    ['no table of people', async () => new DatabaseSync(path).exec('DROP TABLE people')],
    ['nothing because it is deleted', () => rm(path)],
  ])('is renamed and replaced by its backup if it holds %s', async (_what, hurt) => {
    await fillAndStop();
    await hurt();
    const isThere = existsSync(path);
    const kept = await start();
    expect(new People(kept.database).find(ana.id)?.standing).toBe('controller');
    expect(kept.health.restored?.from).toBeGreaterThan(Date.now() - 60_000);
    await expect.poll(peopleOnDisk, TIMEOUT).toEqual(['Ana']);
    const aside = (await readdir(join(path, '..'))).filter((name) => name.includes('.damaged-'));
    expect(aside.length > 0).toBe(isThere);
  });

  it('is replaced by an empty one if the backup is missing or damaged too', async () => {
    await fillAndStop();
    await noise();
    await writeFile(`${path}.backup`, 'noise too');
    const kept = await start();
    expect(new People(kept.database).all()).toEqual([]);
    expect(kept.health.restored).toEqual({ from: null });
    new People(kept.database).seen(ana, 1);
    await expect.poll(peopleOnDisk, TIMEOUT).toEqual(['Ana']);
  });

  it('does not overwrite a good backup', async () => {
    await fillAndStop();
    await noise();
    const kept = await start();
    await kept.backUp();
    await kept.stop();
    await noise();
    expect(new People((await start()).database).find(ana.id)?.standing).toBe('controller');
  });

  it('is left unchanged if it is of a later version', async () => {
    const later = openDatabase(path);
    later.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    later.close();
    const kept = new KeptDatabase({ path, clock: systemClock, logger: silentLogger });
    await expect(kept.start()).rejects.toMatchObject({ code: 'database_too_new' });
    expect((await readdir(join(path, '..'))).filter((name) => name.includes('.damaged'))).toEqual([]);
  });
});

describe('a database file of an earlier version', () => {
  it('is migrated in memory and on disk', async () => {
    const old = new DatabaseSync(path);
    old.exec(`${migrations[0]}; PRAGMA user_version = 1;`);
    old.exec("INSERT INTO people (id, name, seen_at) VALUES ('discord:1', 'Ana', 1)");
    old.close();
    const { database } = await start();
    expect(new People(database).find(ana.id)?.name).toBe('Ana');
    await expect
      .poll(() => onDisk((file) => file.prepare('PRAGMA user_version').get()?.user_version), TIMEOUT)
      .toBe(migrations.length);
  });
});

describe('a database file that cannot be written', () => {
  it('is reported, and written as soon as it can be', async () => {
    // A folder in the place of the file, which even root cannot write.
    const { mkdir } = await import('node:fs/promises');
    await mkdir(`${path}-journal`);
    await mkdir(`${path}-wal`);
    const kept = await start();
    const people = new People(kept.database);
    people.seen(ana, 1);
    await expect.poll(() => kept.health.trouble, TIMEOUT).not.toBeNull();
    expect(people.find(ana.id)?.name).toBe('Ana');
    await rm(`${path}-journal`, { recursive: true });
    await rm(`${path}-wal`, { recursive: true });
    await expect.poll(() => kept.health.trouble, { timeout: 10_000 }).toBeNull();
    expect(peopleOnDisk()).toEqual(['Ana']);
  });
});
