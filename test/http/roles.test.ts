import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { french, original } from '../fakes/audio-tracks.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

type Headers = Record<string, string>;
const ask = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  headers: Headers = {},
  payload?: object,
) => fake.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
const ada = { id: 'discord:1', name: 'Ada' };

describe('roles', () => {
  it.each([
    ['GET', '/api/me', undefined, 'viewer'],
    ['GET', '/api/sessions', undefined, 'viewer'],
    ['POST', '/set_active_stream', { channel_id: 1 }, 'viewer'],
    // Whoever puts it on may stop it as well; here, somebody else has.
    ['POST', '/stop_stream', {}, 'controller'],
    ['POST', '/restart_stream', {}, 'controller'],
    ['GET', '/api/history', undefined, 'viewer'],
    ['GET', '/api/guide?ids=1', undefined, 'viewer'],
    ['GET', '/api/guide/search?q=news', undefined, 'viewer'],
    ['POST', '/api/audio', { track: original.id }, 'controller'],
    ['GET', '/api/links', undefined, 'viewer'],
    ['GET', '/api/links?all=true', undefined, 'admin'],
    ['GET', '/api/favourites', undefined, 'viewer'],
    ['PUT', '/api/favourites/1', undefined, 'viewer'],
    ['GET', '/api/recents', undefined, 'viewer'],
    ['POST', '/api/links', { channel_id: 1 }, 'viewer'],
    ['DELETE', '/api/links', undefined, 'viewer'],
    ['DELETE', '/api/links?all=true', undefined, 'admin'],
    ['GET', '/api/tokens', undefined, 'admin'],
    ['GET', '/api/clients', undefined, 'admin'],
    ['POST', '/api/clients', { name: 'x', kind: 'kodi' }, 'admin'],
    ['POST', '/api/tokens', { name: 'x', role: 'viewer' }, 'admin'],
    ['GET', '/api/audit', undefined, 'admin'],
    ['GET', '/api/doctor', undefined, 'admin'],
    ['GET', '/api/settings', undefined, 'admin'],
    ['PUT', '/api/settings', { changes: {} }, 'admin'],
    ['GET', '/api/log', undefined, 'admin'],
  ] as const)('open %s %s (%j) to nobody below a %s', async (method, url, payload, least) => {
    const roles = ['viewer', 'controller', 'admin'] as const;
    fake.tracks.set(1, [french, original]);
    await ask('POST', '/set_active_stream', bearer, { channel_id: 1 });
    expect((await ask(method, url, {}, payload)).statusCode).toBe(401);
    for (const role of roles) {
      const { statusCode } = await ask(method, url, logIn(fake, role), payload);
      const isEnough = roles.indexOf(role) >= roles.indexOf(least);
      expect([role, statusCode < 300 ? 'in' : statusCode]).toEqual([role, isEnough ? 'in' : 403]);
    }
  });

  it('are shown with the person’s name everywhere', async () => {
    await ask('POST', '/set_active_stream', logIn(fake, 'controller', ada), { channel_id: 1 });
    expect((await ask('GET', '/stream_status')).json()).toMatchObject({ asked_by: 'Ada' });
    const { items } = (await ask('GET', '/api/audit', bearer)).json();
    expect(items[0]).toMatchObject({ by: ada, action: 'play', detail: 'TF1 HD' });
  });

  it('end at once for a person who is shut out', async () => {
    const session = logIn(fake, 'admin', ada);
    expect((await ask('POST', '/stop_stream', session)).statusCode).toBe(200);
    fake.context.people.setStanding(ada, 'denied', fake.clock.now());
    expect((await ask('POST', '/stop_stream', session)).statusCode).toBe(401);
    expect((await ask('GET', '/api/info', session)).json()).toMatchObject({ operator: false, role: null });
  });

  it('tell the page what to show', async () => {
    expect((await ask('GET', '/api/info', logIn(fake, 'viewer'))).json()).toMatchObject({
      operator: false,
      role: 'viewer',
    });
    expect((await ask('GET', '/api/info', logIn(fake, 'controller'))).json()).toMatchObject({
      operator: true,
      role: 'controller',
    });
  });
});

describe('GET /api/me', () => {
  it('gives the asker’s name, role and language', async () => {
    const session = logIn(fake, 'viewer', ada);
    const me = async () => (await ask('GET', '/api/me', { ...session, 'accept-language': 'en' })).json();
    expect(await me()).toEqual({ ...ada, role: 'viewer', language: 'en' });
    fake.context.people.setLanguage(ada, 'fr', fake.clock.now());
    expect(await me()).toMatchObject({ language: 'fr' });
  });
});

