import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';
import { FakeSetupAccounts } from '../fakes/setup-accounts.ts';

let fake: FakeHttp;
let accounts: FakeSetupAccounts;
beforeEach(async () => {
  accounts = new FakeSetupAccounts();
  fake = await startFakeHttp({ setupAccounts: accounts });
});
afterEach(() => fake.stop());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Headers = Record<string, string>;
const ask = (method: Method, path = '', payload?: object, headers: Headers = bearer) =>
  fake.app.inject({ method, url: `/api/setup/accounts${path}`, headers, ...(payload ? { payload } : {}) });
const list = { kind: 'list', url: 'http://list.example/tv.m3u?token=hush' };
const fields = { url: list.url, username: '', password: '' };

describe('the routes of all accounts', () => {
  it.each<[Method, string, object?]>([
    ['GET', ''],
    ['POST', '', list],
    ['PUT', '/m1', list],
    ['DELETE', '/m1'],
    ['PUT', '/m1/off', { off: true }],
    ['POST', '/m1/test'],
    ['PUT', '/order', { ids: ['m1', 'main'] }],
  ])('let nobody but an admin use %s %s', async (method, path, payload) => {
    expect((await ask(method, path, payload, {})).statusCode).toBe(401);
    for (const role of ['viewer', 'controller'] as const)
      expect((await ask(method, path, payload, logIn(fake, role))).statusCode).toBe(403);
    expect(accounts.calls).toEqual([]);
    const { statusCode, headers } = await ask(method, path, payload, logIn(fake, 'admin'));
    expect([statusCode < 300, headers['cache-control']]).toEqual([true, 'no-store']);
  });

  it('tell of each account, and what can be added', async () => {
    const [main] = accounts.accounts;
    if (main) accounts.accounts = [{ ...main, trouble: new AppError('account_expired') }];
    expect((await ask('GET', '', undefined, { ...bearer, 'accept-language': 'fr' })).json()).toEqual({
      items: [
        {
          ...{ id: 'main', kind: 'subscription', name: 'abonnement 1', is_off: false, is_locked: false },
          ...{ trouble: expect.stringContaining('expiré'), connections: 2 },
          ...{ expires_at: '2027-03-03T00:00:00.000Z', channels: 12_480 },
        },
      ],
      may_add: { subscription: false, list: true },
    });
  });

  it('try before they add or replace, and tell nothing of the account', async () => {
    const added = await ask('POST', '', list);
    expect(added.json()).toEqual({ connections: null, expires_at: null, channels: 3, notes: [] });
    expect(added.body).not.toContain('hush');
    await ask('PUT', '/m2', list);
    expect(accounts.calls).toEqual([
      ['try', 'm3u', fields],
      ['use', null, 'm3u', list.url, 'console'],
      ['try', 'm3u', fields],
      ['use', 'm2', 'm3u', list.url, 'console'],
    ]);
  });

  it('add nothing that does not work', async () => {
    accounts.refusal = new AppError('list_outside');
    const refused = await ask('POST', '', { ...list, url: '/etc/passwd' });
    expect([refused.statusCode, refused.json().error.code]).toEqual([400, 'list_outside']);
    expect(accounts.calls.map(([name]) => name)).toEqual(['try']);
  });

  it('remove, pause, test and order', async () => {
    await ask('DELETE', '/x2');
    await ask('PUT', '/x2/off', { off: true });
    await ask('POST', '/x2/test');
    await ask('PUT', '/order', { ids: ['x2', 'main'] });
    expect(accounts.calls).toEqual([
      ['remove', 'x2', 'console'],
      ['pause', 'x2', true, 'console'],
      ['read', 'x2'],
      ['order', ['x2', 'main'], 'console'],
    ]);
  });

  it('limit trials, whatever is tried', async () => {
    const codes = [];
    for (let each = 0; each < 12; each += 1)
      codes.push((await (each % 2 === 0 ? ask('POST', '', list) : ask('POST', '/x2/test'))).statusCode);
    expect(codes.map((code) => code < 300)).toEqual([...Array(10).fill(true), false, false]);
    expect(codes.at(-1)).toBe(429);
  });

  it.each([{}, { ids: 'x2' }, { ids: ['../x2'] }, { ids: Array(21).fill('x2') }])(
    'refuse what is no order: %j',
    async (body) => {
      expect((await ask('PUT', '/order', body)).statusCode).toBe(400);
      expect(accounts.calls).toEqual([]);
    },
  );

  it.each(['/..', '/Main', '/x2%2Foff'])('refuse an id that is none: %s', async (path) => {
    expect((await ask('DELETE', path)).statusCode).toBeGreaterThanOrEqual(400);
    expect(accounts.calls).toEqual([]);
  });
});
