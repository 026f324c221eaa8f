import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { People } from '../../src/store/people.ts';
import { DataDirs } from '../fakes/data-dir.ts';

let dirs: DataDirs;
beforeAll(async () => {
  dirs = await DataDirs.create();
});
afterAll(() => dirs.remove());

describe('openDatabase', () => {
  it('keeps the data for the next process', async () => {
    const path = join(await dirs.next(), 'zapette.db');
    const first = openDatabase(path);
    new People(first).setLanguage({ id: 'discord:1', name: 'Ada' }, 'fr', 7);
    first.close();
    const second = openDatabase(path);
    expect(new People(second).find('discord:1')).toEqual({
      id: 'discord:1',
      name: 'Ada',
      language: 'fr',
      standing: null,
      seenAt: 7,
    });
    second.close();
  });

  it.skipIf(process.platform === 'win32')(
    'makes the file and its journals readable by the owner only',
    async () => {
      const path = join(await dirs.next(), 'zapette.db');
      const database = openDatabase(path);
      new People(database).seen({ id: 'discord:1', name: 'Ada' }, 7);
      for (const file of [path, `${path}-wal`, `${path}-shm`])
        expect([file, (await stat(file)).mode & 0o777]).toEqual([file, 0o600]);
      database.close();
    },
  );

  it('rejects a file of a later version and leaves it unchanged', async () => {
    const path = join(await dirs.next(), 'zapette.db');
    const later = new DatabaseSync(path);
    later.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    later.close();
    expect(() => openDatabase(path)).toThrow(/later version/);
  });
});

describe('People', () => {
  it('list everybody with the latest name, the most recently seen first', () => {
    const people = new People(openDatabase(':memory:'));
    people.seen({ id: 'discord:1', name: 'Ada' }, 1);
    people.seen({ id: 'telegram:1', name: 'Bob' }, 2);
    people.seen({ id: 'discord:1', name: 'Ada L.' }, 3);
    expect(people.all().map(({ name }) => name)).toEqual(['Ada L.', 'Bob']);
  });

  it('keep an admin’s decision when the person is seen again', () => {
    const people = new People(openDatabase(':memory:'));
    people.setStanding({ id: 'telegram:9', name: '9' }, 'denied', 1);
    people.seen({ id: 'telegram:9', name: 'Mallory' }, 2);
    expect(people.find('telegram:9')).toMatchObject({ name: 'Mallory', standing: 'denied' });
    people.setStanding({ id: 'telegram:9', name: '9' }, null, 3);
    expect(people.find('telegram:9')).toMatchObject({ name: 'Mallory', standing: null });
  });
});