describe('/api/sessions', () => {
  const list = async (headers: Headers) => (await ask('GET', '/api/sessions', headers)).json().items;

  it('are the asker’s own, and everybody’s for an admin', async () => {
    const mine = logIn(fake, 'controller', ada);
    logIn(fake, 'viewer');
    expect(await list(mine)).toEqual([
      {
        id: expect.any(Number),
        person: ada,
        role: 'controller',
        browser: 'Firefox',
        created_at: new Date(fake.clock.now()).toISOString(),
        last_seen_at: new Date(fake.clock.now()).toISOString(),
        expires_at: expect.any(String),
        is_this_one: true,
      },
    ]);
    expect((await list(bearer)).map((session: { person: { name: string } }) => session.person.name)).toEqual([
      'viewer',
      'Ada',
    ]);
  });

  it('can be ended one by one, those of others only by an admin', async () => {
    const [mine, other] = [logIn(fake, 'controller', ada), logIn(fake, 'viewer')];
    const [{ id }] = await list(other);
    expect((await ask('DELETE', `/api/sessions/${id}`, mine)).statusCode).toBe(404);
    expect((await ask('DELETE', `/api/sessions/${id}`, bearer)).statusCode).toBe(204);
    expect((await ask('GET', '/api/me', other)).statusCode).toBe(401);
    expect((await ask('GET', '/api/me', mine)).statusCode).toBe(200);
  });

  it('can all be ended at once', async () => {
    const [here, there, other] = [
      logIn(fake, 'viewer', ada),
      logIn(fake, 'viewer', ada),
      logIn(fake, 'admin'),
    ];
    expect((await ask('DELETE', '/api/sessions', here)).statusCode).toBe(204);
    for (const session of [here, there]) expect((await ask('GET', '/api/me', session)).statusCode).toBe(401);
    expect((await ask('GET', '/api/me', other)).statusCode).toBe(200);
  });

  it('end on the server when the person logs out', async () => {
    const session = logIn(fake, 'viewer', ada);
    await ask('DELETE', '/api/session', session);
    expect((await ask('GET', '/api/me', session)).statusCode).toBe(401);
  });
});

describe('/api/tokens', () => {
  it('makes a token with a role, which is shown once and can be revoked', async () => {
    const made = await ask('POST', '/api/tokens', bearer, { name: 'heating', role: 'controller' });
    expect(made.statusCode).toBe(201);
    const { id, token } = made.json();
    const heating = { authorization: `Bearer ${token}` };
    await ask('POST', '/set_active_stream', heating, { channel_id: 1 });
    expect((await ask('GET', '/stream_status')).json()).toMatchObject({ asked_by: 'heating' });
    expect((await ask('GET', '/api/audit', heating)).statusCode).toBe(403);
    const listed = await ask('GET', '/api/tokens', bearer);
    expect(listed.body).not.toContain(token);
    expect(listed.json().items).toMatchObject([{ id, name: 'heating', role: 'controller' }]);
    expect((await ask('DELETE', `/api/tokens/${id}`, bearer)).statusCode).toBe(204);
    expect((await ask('DELETE', `/api/tokens/${id}`, bearer)).statusCode).toBe(404);
    expect((await ask('POST', '/stop_stream', heating)).statusCode).toBe(401);
  });

  it.each([
    {},
    { name: '', role: 'viewer' },
    { name: 'x', role: 'owner' },
    { name: 'x'.repeat(61), role: 'viewer' },
  ])('refuse %j as a bad request', async (payload) => {
    expect((await ask('POST', '/api/tokens', bearer, payload)).statusCode).toBe(400);
  });
});

describe('GET /api/audit', () => {
  it('lists every change with its person, latest first, without any token', async () => {
    const session = logIn(fake, 'controller', ada);
    await ask('POST', '/set_active_stream', session, { channel_id: 1 });
    await ask('POST', '/stop_stream', session);
    const { token } = (await ask('POST', '/api/tokens', bearer, { name: 'heating', role: 'viewer' })).json();
    await ask('DELETE', '/api/session', session);
    const response = await ask('GET', '/api/audit', bearer);
    const lines = response
      .json()
      .items.map((entry: Record<'action' | 'detail', string> & { by: { name: string } }) => [
        entry.by.name,
        entry.action,
        entry.detail,
      ]);
    expect(lines).toEqual([
      ['Ada', 'logout', ''],
      ['console', 'token_made', 'heating (viewer)'],
      ['Ada', 'stop', ''],
      ['Ada', 'play', 'TF1 HD'],
      ['Ada', 'login', 'Firefox'],
    ]);
    for (const secret of [token, session.cookie.split('=')[1]]) expect(response.body).not.toContain(secret);
  });

  it('can be read by page', async () => {
    for (const _ of Array(3)) await ask('POST', '/stop_stream', bearer);
    const first = (await ask('GET', '/api/audit?limit=2', bearer)).json().items;
    const rest = (await ask('GET', `/api/audit?limit=2&before=${first[1].id}`, bearer)).json().items;
    expect([first.length, rest.length]).toEqual([2, 1]);
  });
});
