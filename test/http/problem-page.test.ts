import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeHttp, startFakeHttp, VIEWER_KEY } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

/** As browsers ask when somebody opens an address. */
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'en' };
const key = encodeURIComponent(VIEWER_KEY);

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ key: true });
});
afterEach(() => fake.stop());

const open = (url: string, headers: Record<string, string> = {}) =>
  fake.app.inject({ url, headers: { ...browser, ...headers } });

describe('a person who opens', () => {
  it.each([
    ['/watch', 403, 'needs the key'],
    ['/live.m3u8', 403, 'needs the key'],
    ['/nothing', 404, 'nothing at this address'],
    ['/%zz', 404, 'nothing at this address'],
    ['/vlc/AAAAAAAAAAAAAAAAAAAAAAAA', 404, 'private link is not valid'],
    ['/login/AAAAAAAAAAAAAAAA', 410, 'works once'],
    ['/login', 404, 'nothing at this address'],
    ['/api/tokens', 401, 'not logged in'],
    ['/internal_stream.m3u8', 403, 'open /watch'],
  ])('%s gets a page with what to do (%i)', async (url, status, text) => {
    const page = await open(url);
    expect([page.statusCode, page.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.body).toContain(text);
    expect(page.body).toMatch(/class="button" href="/);
    expect(page.body).not.toContain('"error"');
  });

  it('too many pages too quickly gets a page as well', async () => {
    for (const _ of Array(20)) await open('/login/guess');
    const page = await open('/login/guess');
    expect([page.statusCode, page.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
  });

  it('a wrong address gets a page in their language', async () => {
    const page = await open('/watch', { 'accept-language': 'fr' });
    expect(page.body).toContain('<html lang="fr">');
    expect(page.body).toContain('demande la clé');
  });

  it('an ended link is sent to a bot where one is on, and otherwise to whoever invited them', async () => {
    expect((await open('/login/AAAA')).body).toContain('Send /login to the bot');
    const { machine } = fake.context;
    Object.assign(machine, { bots: () => ({ discord: 'off', telegram: 'off' }) });
    const page = await open('/login/AAAA');
    expect(page.body).not.toContain('/login to the bot');
    expect(page.body).toContain('Ask the person who invited you');
  });
});

describe('a program or a player', () => {
  it.each([{}, { accept: '*/*' }, { accept: 'application/json' }])('%j gets JSON', async (headers) => {
    for (const url of ['/watch', '/live.m3u8', '/nothing', '/vlc/AAAA', '/api/tokens']) {
      const response = await fake.app.inject({ url, headers });
      expect(response.json().error.code).toEqual(expect.any(String));
    }
  });

  it('gets JSON for a request that changes something, whatever it accepts', async () => {
    const response = await fake.app.inject({ method: 'POST', url: '/stop_stream', headers: browser });
    expect(response.json()).toMatchObject({ error: { code: 'unauthorised' } });
  });
});

describe('/watch where a key is needed', () => {
  const cookieOf = (response: Awaited<ReturnType<typeof open>>) =>
    String(response.headers['set-cookie']).split(';', 1)[0] ?? '';

  it('accepts a session too, as long as it lasts', async () => {
    const ada = { id: 'web:1', name: 'Ada' };
    const { cookie } = logIn(fake, 'viewer', ada);
    const page = await open('/watch', { cookie });
    expect(page.body).toContain('<title>watch</title>');
    const watching = { cookie: `${cookie}; ${cookieOf(page)}` };
    const playlist = await fake.app.inject({ url: '/internal_stream.m3u8', headers: watching });
    expect(playlist.statusCode).toBe(200);
    const [segment = ''] = playlist.body.split('\n').filter((line) => /^[^#]/.test(line));
    expect((await fake.app.inject({ url: `/${segment}`, headers: watching })).statusCode).toBe(200);

    fake.context.people.setStanding(ada, 'denied', fake.clock.now());
    const refused = await fake.app.inject({ url: '/internal_stream.m3u8', headers: watching });
    expect([refused.statusCode, refused.json().error.code]).toEqual([401, 'log_in_to_watch']);
    expect((await open('/watch', watching)).statusCode).toBe(403);
  });

  it('stays open by the key, logged in or not', async () => {
    const { cookie } = logIn(fake, 'viewer');
    const pass = cookieOf(await open(`/watch?key=${key}`, { cookie }));
    expect(
      (await fake.app.inject({ url: '/internal_stream.m3u8', headers: { cookie: pass } })).statusCode,
    ).toBe(200);
  });

  it('reloads by itself after a link in a chat, which carries no session', async () => {
    const page = await open('/watch', { 'sec-fetch-site': 'cross-site' });
    expect(page.headers.refresh).toBe('0; url=/watch');
    expect((await open('/watch', { 'sec-fetch-site': 'same-origin' })).headers.refresh).toBeUndefined();
  });
});
