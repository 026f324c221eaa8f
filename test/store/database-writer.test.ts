import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mainAccount } from '../../src/domain/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { DatabaseWriter } from '../../src/store/database-writer.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

it('DatabaseWriter gives each of two jobs at once its own answer', async () => {
  const folder = await dirs.next();
  const from = join(folder, 'good.db');
  openDatabase(from).close();
  const writer = new DatabaseWriter(join(folder, 'no-such-folder', 'zapette.db'), mainAccount, false);
  const answers = await Promise.all([
    writer.do({ kind: 'keep', from, to: join(folder, 'kept.db') }),
    writer.do({ kind: 'save', changes: null, isThorough: false }),
  ]);
  expect(answers.map(({ trouble }) => trouble)).toEqual([null, 'unwritable']);
  await writer.stop();
});
