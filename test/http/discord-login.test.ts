import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ATTEMPT_LIFETIME } from '../../src/access/discord-login.ts';
import { FakeDiscordOauth, type FakeUser } from '../fakes/discord-oauth.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

const DJ = '400000000000000001';
const anna: FakeUser = { id: '5', name: 'Anna', locale: 'fr', roles: [DJ] };

let discord: FakeDiscordOauth;
let fake: FakeHttp;
beforeAll(async () => {
  discord = await FakeDiscordOauth.start();
});
afterAll(() => discord.stop());
beforeEach(async () => {
  discord.isBroken = false;
  const { clientId, clientSecret, botToken, guildId, apiUrl } = discord;
  const listed = { admin: new Set<string>(), controller: new Set([DJ]), viewer: new Set(['7']) };
  const redirectUri = 'https://tv.example/login/discord';
  fake = await startFakeHttp({
    publicUrl: 'https://tv.example',
    discord: { clientId, clientSecret, botToken, guildId, apiUrl, redirectUri, listed },
  });
});
afterEach(() => fake.stop());

const get = (url: string, cookie = '') =>
  fake.app.inject({ url, headers: { cookie, 'accept-language': 'en' } });
const cookiesOf = (response: Awaited<ReturnType<typeof get>>) =>
  new Map(
    [response.headers['set-cookie'] ?? []].flat().map((set) => {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      return [name, value] as const;
    }),
  );

/** Goes to Discord: what the browser keeps, and where it is sent. */
async function begin() {
  const response = await get('/login/discord');
  expect(response.statusCode).toBe(302);
  const attempt = `zapette_attempt=${cookiesOf(response).get('zapette_attempt')}`;
  return { response, attempt, address: String(response.headers.location) };
}
const comeBack = ({ code, state }: { code: string; state: string }, attempt: string) =>
  get(`/login/discord?${new URLSearchParams({ code, state })}`, attempt);

async function logIn(user: FakeUser) {
  const { attempt, address } = await begin();
  const response = await comeBack(discord.authorise(address, user), attempt);
  return { response, session: `zapette_session=${cookiesOf(response).get('zapette_session') ?? ''}` };
}
const me = async (session: string) => (await get('/api/me', session)).json();

describe('logging in with Discord', () => {
  it.each<[what: string, user: FakeUser, role: string, home: string]>([
    ['a role of the server', anna, 'controller', '/'],
    ['their own id, in the server or not', { id: '7', name: 'Bob', roles: null }, 'viewer', '/watch'],
    ['owning the server', { id: '900000000000000009', name: 'Boss', roles: [] }, 'admin', '/'],
  ])('gives the role that the bot would give: by %s', async (_, user, role, home) => {
    const { response, session } = await logIn(user);
    expect(response.statusCode).toBe(200);
    // Not by a redirect, which would bring no strict cookie along.
    expect(response.headers.refresh).toBe(`0; url=${home}`);
    expect(await me(session)).toMatchObject({ id: `discord:${user.id}`, name: user.name, role });
  });

  it.each<[what: string, user: FakeUser]>([
    ['whom nothing lets in', { id: '6', name: 'Eve', roles: ['1'] }],
    ['who was shut out', { id: '8', name: 'Mallory', roles: [DJ] }],
  ])('refuses %s with a sentence', async (_, user) => {
    fake.context.people.setStanding({ id: 'discord:8', name: 'Mallory' }, 'denied', 0);
    const { response, session } = await logIn(user);
    expect(response.statusCode).toBe(403);
    expect(response.body).toContain(`your id is ${user.id}`);
    expect(session).toBe('zapette_session=');
  });

  it('keeps the verifier in the browser, and sends Discord only public values', async () => {
    const { response, address } = await begin();
    const set = String(response.headers['set-cookie']);
    for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=600']) expect(set).toContain(part);
    expect(new URL(address).searchParams.get('redirect_uri')).toBe('https://tv.example/login/discord');
    expect(address).not.toContain(discord.clientSecret);
    expect(address).not.toContain(cookiesOf(response).get('zapette_attempt'));
  });

  it('accepts a code once, in time, and only from the browser that began', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const refused = async (returned: { code: string; state: string }, attempt: string) => {
      const response = await comeBack(returned, attempt);
      expect(response.statusCode).toBe(403);
      expect(response.body).toContain('try again');
      expect(cookiesOf(response).has('zapette_session')).toBe(false);
    };
    const good = discord.authorise(mine.address, anna);
    await refused(good, '');
    await refused(good, theirs.attempt);
    await refused({ ...good, state: '' }, mine.attempt);
    await refused({ ...good, code: discord.authorise(theirs.address, anna).code }, mine.attempt);
    expect((await comeBack(good, mine.attempt)).statusCode).toBe(200);
    await refused(good, mine.attempt);
    const late = discord.authorise(theirs.address, anna);
    fake.clock.skip(ATTEMPT_LIFETIME);
    await refused(late, theirs.attempt);
  });

  it('explains a cancelled login, or that Discord does not answer', async () => {
    const { attempt, address } = await begin();
    const no = await get('/login/discord?error=access_denied&state=x', attempt);
    expect([no.statusCode, no.body]).toEqual([403, expect.stringContaining('try again')]);
    const back = discord.authorise(address, anna);
    discord.isBroken = true;
    const broken = await comeBack(back, attempt);
    expect([broken.statusCode, broken.body]).toEqual([
      502,
      expect.stringContaining('Discord does not answer'),
    ]);
  });

  it('exists only where it is set up', async () => {
    expect((await get('/api/info')).json()).toMatchObject({ discord_login: true });
    await fake.stop();
    fake = await startFakeHttp();
    expect((await get('/api/info')).json()).toMatchObject({ discord_login: false });
    expect((await get('/login/discord')).statusCode).toBe(409);
  });
});
