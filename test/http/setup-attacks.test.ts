import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiscordPorts } from '../../src/actions/set-up-discord.ts';
import { readConfig } from '../../src/config/config.ts';
import { AppError } from '../../src/domain/errors.ts';
import { settingNames } from '../../src/domain/setting.ts';
import { trustedProxies } from '../../src/http/trusted-proxies.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';
import { FakeSetupAccount } from '../fakes/setup-account.ts';

const secrets = {
  XTREAM_URL: 'http://panel-of-tests.example',
  XTREAM_USERNAME: 'alice-of-tests',
  XTREAM_PASSWORD: 'lovelace-of-tests',
  TELEGRAM_TOKEN: '42:telegram-token-of-tests',
  DISCORD_TOKEN: 'discord-token-of-tests',
  DISCORD_API_URL: 'http://ada:proxy-password-of-tests@discord-proxy.example',
  ADMIN_TOKEN: 'admin-token-of-tests',
};
/** Discord knows no token and no address here. */
const discord: DiscordPorts = {
  lookUp: async () => {
    throw new AppError('discord_token_refused');
  },
  token: () => secrets.DISCORD_TOKEN,
  state: () => 'off',
  chosen: () => ({ guildId: null, listed: { admin: [], controller: [], viewer: [] } }),
  isLocked: () => false,
  change: async () => {},
};

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ setupAccount: new FakeSetupAccount(), setupDiscord: discord });
});
afterEach(() => fake.stop());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Headers = Record<string, string>;
const ask = (method: Method, url: string, headers: Headers = {}, payload?: unknown, from = '127.0.0.1') =>
  fake.app.inject({
    ...{ method, url, remoteAddress: from },
    headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(payload === undefined
      ? {}
      : { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
  });

/** Every operation of the set-up, as the server itself describes them. */
async function operations(): Promise<{ method: Method; url: string }[]> {
  const { paths } = (await ask('GET', '/docs/json')).json<{ paths: Record<string, object> }>();
  return Object.entries(paths)
    .filter(([path]) => /^\/api\/(?:setup|settings|restart|doctor|log)\b/.test(path))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        method: method.toUpperCase() as Method,
        url: path.replace('{id}', '-100'),
      })),
    );
}

