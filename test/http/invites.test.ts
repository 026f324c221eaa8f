import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INVITE_LIFETIME } from '../../src/access/invites.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ publicUrl: 'https://tv.example' });
});
afterEach(() => fake.stop());

type Headers = Record<string, string>;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const ask = (method: Method, url: string, headers: Headers = {}, payload?: object) =>
  fake.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
const invite = async (name = 'Ada', role = 'viewer') =>
  (await ask('POST', '/api/invites', bearer, { name, role })).json<{ id: number; url: string }>();
const pathOf = (url: string) => new URL(url).pathname;
/** Presses the button of a link's page; gives what the browser sends from then on. */
async function accept(url: string): Promise<Headers> {
  const login = await ask('POST', pathOf(url));
  expect(login.statusCode).toBe(303);
  return { cookie: String(login.headers['set-cookie']).split(';', 1)[0] ?? '' };
}
const me = async (headers: Headers) => (await ask('GET', '/api/me', headers)).json();

describe('an invitation', () => {
  it('is a link at the public address that logs its person in once, by name', async () => {
    const response = await ask('POST', '/api/invites', bearer, { name: ' Ada ', role: 'controller' });
    expect(response.statusCode).toBe(201);
    const { url, expires_at: expiresAt } = response.json();
    expect(url).toMatch(/^https:\/\/tv\.example\/login\/[\w-]{30,}$/);
    expect(Date.parse(expiresAt) - fake.clock.now()).toBe(INVITE_LIFETIME);
    const page = await ask('GET', pathOf(url), { 'accept-language': 'en' });
    expect(page.body).toContain('As Ada (may also stop and restart).');
    expect(await me(await accept(url))).toMatchObject({
      id: expect.stringMatching(/^web:/),
      name: 'Ada',
      role: 'controller',
    });
    expect((await ask('POST', pathOf(url))).statusCode).toBe(410);
  });

  it('is listed without its token until it is used', async () => {
    const { id, url } = await invite();
    const listed = await ask('GET', '/api/invites', bearer);
    expect(listed.json().items).toMatchObject([{ id, name: 'Ada', role: 'viewer', made_by: 'console' }]);
    expect(listed.body).not.toContain(pathOf(url).split('/')[2]);
    await accept(url);
    expect((await ask('GET', '/api/invites', bearer)).json().items).toEqual([]);
  });

  it('is valid for a week', async () => {
    const { url } = await invite();
    fake.clock.skip(INVITE_LIFETIME - 1000);
    expect((await ask('GET', pathOf(url))).statusCode).toBe(200);
    fake.clock.skip(1000);
    expect((await ask('GET', pathOf(url))).statusCode).toBe(410);
  });

  it('can be revoked once', async () => {
    const { id, url } = await invite();
    expect((await ask('DELETE', `/api/invites/${id}`, bearer)).statusCode).toBe(204);
    expect((await ask('DELETE', `/api/invites/${id}`, bearer)).statusCode).toBe(404);
    expect((await ask('POST', pathOf(url))).statusCode).toBe(410);
  });

  it('is not confused with log-in links, which are neither listed nor revoked', async () => {
    fake.context.sessions.issueLink({ id: 'discord:1', name: 'Bob', role: 'viewer' });
    expect((await ask('GET', '/api/invites', bearer)).json().items).toEqual([]);
    expect((await ask('DELETE', '/api/invites/1', bearer)).statusCode).toBe(404);
  });

  it('can only be made by admins', async () => {
    const payload = { name: 'Ada', role: 'viewer' };
    for (const role of ['viewer', 'controller'] as const) {
      expect((await ask('POST', '/api/invites', logIn(fake, role), payload)).statusCode).toBe(403);
      expect((await ask('GET', '/api/invites', logIn(fake, role))).statusCode).toBe(403);
    }
    expect((await ask('POST', '/api/invites', {}, payload)).statusCode).toBe(401);
  });

  it.each([
    {},
    { name: '  ', role: 'viewer' },
    { name: 'Ada', role: 'owner' },
    { name: 'x'.repeat(61), role: 'viewer' },
  ])('requires a name and a role: %j', async (payload) => {
    expect((await ask('POST', '/api/invites', bearer, payload)).statusCode).toBe(400);
  });
});

