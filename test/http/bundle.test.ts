import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBundle, readBundleFile, sealBundle } from '../../src/bundle/bundle-file.ts';
import { takeImport } from '../../src/bundle/take-import.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';
import { someBundle, someKeys } from '../fakes/some-bundle.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

const PASSPHRASE = 'four words of mine';

let dirs: TempDirs;
let dataDir: string;
let fake: FakeHttp;
let file: string;
beforeAll(async () => {
  dirs = await TempDirs.create();
  file = await sealBundle(someBundle, PASSPHRASE, { version: '9.8.7', now: Date.UTC(2026, 10, 29) });
});
beforeEach(async () => {
  dataDir = await dirs.next();
  fake = await startFakeHttp({ dataDir });
});
afterEach(() => fake.stop());
afterAll(() => dirs.remove());

const post = (path: string, payload: object, headers: Record<string, string> = bearer) =>
  fake.app.inject({ method: 'POST', url: path, headers, payload });
const audited = async () =>
  (await fake.app.inject({ url: '/api/audit', headers: bearer }))
    .json()
    .items.map((each: { action: string }) => each.action);

describe('POST /api/export', () => {
  it('is a download that the passphrase opens, and is written down', async () => {
    const answer = await post('/api/export', { passphrase: PASSPHRASE });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining('application/json'),
      'content-disposition': expect.stringMatching(/^attachment; filename="zapette-\d{4}-\d\d-\d\d\.json"$/),
      'cache-control': 'no-store',
    });
    expect(answer.body).not.toContain(someKeys.adminToken);
    const bundle = await openBundle(readBundleFile(answer.body), PASSPHRASE);
    expect(bundle).toMatchObject({ keys: someKeys, settings: someBundle.settings });
    expect(Object.keys(bundle.tables)).toEqual(Object.keys(someBundle.tables));
    expect(await audited()).toEqual(['export']);
  });

  it('refuses a short passphrase in the asker’s language', async () => {
    const answer = await post('/api/export', { passphrase: 'short' }, { ...bearer, 'accept-language': 'fr' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toEqual({
      code: 'passphrase_short',
      message: expect.stringContaining('au moins 8 caractères'),
    });
    expect(await audited()).toEqual([]);
  });
});

describe('POST /api/import', () => {
  it('keeps the file for the next start, and says so', async () => {
    const answer = await post('/api/import', { file, passphrase: PASSPHRASE });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({
      made_at: '2026-11-29T00:00:00.000Z',
      made_by: '9.8.7',
      settings: 4,
      people: 3,
      favourites: 3,
      history: 2,
      message: expect.stringContaining('next start'),
    });
    expect(await audited()).toEqual(['import']);
    expect(await readdir(dataDir)).toEqual(['import-pending.json']);
    await takeImport(dataDir);
    expect(JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8'))).toEqual(someKeys);
  });

  it.each([
    ['with another passphrase', 'passphrase_wrong', () => ({ file, passphrase: 'four words of yours' })],
    ['of something else', 'bundle_not_ours', () => ({ file: 'PNG', passphrase: PASSPHRASE })],
    ['that is cut off', 'bundle_damaged', () => ({ file: file.slice(0, -9), passphrase: PASSPHRASE })],
    ['without a file', 'bad_request', () => ({ passphrase: PASSPHRASE })],
    ['that is too large', 'bad_request', () => ({ file: 'x'.repeat(17 * 2 ** 20), passphrase: PASSPHRASE })],
  ])('keeps nothing of a file %s: %s', async (_what, code, body) => {
    const answer = await post('/api/import', body());
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json().error.code).toBe(code);
    expect(await readdir(dataDir)).toEqual([]);
    expect(await audited()).toEqual([]);
  });
});

describe.each(['/api/export', '/api/import'])('%s', (path) => {
  it('is for admins alone', async () => {
    const body = { file, passphrase: PASSPHRASE };
    expect((await post(path, body, {})).statusCode).toBe(401);
    const controller = logIn(fake, 'controller');
    expect((await post(path, body, controller)).statusCode).toBe(403);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('is not for an admin whom another one has let in, who is never shown secrets', async () => {
    const { people, sessions } = fake.context;
    const ada = { id: 'discord:81', name: 'Ada' };
    people.setStanding(ada, 'admin', fake.clock.now());
    const link = sessions.issueLink({ ...ada, role: 'admin' });
    const cookie = `zapette_session=${sessions.logIn(link, 'Firefox').token}`;
    expect((await fake.app.inject({ url: '/api/audit', headers: { cookie } })).statusCode).toBe(200);
    const answer = await post(path, { file, passphrase: PASSPHRASE }, { cookie });
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'owners_only']);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('is refused where it is asked for too often', async () => {
    const codes: number[] = [];
    for (let times = 0; times < 7; times++)
      codes.push((await post(path, { file: '', passphrase: '' })).statusCode);
    expect(codes).toEqual([400, 400, 400, 400, 400, 400, 429]);
  });

  it('leaves no passphrase and no secret in the log', async () => {
    await post(path, { file, passphrase: PASSPHRASE });
    expect(JSON.stringify(fake.log())).not.toMatch(/four words|admin-token-of-an-export|password-of-export/);
  });
});
