import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';
import { FakeSetupAccount } from '../fakes/setup-account.ts';

let fake: FakeHttp;
let account: FakeSetupAccount;
beforeEach(async () => {
  account = new FakeSetupAccount();
  fake = await startFakeHttp({ setupAccount: account });
});
afterEach(() => fake.stop());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Headers = Record<string, string>;
const ask = (method: Method, path: string, payload?: object, headers: Headers = bearer) =>
  fake.app.inject({ method, url: `/api/setup/${path}`, headers, ...(payload ? { payload } : {}) });
const fields = { url: 'http://panel.example:8080', username: 'subscriber-7', password: 'hush-hush-7' };
const told = { connections: 2, expires_at: '2027-03-03T00:00:00.000Z', channels: 12_480 };

describe('the routes of the account', () => {
  it.each<[Method, string, object?]>([
    ['POST', 'account/try', fields],
    ['PUT', 'account', fields],
    ['DELETE', 'account'],
    ['GET', 'categories'],
    ['PUT', 'categories', { hidden: [] }],
  ])('let nobody but an admin use %s %s', async (method, path, payload) => {
    expect((await ask(method, path, payload, {})).statusCode).toBe(401);
    for (const role of ['viewer', 'controller'] as const)
      expect((await ask(method, path, payload, logIn(fake, role))).statusCode).toBe(403);
    expect(account.calls).toEqual([]);
    const { statusCode, headers } = await ask(method, path, payload, logIn(fake, 'admin'));
    expect([statusCode < 300, headers['cache-control']]).toEqual([true, 'no-store']);
  });

  it.each([
    ['en', 'The address was in the user name field.'],
    ['fr', 'L’adresse était dans le champ de l’identifiant.'],
  ])('say in %s what a trial found, and nothing of the account', async (language, note) => {
    const response = await ask('POST', 'account/try', fields, { ...bearer, 'accept-language': language });
    expect(response.json()).toEqual({ ...told, notes: [note] });
    for (const secret of Object.values(fields)) expect(response.body).not.toContain(secret);
    expect(account.calls).toEqual([]);
  });

  it('take fields that are missing for empty ones', async () => {
    let given: unknown;
    account.trial = async (typed) => {
      given = typed;
      throw new AppError('trial_no_password');
    };
    const response = await ask('POST', 'account/try', { url: 'x' });
    expect(given).toEqual({ url: 'x', username: '', password: '' });
    expect([response.statusCode, response.json().error.code]).toEqual([400, 'trial_no_password']);
  });

  it('take a whole list for a field', async () => {
    const response = await ask('POST', 'account/try', { url: 'http://panel.example/1.ts\n'.repeat(20_000) });
    expect(response.statusCode).toBe(200);
  });

  it('use a subscription that works', async () => {
    expect((await ask('PUT', 'account', fields)).json()).toMatchObject(told);
    await ask('PUT', 'account', { ...fields, confirm: true });
    expect(account.calls).toEqual([
      ['use', 'console', { confirm: false }],
      ['use', 'console', { confirm: true }],
    ]);
  });

  it('do not use one that does not work, or that needs a confirmation', async () => {
    account.refusal = new AppError('account_on_air', { channel: 'TF1' });
    const asked = await ask('PUT', 'account', fields, { ...bearer, 'accept-language': 'en' });
    expect([asked.statusCode, asked.json().error]).toEqual([
      409,
      { code: 'account_on_air', message: expect.stringContaining('TF1') },
    ]);
    account.calls.length = 0;
    account.trial = () => Promise.reject(new AppError('trial_refused'));
    const refused = await ask('PUT', 'account', fields);
    expect([refused.statusCode, refused.json().error.code]).toEqual([422, 'trial_refused']);
    expect(account.calls).toEqual([]);
  });

  it('go back to the demo', async () => {
    expect((await ask('DELETE', 'account')).statusCode).toBe(204);
    expect(account.calls).toEqual([['leave', 'console']]);
  });

  it('run one trial at a time, and the next once it is over', async () => {
    const running = Promise.withResolvers<void>();
    const end = Promise.withResolvers<never>();
    account.trial = () => {
      running.resolve();
      return end.promise;
    };
    const first = ask('POST', 'account/try', fields);
    await running.promise;
    for (const [method, path] of [
      ['POST', 'account/try'],
      ['PUT', 'account'],
      ['DELETE', 'account'],
    ] as const) {
      const second = await ask(method, path, method === 'DELETE' ? undefined : fields);
      expect([second.statusCode, second.json().error.code]).toEqual([409, 'trial_running']);
    }
    end.reject(new AppError('trial_silent'));
    expect((await first).json().error.code).toBe('trial_silent');
    expect(account.calls).toEqual([]);
    expect((await ask('DELETE', 'account')).statusCode).toBe(204);
  });

  it('end a trial whose asker has gone', async () => {
    const started = Promise.withResolvers<AbortSignal>();
    account.trial = (_typed, signal) => {
      started.resolve(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    };
    const address = await fake.listen();
    const gone = new AbortController();
    const request = fetch(`${address}/api/setup/account/try`, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify(fields),
      signal: gone.signal,
    });
    const signal = await started.promise;
    expect(signal.aborted).toBe(false);
    gone.abort();
    await expect(request).rejects.toThrow();
    await expect.poll(() => signal.aborted).toBe(true);
    await expect.poll(async () => (await ask('DELETE', 'account')).statusCode).toBe(204);
  });

  it('limit trials, used or not', async () => {
    const codes = [];
    for (let each = 0; each < 12; each += 1) {
      const response =
        each % 2 === 0 ? await ask('POST', 'account/try', fields) : await ask('PUT', 'account', fields);
      codes.push(response.statusCode);
    }
    expect(codes).toEqual([...Array(10).fill(200), 429, 429]);
    await fake.clock.advance(61_000);
    expect((await ask('POST', 'account/try', fields)).statusCode).toBe(200);
  });
});

describe('the routes of the categories', () => {
  it('list them, and leave out what is chosen', async () => {
    expect((await ask('GET', 'categories')).json()).toEqual({
      items: [{ id: '3', name: 'France', count: 120, is_hidden: false }],
    });
    expect((await ask('PUT', 'categories', { hidden: ['3', '9', '3'] })).statusCode).toBe(204);
    expect(account.calls).toEqual([['hide', 'console', ['3', '9']]]);
  });

  it.each([{}, { hidden: '3' }, { hidden: [3] }])('refuse %j', async (payload) => {
    const response = await ask('PUT', 'categories', payload);
    expect([response.statusCode, response.json().error.message]).toEqual([
      400,
      expect.stringContaining('hidden'),
    ]);
    expect(account.calls).toEqual([]);
  });
});
