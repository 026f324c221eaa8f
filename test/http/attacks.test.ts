import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bearer,
  type FakeHttp,
  type FakeHttpOptions,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { logIn } from '../fakes/people.ts';
import { shareHttp } from '../fakes/shared-http.ts';

/** What was tried, and what each got; docs/security.md has the same table in words. */
let fake: FakeHttp;
const restart = async (options: FakeHttpOptions) => {
  await fake.stop();
  fake = await startFakeHttp(options);
};
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

type Headers = Record<string, string>;
const ask = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  headers: Headers = {},
  payload?: object | string,
) => fake.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
const invite = () =>
  `/login/${fake.context.sessions.issueLink({ id: 'discord:1', name: 'Ada', role: 'admin' })}`;
const cookieOf = (response: Awaited<ReturnType<typeof ask>>) =>
  String(response.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';
const state = async () => (await ask('GET', '/stream_status')).json().state;

describe('a forged request from another site (CSRF)', () => {
  const here = { host: 'tv.example', origin: 'https://tv.example' };

  it.each<[what: string, headers: Headers]>([
    ['from elsewhere', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from a neighbour of the same domain', { 'sec-fetch-site': 'same-site' }],
    ['from elsewhere, in an old browser', { origin: 'https://evil.example' }],
    ['from another port of this host', { origin: 'https://tv.example:8443' }],
    ['from a page that hides where it is', { origin: 'null' }],
    ['from a name that begins like ours', { origin: 'https://tv.example.evil.example' }],
  ])('changes nothing: %s', async (_, headers) => {
    await restart({ publicUrl: 'https://tv.example' });
    const session = logIn(fake, 'admin');
    await ask('POST', '/set_active_stream', session, { channel_id: 1 });
    const link = invite();
    const theirs = { ...session, host: 'tv.example', ...headers };
    for (const response of [
      await ask('POST', '/stop_stream', theirs),
      await ask('POST', '/stop_stream', { ...theirs, 'content-type': 'text/plain' }, '{}'),
      await ask('DELETE', '/api/sessions', theirs),
      // To be logged in as somebody else is an attack too.
      await ask('POST', link, theirs),
    ]) {
      expect(response.statusCode).toBe(403);
      expect(response.json()).toMatchObject({ error: { code: 'other_site' } });
      expect(response.headers['set-cookie']).toBeUndefined();
    }
    expect(await state()).toBe('live');
    expect((await ask('GET', link)).statusCode).toBe(200);
  });

  it.each<[what: string, headers: Headers]>([
    ['the page itself', { ...here, 'sec-fetch-site': 'same-origin' }],
    ['the page itself, in an old browser', here],
    ['the page behind a proxy that changes the host', { ...here, host: '127.0.0.1:8002' }],
    ['a program', {}],
  ])('does not refuse %s', async (_, headers) => {
    await restart({ publicUrl: 'https://tv.example' });
    expect((await ask('POST', '/stop_stream', { ...logIn(fake, 'admin'), ...headers })).statusCode).toBe(200);
  });

  it('cannot read anything with the visitor’s cookies', async () => {
    const session = { ...logIn(fake, 'admin'), origin: 'https://evil.example' };
    for (const url of ['/api/me', '/api/sessions', '/api/info']) {
      const { headers } = await ask('GET', url, session);
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['access-control-allow-credentials']).toBeUndefined();
    }
  });
});

describe('another site that frames our pages (clickjacking)', () => {
  const ancestorsOf = async (url: string) =>
    /frame-ancestors ([^;]+)/.exec(String((await ask('GET', url)).headers['content-security-policy']))?.[1];

  it('gets no page in its frame', async () => {
    for (const url of [
      '/',
      '/watch',
      '/watch?embed=1',
      invite(),
      '/docs',
      '/api/info',
      '/watch.html?embed=1',
    ])
      expect([url, await ancestorsOf(url)]).toEqual([url, "'none'"]);
  });

  it('gets only the watch page where the owner has listed it', async () => {
    await restart({ embedOrigins: ['https://blog.example'] });
    expect(await ancestorsOf('/watch?embed=1')).toBe('https://blog.example');
    for (const url of ['/', '/watch', '/?embed=1', invite(), '/docs?embed=1', '/watch?embed=1&embed=1'])
      expect([url, await ancestorsOf(url)]).toEqual([url, "'none'"]);
  });

  it('gets the stream with a cookie of that frame, which is renewed as such', async () => {
    await restart({ embedOrigins: ['https://blog.example'], trustProxy: true });
    const https = { 'x-forwarded-proto': 'https' };
    const page = await ask('GET', '/watch?embed=1', https);
    const attributes = (response: typeof page) =>
      String(response.headers['set-cookie'])
        .replace(/=[^;]*/, '')
        .split('; ')
        .sort();
    const expected = ['HttpOnly', 'Max-Age=600', 'Partitioned', 'Path=/', 'SameSite=None', 'Secure'];
    expect(attributes(page)).toEqual([...expected, '__Host-zapette_frame']);
    fake.clock.skip(6 * 60_000);
    const renewed = await ask('GET', '/internal_stream.m3u8', { ...https, cookie: cookieOf(page) });
    expect(renewed.statusCode).toBe(200);
    expect(attributes(renewed)).toEqual(attributes(page));
  });
});

describe('scripts in texts (XSS)', () => {
  const evil = '<script>alert(1)</script>';

  it('in a channel’s name stay text, since the answer is data', async () => {
    await restart({
      channels: [
        { id: mainId(1), number: 1, name: evil, categoryId: null, logo: null, epgId: null, archiveDays: 0 },
      ],
    });
    fake.guide.push({
      title: evil,
      description: evil,
      start: fake.clock.now(),
      stop: fake.clock.now() + 1e6,
    });
    await ask('POST', '/set_active_stream', bearer, { channel_id: 1 });
    for (const url of ['/api/channels', '/stream_status']) {
      const { headers } = await ask('GET', url);
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it('in an error stay text', async () => {
    for (const url of ['/nothing', '/api/audit', '/live/seg/x.ts', '/%zz']) {
      expect((await ask('GET', url)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
    }
  });

  it.each([`/${evil}`, `/api/channels?page=${evil}`, `/login/${evil}`, `/watch?key=${evil}`, '/%zz<script>'])(
    'in the address %s appear in no page',
    async (url) => {
      const response = await ask('GET', encodeURI(url).replace('%25zz', '%zz'));
      expect(response.body).not.toContain(evil);
    },
  );

  it('would not run, since pages only allow our own files', async () => {
    for (const url of ['/', '/watch', '/docs', invite()]) {
      const policy = String((await ask('GET', url)).headers['content-security-policy']);
      const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "'none'";
      expect([url, scripts]).toEqual([url, url.startsWith('/login') ? "'none'" : "'self'"]);
      expect(policy).toContain("default-src 'none'");
    }
  });
});

describe('a login link', () => {
  it('logs in once where it is used twice at the same moment', async () => {
    const link = invite();
    const answers = await Promise.all([ask('POST', link), ask('POST', link), ask('POST', link)]);
    const count = (status: number) => answers.filter(({ statusCode }) => statusCode === status).length;
    expect([count(303), count(410)]).toEqual([1, 2]);
  });

  it('is not used up by a chat app that previews it', async () => {
    const link = invite();
    await fake.app.inject({ method: 'HEAD', url: link });
    await ask('GET', link, { 'user-agent': 'TelegramBot (like TwitterBot)' });
    expect((await ask('POST', link)).statusCode).toBe(303);
  });
});

describe('guessing', () => {
  it('tokens is refused for a minute after thirty wrong ones from an address', async () => {
    const guess = (authorization: string, remoteAddress = '203.0.113.7') =>
      fake.app.inject({ method: 'POST', url: '/stop_stream', headers: { authorization }, remoteAddress });
    for (let count = 0; count < 30; count++) {
      expect((await guess(`Bearer guess-${count}`)).statusCode).toBe(401);
    }
    expect((await guess(bearer.authorization)).statusCode).toBe(429);
    expect((await guess(bearer.authorization, '203.0.113.8')).statusCode).toBe(200);
    fake.clock.skip(60_000);
    expect((await guess(bearer.authorization)).statusCode).toBe(200);
  });

  it('is not made easier by a forged X-Forwarded-For', async () => {
    for (let count = 0; count < 30; count++) {
      await ask('POST', '/stop_stream', {
        authorization: 'Bearer x',
        'x-forwarded-for': `198.51.100.${count}`,
      });
    }
    expect((await ask('POST', '/stop_stream', bearer)).statusCode).toBe(429);
  });
});

describe('a session', () => {
  it('cannot be planted before a login (fixation)', async () => {
    const planted = 'zapette_session=chosen-by-the-attacker-and-known';
    const login = await ask('POST', invite(), { cookie: planted });
    expect(cookieOf(login)).not.toBe(planted);
    expect((await ask('GET', '/api/me', { cookie: planted })).statusCode).toBe(401);
    // Nor can the attacker's own, good one.
    const own = logIn(fake, 'viewer');
    const other = await ask('POST', invite(), own);
    expect(cookieOf(other)).not.toBe(own.cookie);
    expect((await ask('GET', '/api/me', own)).statusCode).toBe(401);
  });

  it('cannot be made from the database', async () => {
    logIn(fake, 'admin');
    const { items } = (await ask('GET', '/api/sessions', bearer)).json();
    for (const cookie of [
      `zapette_session=${items[0].id}`,
      'zapette_session=1',
      "zapette_session=' OR 1=1--",
    ])
      expect((await ask('GET', '/api/me', { cookie })).statusCode).toBe(401);
  });

  it('of a viewer cannot raise its own role', async () => {
    const session = logIn(fake, 'viewer');
    for (const [method, url, payload, status] of [
      ['POST', '/api/tokens', { name: 'x', role: 'admin' }, 403],
      ['POST', '/api/session', { token: 'x', role: 'admin' }, 401],
      ['POST', '/api/invites', { name: 'x', role: 'admin' }, 403],
      ['PUT', '/api/people/discord:viewer', { standing: 'admin' }, 403],
      ['POST', '/restart_stream', { confirm: true }, 403],
    ] as const) {
      expect([url, (await ask(method, url, session, payload)).statusCode]).toEqual([url, status]);
    }
    expect((await ask('GET', '/api/me', session)).json()).toMatchObject({ role: 'viewer' });
    const put = await ask('POST', '/set_active_stream', session, { channel_id: 1, asked_by: 'console' });
    expect(put.json()).toMatchObject({ asked_by: 'viewer' });
  });
});

describe('addresses', () => {
  it.each([
    `/watch?key=${encodeURIComponent(VIEWER_KEY)}&next=https://evil.example`,
    `/watch?key=${encodeURIComponent(VIEWER_KEY)}&embed=//evil.example`,
  ])('do not redirect to another site (open redirect): %s', async (url) => {
    await restart({ key: true });
    const { headers } = await ask('GET', url, { host: 'evil' });
    expect(headers.location).toBe('/watch');
  });

  it.each(['?next=https://evil.example', '?redirect=//evil.example', '?return=/\\evil.example'])(
    'do not redirect to another site after a login: %s',
    async (query) => {
      expect((await ask('POST', invite() + query, { host: 'evil' })).headers.location).toBe('/');
    },
  );

  it('of our own do not come from the Host header where PUBLIC_URL is set', async () => {
    await restart({ publicUrl: 'https://tv.example' });
    for (const url of ['/live.m3u8', '/api/info']) {
      expect((await ask('GET', url, { host: 'evil.example' })).body).not.toContain('evil.example');
    }
  });
});

describe('crafted addresses', () => {
  const shared = shareHttp();

  it.each(['//evil.example/%2e%2e', '//evil.example', '/\\evil.example', '/docs/static/index.html'])(
    'do not redirect to another site: %s',
    async (url) => {
      const { headers } = await shared.inject({ url });
      expect(String(headers.location ?? '/')).toMatch(/^\/(?![/\\])/);
    },
  );

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%252e%252e/package.json',
    '/assets//etc/passwd',
    '/%00',
    '/C:%5cwindows%5cwin.ini',
    '/.env',
    '/live/seg/..%2f..%2fkeys.json',
    '/docs/static/..%2f..%2fpackage.json',
  ])('do not reach other files (path traversal): %s', async (url) => {
    const { statusCode, body } = await shared.inject({ url });
    expect([400, 403, 404]).toContain(statusCode);
    expect(body).toMatch(/"code":"(not_found|bad_request)"/);
  });
});

describe('odd requests', () => {
  it.each([
    '{"__proto__":{"role":"admin"},"channel_id":1}',
    '{"constructor":{"prototype":{}},"channel_id":1}',
  ])('do not pollute prototypes: %s', async (payload) => {
    const response = await ask(
      'POST',
      '/set_active_stream',
      { ...bearer, 'content-type': 'application/json' },
      payload,
    );
    expect(response.statusCode).toBe(400);
  });

  it.each(['/api/audit?before=1;DROP TABLE audit', '/api/audit?limit=-1', '/api/audit?limit=1e9'])(
    'do not reach the database: %s',
    async (url) => {
      expect((await ask('GET', encodeURI(url), bearer)).statusCode).toBe(400);
    },
  );
});