describe('every route of the set-up', () => {
  it('refuses strangers, viewers and controllers, with a session or a token', async () => {
    const all = await operations();
    // What this test is about; it fails where the document has lost them.
    expect(all.length).toBeGreaterThan(20);
    const token = async (role: string) => {
      const { token: made } = (await ask('POST', '/api/tokens', bearer, { name: 'x', role })).json();
      return { authorization: `Bearer ${made}` };
    };
    const roles = [
      ['nobody', {}, 401],
      ['a forged session', { cookie: 'zapette_session=AAAA' }, 401],
      ['a viewer', logIn(fake, 'viewer'), 403],
      ['a controller', logIn(fake, 'controller'), 403],
      ['a viewer’s token', await token('viewer'), 403],
      ['a controller’s token', await token('controller'), 403],
    ] as const;
    for (const { method, url } of all)
      for (const [who, headers, status] of roles)
        expect([who, method, url, (await ask(method, url, headers)).statusCode]).toEqual([
          ...[who, method, url, status],
        ]);
  });

  it('refuses another site in an admin’s browser, whatever it sends', async () => {
    const session = logIn(fake, 'admin');
    const changing = (await operations()).filter(({ method }) => method !== 'GET');
    expect(changing.length).toBeGreaterThan(12);
    const sites: Headers[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:1' },
      { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' },
    ];
    for (const { method, url } of changing)
      for (const site of sites) {
        const response = await ask(method, url, { ...session, ...site }, '{}');
        expect([method, url, response.json().error.code]).toEqual([method, url, 'other_site']);
      }
  });

  it('tells nobody to keep what it says', async () => {
    for (const { method, url } of await operations()) {
      if (method !== 'GET') continue;
      const { headers } = await ask(method, url, bearer);
      expect([url, headers['cache-control']]).toEqual([url, 'no-store']);
      expect([url, headers['access-control-allow-origin']]).toEqual([url, undefined]);
    }
  });

  it('leaves the admin’s requests alone where strangers have asked too often', async () => {
    for (const { method, url } of await operations()) {
      if (method === 'GET') continue;
      await Promise.all(Array.from({ length: 70 }, () => ask(method, url, {}, '{}')));
      expect([method, url, (await ask(method, url, bearer, '{}')).statusCode]).not.toEqual([
        method,
        url,
        429,
      ]);
    }
  });

  it.each<[method: Method, url: string, payload: object]>([
    ['PUT', '/api/settings', { changes: {} }],
    ['POST', '/api/settings/undo', {}],
    ['PUT', '/api/setup/watch', { where: 'here', access: 'key', public_url: null }],
    ['POST', '/api/restart', {}],
    ['POST', '/api/setup/address', { url: 'localhost' }],
    ['PUT', '/api/setup/discord', { token: 'x' }],
    ['PUT', '/api/setup/telegram', { token: 'x' }],
    ['POST', '/api/setup/telegram/code', {}],
    ['POST', '/api/setup/account/try', {}],
  ])('bounds what costs something: %s %s', async (method, url, payload) => {
    const statuses = new Set<number>();
    for (let request = 0; request < 70; request++)
      statuses.add((await ask(method, url, bearer, payload)).statusCode);
    expect(statuses).toContain(429);
    fake.clock.skip(60_001);
    expect((await ask(method, url, bearer, payload)).statusCode).not.toBe(429);
  });
});

describe('any input', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('', ' ', '\0', '\r\n', '__proto__', 'constructor', 'true', '-1', '1e9', '0.0.0.0', '::'),
    fc.constantFrom('http://', 'https://[', 'http://a/../..', '//x', 'any', '10.0.0.0/0', '🙂'.repeat(99)),
  );
  const bodies = fc.oneof(
    fc.jsonValue(),
    fc.record({ changes: fc.dictionary(fc.oneof(fc.constantFrom(...settingNames), text), text) }),
    fc.record({ changes: fc.dictionary(fc.constantFrom(...settingNames), fc.jsonValue()) }),
    fc.record({ url: text, username: text, password: text, confirm: fc.boolean() }),
    fc.record({
      where: fc.constantFrom('here', 'house', 'internet', 'moon'),
      access: fc.constantFrom('public', 'key', 'login', ''),
      public_url: fc.option(text),
    }),
    fc.record({ token: text }),
    fc.record({ hidden: fc.array(text) }),
    fc.record({
      guild_id: fc.option(fc.constantFrom('1', 'x')),
      admin: fc.array(text),
      controller: fc.array(fc.constant('1')),
      viewer: fc.array(fc.constant('1')),
    }),
    fc.record({ is_allowed: fc.boolean() }),
  );

  it('to any route is a change or a clear refusal, never a failure, and the server goes on', async () => {
    const all = (await operations()).filter(
      // That one asks the network; test/doctor/try-address.test.ts has it.
      ({ method, url }) => method !== 'GET' && url !== '/api/setup/address',
    );
    const known = [200, 202, 204, 400, 404, 409, 422, 429, 502];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), bodies, async ({ method, url }, body) => {
        fake.clock.skip(20_000);
        const response = await ask(method, url, bearer, body);
        expect(known).toContain(response.statusCode);
        if (response.statusCode >= 400) expect(response.json().error.message).toMatch(/\w/);
      }),
      { numRuns: 500, endOnFailure: true },
    );
    expect((await ask('GET', '/api/settings', bearer)).statusCode).toBe(200);
    expect((await ask('GET', '/api/setup', bearer)).statusCode).toBe(200);
  });

  it.each([
    '{"changes":{"__proto__":"x"}}',
    '{"__proto__":{"changes":{}},"changes":{}}',
    '{"changes":{"constructor":{"prototype":{"isLocked":true}}}}',
    '{"changes":{"constructor":"x"}}',
    '{"changes":{"hasOwnProperty":"x"}}',
    '{"changes":{"toString":null}}',
    '{"changes":[]}',
    '{"changes":{"PORT":[8010]}}',
    '{"changes":{"PORT":{"toString":1}}}',
    '{"changes":null}',
    '{"changes":{"DATA_DIR":"/etc"}}',
    '{"changes":{"FFMPEG_PATH":"/bin/sh"}}',
    '{"changes":{"XTREAM_USER_AGENT":"a\\r\\nb: c"}}',
    '{"changes":{"EMBED_ORIGINS":"https://a.example; script-src *"}}',
    '{"changes":{"TRUST_PROXY":"10.0.0.0/0"}}',
    `{"changes":{"AUDIO_LANGUAGES":"${'fr,'.repeat(20_000)}fr"}}`,
    `{"changes":{"HOST":"${'x'.repeat(70_000)}"}}`,
    '{"changes":{"PORT":',
    '',
  ])('that is not a change of settings is refused: %.60s', async (payload) => {
    const response = await ask('PUT', '/api/settings', bearer, payload);
    expect(response.statusCode).toBe(400);
    expect(({} as Record<string, unknown>).changes).toBeUndefined();
    expect((await ask('GET', '/api/settings', bearer)).json().can_undo).toBe(false);
  });

  it('that TRUST_PROXY takes never keeps the server from answering', () => {
    const number = fc.integer({ min: 0, max: 140 });
    const part = fc.oneof(
      fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6()), number).map(([address, bits]) => `${address}/${bits}`),
      fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 12 })),
      fc.constantFrom('loopback', 'linklocal', 'uniquelocal', 'true', '0.0.0.0/00', 'fe80::1%eth0/64', '/8'),
    );
    const values = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
    fc.assert(
      fc.property(values, (TRUST_PROXY) => {
        let config: ReturnType<typeof readConfig>;
        try {
          config = readConfig({ TRUST_PROXY });
        } catch {
          return;
        }
        expect(typeof trustedProxies(config)('192.168.1.1', 1)).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('secrets', () => {
  it('are in no answer, no line of the log and no entry of the audit log', async () => {
    await ask('PUT', '/api/settings', bearer, { changes: secrets });
    const { TELEGRAM_TOKEN: _, ...others } = secrets;
    await ask('PUT', '/api/settings', bearer, { changes: { ...others, PORT: 'eighty' } });
    const bodies = await Promise.all(
      ['/api/settings', '/api/setup', '/api/audit', '/api/log', '/api/doctor', '/api/setup/discord'].map(
        async (url) => (await ask('GET', url, bearer)).body,
      ),
    );
    bodies.push((await ask('POST', '/api/settings/undo', bearer)).body, JSON.stringify(fake.log()));
    for (const body of bodies)
      for (const secret of Object.values(secrets)) expect(body).not.toContain(secret);
    expect(bodies[2]).toContain('XTREAM_PASSWORD');
  });

  it('do not come back to whoever wants them sent elsewhere, not even by undoing', async () => {
    const change = (changes: object) => ask('PUT', '/api/settings', bearer, { changes });
    await change(secrets);
    const mine = { XTREAM_URL: 'http://evil.example', DISCORD_API_URL: 'http://evil.example' };
    expect((await change(mine)).statusCode).toBe(400);
    const known = { XTREAM_USERNAME: 'x', XTREAM_PASSWORD: 'y', DISCORD_TOKEN: null };
    expect((await change({ ...mine, ...known })).statusCode).toBe(200);
    await ask('POST', '/api/settings/undo', bearer);
    const setting = (await ask('GET', '/api/settings', bearer)).json();
    expect(setting.can_undo).toBe(true);
    expect((await change(mine)).statusCode).toBe(400);
  });
});

describe('GET /reach', () => {
  it('is read by our own pages alone', async () => {
    await fake.stop();
    fake = await startFakeHttp({ publicUrl: 'https://tv.example.org' });
    const ours = ['http://192.168.1.20:8002', 'http://127.0.0.1:8002', 'http://nas.local'];
    const others = [
      'https://evil.example',
      'https://192.168.1.20.evil.example',
      'null',
      '',
      'javascript:alert(1)',
    ];
    const readBy = async (origin: string, url: string) =>
      (await ask('GET', url, { origin, host: 'evil.example' })).headers['access-control-allow-origin'];
    for (const url of ['/reach', '/reach/events']) {
      const all = [...ours, 'https://tv.example.org', ...others, 'https://tv.example.org.evil.example'];
      const read = await Promise.all(all.map((origin) => readBy(origin, url)));
      expect(read.filter((origin) => origin !== undefined)).toEqual([...ours, 'https://tv.example.org']);
    }
  });

  it('tells a site that has made its name lead here nothing but that somebody is here', async () => {
    const { body } = await ask('GET', '/reach', { host: 'evil.example' });
    expect(JSON.parse(body)).toEqual({
      ...{ instance: fake.context.instance, host: 'evil.example', protocol: 'http' },
    });
    expect((await ask('GET', '/api/setup', { host: 'evil.example', ...bearer })).statusCode).toBe(421);
  });
});