describe('an invited person', () => {
  it('is named in the status, the history and the audit log', async () => {
    const ada = await accept((await invite()).url);
    await ask('POST', '/set_active_stream', ada, { channel_id: 1 });
    expect((await ask('GET', '/stream_status', ada)).json()).toMatchObject({ asked_by: 'Ada' });
    expect((await ask('GET', '/api/history', ada)).json().items).toMatchObject([{ asked_by: 'Ada' }]);
    const { items } = (await ask('GET', '/api/audit', bearer)).json();
    expect(
      items.map(({ by, action }: { by: { name: string }; action: string }) => [by.name, action]),
    ).toEqual([
      ['Ada', 'play'],
      ['Ada', 'login'],
      ['console', 'invite_made'],
    ]);
  });

  it('has sessions that are listed and that an admin can end', async () => {
    const ada = await accept((await invite()).url);
    const { items } = (await ask('GET', '/api/sessions', bearer)).json();
    expect(items).toMatchObject([{ person: { name: 'Ada' }, role: 'viewer' }]);
    await ask('DELETE', `/api/sessions/${items[0].id}`, bearer);
    expect((await ask('GET', '/api/me', ada)).statusCode).toBe(401);
  });

  it('can be shut out and let in again, with everything they have', async () => {
    const ada = await accept((await invite()).url);
    await ask('POST', '/api/links', ada, { channel_id: 1 });
    const { id } = await me(ada);
    const decide = (standing: string) => ask('PUT', `/api/people/${id}`, bearer, { standing });
    expect((await decide('denied')).statusCode).toBe(204);
    expect((await ask('GET', '/api/me', ada)).statusCode).toBe(401);
    expect((await ask('GET', '/api/links?all=true', bearer)).json().items).toEqual([]);
    const people = (await ask('GET', '/api/people', bearer)).json().items;
    expect(people).toContainEqual(expect.objectContaining({ id, name: 'Ada', standing: 'denied' }));
    await decide('viewer');
    expect(await me(ada)).toMatchObject({ role: 'viewer' });
  });
});

describe('PUT /api/people/<id>', () => {
  it('refuses the asker’s own rights, the owner’s, and those of an unknown person', async () => {
    const admin = logIn(fake, 'admin');
    await ask('POST', '/api/session', {}, { token: 'the-admin-token-of-tests' });
    const decide = async (id: string) =>
      (await ask('PUT', `/api/people/${id}`, admin, { standing: 'denied' })).json().error.code;
    expect(await decide('discord:admin')).toBe('own_rights');
    expect(await decide('console')).toBe('owners_rights');
    expect(await decide('web:nobody')).toBe('not_found');
  });
});

describe('a link for another device', () => {
  it('logs the same person in with at most their own role, for ten minutes', async () => {
    const ada = await accept((await invite()).url);
    const made = await ask('POST', '/api/sessions/link', ada);
    expect(made.statusCode).toBe(201);
    expect(await me(await accept(made.json().url))).toEqual(await me(ada));
    const late = await ask('POST', '/api/sessions/link', ada);
    fake.clock.skip(10 * 60_000);
    expect((await ask('POST', pathOf(late.json().url))).statusCode).toBe(410);
  });
});

describe('a session by an API token', () => {
  const token = async (role: string) =>
    (await ask('POST', '/api/tokens', bearer, { name: 'kitchen', role })).json<{
      id: number;
      token: string;
    }>();
  async function logInBy(text: string): Promise<Headers> {
    const response = await ask('POST', '/api/session', {}, { token: text });
    expect(response.statusCode).toBe(204);
    return { cookie: String(response.headers['set-cookie']).split(';', 1)[0] ?? '' };
  }

  it.each(['viewer', 'controller', 'admin'])('may do what a %s may, in the token’s name', async (role) => {
    const session = await logInBy((await token(role)).token);
    expect(await me(session)).toMatchObject({ name: 'kitchen', role });
  });

  it('ends with the token, as do the devices that it let in', async () => {
    const { id, token: text } = await token('viewer');
    const session = await logInBy(text);
    const { url } = (await ask('POST', '/api/sessions/link', session)).json();
    const other = await accept(url);
    expect(await me(other)).toMatchObject({ name: 'kitchen' });
    await ask('DELETE', `/api/tokens/${id}`, bearer);
    for (const each of [session, other]) expect((await ask('GET', '/api/me', each)).statusCode).toBe(401);
    // Making another throws the old ones away.
    await token('viewer');
    expect((await ask('GET', '/api/me', session)).statusCode).toBe(401);
  });

  it('lists and ends only its own sessions, not those of the token’s maker', async () => {
    const owners = await logInBy('the-admin-token-of-tests');
    const session = await logInBy((await token('viewer')).token);
    expect((await ask('GET', '/api/sessions', session)).json().items).toHaveLength(1);
    await ask('DELETE', '/api/sessions', session);
    expect((await ask('GET', '/api/me', session)).statusCode).toBe(401);
    expect((await ask('GET', '/api/me', owners)).statusCode).toBe(200);
  });

  it('is another person than the owner for the etiquette', async () => {
    const session = await logInBy((await token('viewer')).token);
    await ask('POST', '/set_active_stream', bearer, { channel_id: 1 });
    expect((await ask('POST', '/stop_stream', session)).json().error.code).toBe('stop_not_yours');
  });
});
