import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { KnownLogin } from '../../src/app/known-login.ts';
import type { AccountConfig } from '../../src/config/config.ts';
import { type AccountId, accountId, mainAccount } from '../../src/domain/ids.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

const [x2, m1] = [accountId('x2'), accountId('m1')];
let dirs: TempDirs;
let dataDir: string;
beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());
beforeEach(async () => {
  dataDir = await dirs.next();
});

/** What a process with these accounts knows. */
async function knownTo(...accounts: AccountConfig[]): Promise<KnownLogin> {
  const settings = { current: { accounts } };
  const known = new KnownLogin({ dataDir, signingKey: 'key', settings, logger: silentLogger });
  await known.load();
  return known;
}

const any = { maxConnections: null, isOff: false };
const subscription = (id: AccountId, username: string): AccountConfig => ({
  ...{ ...any, id, kind: 'xtream', url: 'http://panel.example', username, password: 'p' },
});
const list = (url: string): AccountConfig => ({ ...any, id: m1, kind: 'm3u', url });
const file = () => readFile(join(dataDir, 'account.json'), 'utf8').catch(() => '');

it('knows the login of each subscription over a restart', async () => {
  const before = await knownTo(subscription(mainAccount, 'ada'), subscription(x2, 'bob'), list('http://a/1'));
  for (const id of [mainAccount, x2, m1]) {
    expect(before.isOther(id)).toBe(false);
    before.note(id);
  }
  await expect.poll(file).toContain('"x2"');
  expect(await file()).not.toMatch(/ada|bob|panel/);
  const after = await knownTo(subscription(mainAccount, 'ada'), subscription(x2, 'eve'), list('http://b/2'));
  expect([mainAccount, x2, m1].map((id) => after.isOther(id))).toEqual([false, true, false]);
  after.note(x2);
  expect(after.isOther(x2)).toBe(false);
});

it('knows what a version has noted that knew one subscription', async () => {
  const first = await knownTo(subscription(mainAccount, 'ada'));
  first.note(mainAccount);
  await expect.poll(file).toContain('login');
  const { login } = JSON.parse(await file());
  await writeFile(join(dataDir, 'account.json'), JSON.stringify({ login }));
  const after = await knownTo(subscription(mainAccount, 'eve'), subscription(x2, 'bob'));
  expect([mainAccount, x2].map((id) => after.isOther(id))).toEqual([true, false]);
});
