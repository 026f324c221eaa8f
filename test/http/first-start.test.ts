import { afterEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import { type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
afterEach(() => fake.stop());

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'PATCH' | 'TRACE';
type Headers = Record<string, string>;

const start = async (options: FakeHttpOptions = {}) => {
  fake = await startFakeHttp({ firstStart: true, ...options });
};
const ask = (from: string, method: Method, url: string, headers: Headers = {}, payload?: object) =>
  fake.app.inject({ method, url, headers, remoteAddress: from, ...(payload ? { payload } : {}) });
const link = () => `/login/${fake.context.sessions.issueLink(owner, 'admin')}`;
const asOwner = () => logIn(fake, 'admin', { id: owner.id, name: owner.name });
const isRefused = async (from: string, method: Method, url: string, headers: Headers = {}) => {
  const response = await ask(from, method, url, headers);
  if (response.statusCode !== 403) return false;
  return method === 'HEAD' || response.json().error.code === 'set_up_first';
};

const PHONE = '192.168.1.5';
const near = [PHONE, '10.1.2.3', '172.20.0.1', '100.64.0.9', 'fd00::5', 'fe80::1%eth0', `::ffff:${PHONE}`];
const far = ['203.0.113.7', '2001:db8::1', '::ffff:203.0.113.7', '8.8.8.8'];
const here = ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'];

/** Ways to ask for a playlist, a page or an API that are not the set-up page. */
const elsewhere = [
  ...[
    '/',
    '/watch',
    '/wall',
    '/live.m3u8',
    '/live.ts',
    '/live/index.m3u8',
    '/live/seg/1.ts',
    '/stream_status',
  ],
  ...['/api/channels', '/api/events', '/api/audit', '/api/tokens', '/api/people', '/api/log', '/docs/json'],
  ...[
    '/webhooks',
    '/webhooks/x/y',
    '/login',
    '/login/',
    '/login/x/y',
    '/nothing',
    '/index.html',
    '/watch.html',
  ],
];
const tricks = [
  ...['/login/x/../../live.m3u8', '/login/..%2flive.m3u8', '/login/x%2f..%2f..%2flive.m3u8', '/login/x%00'],
  ...['//live.m3u8', '//login/x', '/%6cive.m3u8', '/live.m3u8.', '/LIVE.M3U8', '/live.m3u8?/setup'],
  ...['/live.m3u8#/setup', '/login/x;/../live.m3u8', '/login\\..\\live.m3u8', '/live.m3u8?/login/x'],
  ...['/setup/../live.m3u8', '/setups', '/api/setup2', '/api/settings.json', '/api/info/../channels'],
  ...[
    '/reach/../live.m3u8',
    '/reach/events/x',
    '/reachx',
    '/health/../live.ts',
    '/api/meow',
    '/api/me/../log',
  ],
];

describe('before anybody has answered who may watch', () => {
  it.each(here)('this machine gets everything: %s', async (from) => {
    await start();
    for (const url of ['/live.m3u8', '/stream_status', '/health', '/api/info'])
      expect([url, (await ask(from, 'GET', url)).statusCode]).toEqual([url, 200]);
  });

  it.each([...near, ...far])('a stranger gets nothing, however it asks: %s', async (from) => {
    await start();
    const pages = ['/setup', '/api/setup', '/api/settings', '/api/me', '/assets/x.js'];
    for (const url of [...elsewhere, ...tricks, ...pages])
      expect([url, await isRefused(from, 'GET', url)]).toEqual([url, true]);
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const)
      expect([method, await isRefused(from, method, '/live.ts')]).toEqual([method, true]);
  });

  it.each<[what: string, headers: Headers]>([
    ['X-Forwarded-For', { 'x-forwarded-for': '127.0.0.1' }],
    ['several addresses', { 'x-forwarded-for': '127.0.0.1, ::1', 'x-real-ip': '127.0.0.1' }],
    ['Forwarded', { forwarded: 'for=127.0.0.1;host=localhost' }],
    ['X-Forwarded-Host', { 'x-forwarded-host': 'localhost', host: 'localhost' }],
    ['an upgrade', { connection: 'Upgrade', upgrade: 'websocket' }],
    ['a method in a header', { 'x-http-method-override': 'GET', 'x-original-url': '/setup' }],
  ])('says nothing more to those who pretend to be here: %s', async (_what, headers) => {
    await start({ trustProxy: true });
    for (const from of [PHONE, '203.0.113.7'])
      for (const url of ['/live.m3u8', '/stream_status', '/api/setup'])
        expect([url, await isRefused(from, 'GET', url, headers)]).toEqual([url, true]);
  });

  it.each<Headers>([
    { 'x-forwarded-for': '203.0.113.7' },
    { forwarded: 'for=203.0.113.7' },
    { via: '1.1 caddy' },
    { 'x-forwarded-host': 'tv.example.org' },
  ])('those whom a proxy on this machine brings are not on this machine: %j', async (headers) => {
    await start();
    for (const url of ['/live.m3u8', '/', '/stream_status', '/api/setup'])
      expect([url, await isRefused('127.0.0.1', 'GET', url, headers)]).toEqual([url, true]);
    expect((await ask('127.0.0.1', 'GET', link(), headers)).statusCode).toBe(200);
    expect((await ask('127.0.0.1', 'GET', '/api/setup', { ...asOwner(), ...headers })).statusCode).toBe(200);
  });

  it.each(near)('the link leads the owner to the set-up page, and nowhere else: %s', async (from) => {
    await start();
    const path = link();
    expect((await ask(from, 'GET', path)).statusCode).toBe(200);
    expect((await ask(from, 'HEAD', path)).statusCode).toBe(200);
    const entered = await ask(from, 'POST', path);
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/setup']);
    const session = { cookie: String(entered.headers['set-cookie']).split(';', 1)[0] ?? '' };
    for (const url of ['/api/setup', '/api/settings', '/api/me', '/api/info', '/health', '/reach'])
      expect([url, (await ask(from, 'GET', url, session)).statusCode]).toEqual([url, 200]);
    expect((await ask(from, 'POST', '/api/restart', session)).statusCode).toBe(202);
    for (const url of [...elsewhere, ...tricks])
      expect([url, await isRefused(from, 'GET', url, session)]).toEqual([url, true]);
  });

  it.each(far)('not even the owner gets in from the internet: %s', async (from) => {
    await start();
    expect(await isRefused(from, 'GET', link())).toBe(true);
    expect(await isRefused(from, 'GET', '/api/setup', asOwner())).toBe(true);
  });

  it.each(['viewer', 'controller'] as const)('a %s is a stranger', async (role) => {
    await start();
    expect(await isRefused(PHONE, 'GET', '/api/setup', logIn(fake, role))).toBe(true);
    expect(await isRefused(PHONE, 'GET', '/setup', logIn(fake, role))).toBe(true);
  });

  it('everybody may try whether an address leads here, and learns no more', async () => {
    await start();
    for (const from of [...near, ...far]) {
      const { statusCode, body } = await ask(from, 'GET', '/reach');
      expect([from, statusCode]).toEqual([from, 200]);
      expect(Object.keys(JSON.parse(body)).sort()).toEqual(['host', 'instance', 'protocol']);
      expect((await ask(from, 'GET', '/health')).json()).toEqual({
        ...{ status: 'ok', instance: fake.context.instance },
      });
    }
  });

  it('a chat service is believed only with its secret, wherever it comes from', async () => {
    await start();
    fake.context.webhooks.set('telegram', (headers) => headers['x-secret'] === 'right');
    for (const from of [PHONE, '203.0.113.7']) {
      const post = (headers: Headers) => ask(from, 'POST', '/webhooks/telegram', headers, { update_id: 1 });
      expect((await post({ 'x-secret': 'wrong' })).statusCode).toBe(404);
      expect((await post({ 'x-secret': 'right' })).statusCode).toBe(204);
    }
  });
});

describe('the one-time link', () => {
  it('is used up by one of many who use it at once', async () => {
    await start();
    const path = link();
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => ask(PHONE, 'POST', path)));
    expect(all.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect(all.filter(({ statusCode }) => statusCode === 410)).toHaveLength(4);
  });

  it('is not used up by an app that only looks at it', async () => {
    await start();
    const path = link();
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS'] as const) await ask(PHONE, method, path);
    expect((await ask(PHONE, 'POST', path)).statusCode).toBe(303);
  });

  it('cannot be used by another site in the owner’s browser', async () => {
    await start();
    const path = link();
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await ask(PHONE, 'POST', path, headers)).statusCode).toBe(403);
    expect((await ask(PHONE, 'POST', path)).statusCode).toBe(303);
  });

  it('ends with the set-up, whether somebody has used it or not', async () => {
    await start();
    const unused = [link(), link()];
    const answer = { where: 'house', access: 'public', public_url: null };
    expect((await ask(PHONE, 'PUT', '/api/setup/watch', asOwner(), answer)).statusCode).toBe(200);
    for (const path of unused) expect((await ask(PHONE, 'POST', path)).statusCode).toBe(410);
  });
});

describe('the answer', () => {
  it('opens what it says, and keeps the owner in', async () => {
    await start();
    const session = asOwner();
    const answer = { where: 'house', access: 'public', public_url: null };
    await ask(PHONE, 'PUT', '/api/setup/watch', session, answer);
    expect((await ask(PHONE, 'GET', '/stream_status')).statusCode).toBe(200);
    expect((await ask(PHONE, 'GET', '/api/setup', session)).json()).toMatchObject({ is_first: false });
    expect((await ask(PHONE, 'GET', '/api/setup')).statusCode).toBe(401);
  });

  it('opens nothing where it is refused', async () => {
    await start();
    const bad = [
      { where: 'internet', access: 'public', public_url: null },
      { where: 'internet', access: 'public', public_url: 'no address at all' },
      { where: 'moon', access: 'public', public_url: null },
      { where: 'house', access: 'everybody', public_url: null },
    ];
    for (const answer of bad)
      expect((await ask(PHONE, 'PUT', '/api/setup/watch', asOwner(), answer)).statusCode).toBe(400);
    expect(await isRefused(PHONE, 'GET', '/stream_status')).toBe(true);
  });
});
