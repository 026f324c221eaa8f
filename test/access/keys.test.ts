import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysSchema, loadKeys } from '../../src/access/keys.ts';
import { JsonFile } from '../../src/store/json-file.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

let directory: string;
const load = () => loadKeys(new JsonFile(join(directory, 'data', 'keys.json'), keysSchema), silentLogger);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'zapette-keys-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('loadKeys', () => {
  it('generates the keys at the first start and keeps them from then on', async () => {
    const first = await load();
    expect(first.shown).toBe(false);
    expect(await load()).toEqual(first);
    expect(await readdir(join(directory, 'data'))).toEqual(['keys.json']);
  });

  it.each([
    'no JSON',
    '',
    '{}',
    '{"adminToken":"","viewerKey":"","signingKey":""}',
    '{"adminToken":"a","view',
  ])('refuses to replace keys that cannot be read: %j', async (content) => {
    await load();
    const path = join(directory, 'data', 'keys.json');
    await writeFile(path, content);
    await expect(load()).rejects.toMatchObject({ code: 'keys_damaged', params: { path } });
    expect(await readFile(path, 'utf8')).toBe(content);
  });

  it('generates a key that a former version did not have, and keeps the others', async () => {
    const { webhookSecret: _, ...former } = await load();
    await writeFile(join(directory, 'data', 'keys.json'), JSON.stringify(former));
    const keys = await load();
    expect(keys).toMatchObject(former);
    expect(await load()).toEqual(keys);
  });

  it('generates distinct keys that are too long to guess', async () => {
    const { adminToken, viewerKey, signingKey, webhookSecret } = await load();
    const values = [adminToken, viewerKey, signingKey, webhookSecret];
    expect(new Set(values).size).toBe(4);
    for (const value of values) expect(value).toMatch(/^[\w-]{16,}$/);
  });

  it.skipIf(process.platform === 'win32')('keeps other users of this machine from reading them', async () => {
    await load();
    expect((await stat(join(directory, 'data', 'keys.json'))).mode & 0o777).toBe(0o600);
  });
});
