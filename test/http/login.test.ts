import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import type { Role } from '../../src/domain/actor.ts';
import { ADMIN_TOKEN, type FakeHttp, startFakeHttp, VIEWER_KEY } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

type Headers = Record<string, string>;
const ask = (method: 'GET' | 'POST', url: string, headers: Headers = {}) =>
  fake.app.inject({ method, url, headers });
const invite = (role: Role, name = 'Ada') =>
  `/login/${fake.context.sessions.issueLink({ id: 'discord:1', name, role })}`;
const cookieOf = (response: Awaited<ReturnType<typeof ask>>) => ({
  cookie: String(response.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '',
});

describe('/login/<token>', () => {
  it('shows a page with a button any number of times, and logs in once by the button', async () => {
    const url = invite('controller');
    for (const _ of Array(3)) {
      const page = await ask('GET', url, { 'accept-language': 'en' });
      expect(page.statusCode).toBe(200);
      expect(page.headers['content-type']).toMatch(/^text\/html/);
      expect(page.headers['cache-control']).toBe('no-store');
      expect(page.headers['set-cookie']).toBeUndefined();
      expect(page.body).toContain('As Ada (may also stop and restart).');
      expect(page.body).toContain('<form method="post">');
    }
    const login = await ask('POST', url, { 'content-type': 'application/x-www-form-urlencoded' });
    expect([login.statusCode, login.headers.location]).toEqual([303, '/']);
    expect((await ask('GET', '/api/me', cookieOf(login))).json()).toMatchObject({
      id: 'discord:1',
      name: 'Ada',
      role: 'controller',
    });
    for (const method of ['GET', 'POST'] as const) {
      const again = await ask(method, url, { 'accept-language': 'fr' });
      expect(again.statusCode).toBe(410);
      expect(again.headers['set-cookie']).toBeUndefined();
      expect(again.body).toContain('Ce lien ne sert qu’une fois');
    }
  });

  it('names the owner', async () => {
    const url = `/login/${fake.context.sessions.issueLink(owner)}`;
    expect((await ask('GET', url, { 'accept-language': 'fr' })).body).toContain('En tant que propriétaire');
  });

  it('leads viewers to the watch page', async () => {
    expect((await ask('POST', invite('viewer'))).headers.location).toBe('/watch');
  });

  it('escapes names', async () => {
    const page = await ask('GET', invite('viewer', '<img src=x onerror=alert(1)>"\'&'));
    expect(page.body).toContain('&#60;img src=x onerror=alert(1)&#62;&#34;&#39;&#38;');
    expect(page.body).not.toContain('<img');
  });

  it('ends the earlier session of the browser', async () => {
    const before = logIn(fake, 'admin');
    await ask('POST', invite('viewer'), before);
    expect((await ask('GET', '/api/me', before)).statusCode).toBe(401);
  });

  it('accepts twenty tries a minute', async () => {
    for (const _ of Array(20)) expect((await ask('POST', '/login/guess')).statusCode).toBe(410);
    expect((await ask('POST', invite('admin'))).statusCode).toBe(429);
  });
});

describe('cookies', () => {
  it('are bound to this host where it is reached by https', async () => {
    await fake.stop();
    fake = await startFakeHttp({ trustProxy: true });
    const https = { 'x-forwarded-proto': 'https' };
    const login = await ask('POST', invite('viewer'), https);
    const set = String(login.headers['set-cookie']);
    expect(set).toMatch(/^__Host-zapette_session=[\w-]{32,}; /);
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
      expect(set).toContain(`; ${part}`);
    expect(set).not.toContain('Domain');
    const { cookie } = cookieOf(login);
    expect((await ask('GET', '/api/me', { ...https, cookie })).statusCode).toBe(200);
    // One that a page of another host of the domain could have planted.
    const planted = cookie.replace('__Host-', '');
    expect((await ask('GET', '/api/me', { ...https, cookie: planted })).statusCode).toBe(401);
  });
});

describe('/watch where people must log in', () => {
  beforeEach(async () => {
    await fake.stop();
    fake = await startFakeHttp({ personal: true });
  });
  const key = encodeURIComponent(VIEWER_KEY);

  it('tells strangers and holders of the key how to log in', async () => {
    for (const url of ['/watch', `/watch?key=${key}`]) {
      const page = await ask('GET', url, { 'accept-language': 'en' });
      expect(page.statusCode).toBe(401);
      expect(page.headers['content-type']).toMatch(/^text\/html/);
      expect(page.body).toContain('Send /watch to the bot');
      expect(page.headers['set-cookie']).toBeUndefined();
    }
  });

  it('opens to people who are logged in, as long as they may watch', async () => {
    const ada = { id: 'discord:1', name: 'Ada' };
    const { cookie } = logIn(fake, 'viewer', ada);
    const page = await ask('GET', '/watch', { cookie });
    expect(page.body).toContain('<title>watch</title>');
    const watching = { cookie: `${cookie}; ${cookieOf(page).cookie}` };
    const playlist = await ask('GET', '/internal_stream.m3u8', watching);
    expect(playlist.statusCode).toBe(200);
    const [segment = ''] = playlist.body.split('\n').filter((line) => /^[^#]/.test(line));
    expect((await ask('GET', `/${segment}`, watching)).statusCode).toBe(200);
    expect((await ask('GET', '/internal_stream.m3u8', cookieOf(page))).statusCode).toBe(401);

    fake.context.people.setStanding(ada, 'denied', fake.clock.now());
    const refused = await ask('GET', '/internal_stream.m3u8', watching);
    expect(refused.json()).toMatchObject({ error: { code: 'log_in_to_watch' } });
    expect((await ask('GET', '/watch', watching)).statusCode).toBe(401);
  });

  it('lets people who may watch read the channels', async () => {
    for (const url of ['/api/channels', '/api/channels/grouped', '/api/categories']) {
      expect((await ask('GET', url)).statusCode).toBe(401);
      expect((await ask('GET', url, logIn(fake, 'viewer'))).statusCode).toBe(200);
    }
    expect((await ask('GET', '/api/logo/1')).statusCode).toBe(401);
    expect((await ask('GET', '/stream_status')).statusCode).toBe(200);
  });

  it('still accepts the key of players', async () => {
    expect((await ask('GET', '/live.m3u8')).statusCode).toBe(403);
    expect((await ask('GET', `/live.m3u8?key=${key}`)).statusCode).toBe(200);
    const { addresses } = (
      await ask('GET', '/api/info', { authorization: `Bearer ${ADMIN_TOKEN}`, host: 'tv' })
    ).json();
    expect(addresses).toMatchObject({ watch: 'http://tv/watch', hls: `http://tv/live.m3u8?key=${key}` });
  });
});
