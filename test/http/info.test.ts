import { afterEach, describe, expect, it } from 'vitest';
import {
  bearer,
  type FakeHttp,
  type FakeHttpOptions,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
afterEach(() => fake.stop());

const info = async (headers: Record<string, string> = {}) =>
  (await fake.app.inject({ url: '/api/info', headers })).json();

describe('GET /api/info', () => {
  it.each<[FakeHttpOptions, boolean]>([
    [{}, true],
    [{ key: true }, false],
    [{ personal: true }, false],
  ])(
    'says whether /watch opens (%j): to strangers %j, to people who are logged in',
    async (access, strangers) => {
      fake = await startFakeHttp(access);
      expect(await info()).toMatchObject({ can_watch: strangers, may: [] });
      expect(await info(logIn(fake, 'viewer'))).toMatchObject({ can_watch: true });
    },
  );

  it('says that /watch opens to a viewer with the key', async () => {
    fake = await startFakeHttp({ key: true });
    const page = await fake.app.inject(`/watch?key=${encodeURIComponent(VIEWER_KEY)}`);
    const [cookie = ''] = String(page.headers['set-cookie']).split(';');
    expect(await info({ cookie })).toMatchObject({ can_watch: true, role: null });
  });

  it('answers strangers where the default screen is for people who are logged in', async () => {
    fake = await startFakeHttp();
    const closed = await fake.app.inject({
      method: 'PATCH',
      url: '/api/screens/live',
      headers: bearer,
      payload: { watch: 'viewer' },
    });
    expect(closed.statusCode).toBe(200);
    expect(await info()).toMatchObject({ role: null, can_watch: false });
    expect(await info(logIn(fake, 'viewer'))).toMatchObject({ role: 'viewer', can_watch: true });
    const named = await fake.app.inject('/api/info?screen=live');
    expect([named.statusCode, named.json().error.code]).toEqual([403, 'screen_closed_to_you']);
  });

  it('lists the rights by role and etiquette', async () => {
    fake = await startFakeHttp({ etiquette: 'controllers' });
    expect((await info(logIn(fake, 'viewer'))).may).toEqual([
      ...['look', 'own', 'vote', 'react', 'clip', 'stop', 'record'],
    ]);
    expect((await info(bearer)).may).toContain('administer');
  });

  it.each([
    [{}, '127.0.0.1:8002', 'host'],
    [{}, 'localhost:8002', 'host'],
    [{}, '[::1]:8002', 'host'],
    [{}, 'tv.lan', null],
    [{ publicUrl: 'https://tv.example' }, '127.0.0.1:8002', null],
    [{ host: '0.0.0.0' }, '127.0.0.1:8002', 'address'],
    [{ host: '0.0.0.0' }, '192.168.1.20:8002', null],
  ])(
    'says whether its addresses work elsewhere: %j, requested as %s: %s',
    async (options, host, expected) => {
      fake = await startFakeHttp(options);
      expect((await info({ host })).only_here).toBe(expected);
    },
  );

  it('says whether there is a bot', async () => {
    fake = await startFakeHttp();
    expect(await info()).toMatchObject({ bot: true });
  });
});
