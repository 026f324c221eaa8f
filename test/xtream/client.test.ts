import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { XtreamClient, type XtreamClientOptions } from '../../src/xtream/client.ts';
import { plainHttp } from '../fakes/plain-http.ts';
import { FakePanel, type FakePanelOptions } from '../fakes/xtream-panel.ts';

const username = 'jürgen & co';
const password = 'p/ä?#%';
let panel: FakePanel | null = null;

afterEach(async () => {
  await panel?.stop();
  panel = null;
});

async function connect(
  options: FakePanelOptions = {},
  more: Partial<XtreamClientOptions> = {},
): Promise<[XtreamClient, FakePanel]> {
  panel = await FakePanel.start({ username, password, ...options });
  return [client({ baseUrl: panel.url, ...more }), panel];
}

function client(options: Partial<XtreamClientOptions>): XtreamClient {
  const made = new XtreamClient({
    accountId: mainAccount,
    baseUrl: 'http://panel.example',
    username,
    password,
    userAgent: 'VLC/3.0.20',
    http: plainHttp,
    ...options,
  });
  return made;
}

/** The AppError of a call; its words and those of its causes hold nothing of the account. */
async function failure(call: Promise<unknown>): Promise<{ code: string; params: object }> {
  const error = await call.then(
    () => expect.fail('it should have failed'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw error;
  const cause = error.cause instanceof Error ? `${error.cause.stack} ${JSON.stringify(error.cause)}` : '';
  for (const secret of [username, password, encodeURIComponent(username), encodeURIComponent(password)]) {
    expect(cause).not.toContain(secret);
  }
  return { code: error.code, params: error.params };
}

describe('login', () => {
  it('returns the account, whatever characters user name and password contain', async () => {
    const [xtream, { requests }] = await connect({ maxConnections: 2, outputFormats: ['ts'] });
    expect((await xtream.login()).user_info).toMatchObject({
      auth: 1,
      max_connections: 2,
      allowed_output_formats: ['ts'],
    });
    expect(requests).toMatchObject([{ action: 'login', userAgent: 'VLC/3.0.20' }]);
  });

  it.each([
    ['auth0', 'account_refused'],
    ['expired', 'account_expired'],
    ['banned', 'account_disabled'],
    ['disabled', 'account_disabled'],
    ['html', 'provider_garbage'],
    ['unavailable', 'provider_status'],
  ] as const)('rejects the panel’s answer %s with %s', async (fault, code) => {
    const [xtream, fake] = await connect();
    fake.fault = fault;
    expect(await failure(xtream.login())).toMatchObject({ code });
  });

  it.each([
    [{ status: 401, body: '' }, 'account_refused'],
    [{ status: 403, body: 'no' }, 'account_refused'],
    [{ status: 404, body: '' }, 'provider_status'],
    [{ body: '[]' }, 'account_refused'],
    [{ body: '' }, 'provider_garbage'],
    [{ body: '{"user_info":null}' }, 'provider_garbage'],
    [{ body: '{"user_info":{"auth":"0","status":"Expired"}}' }, 'account_expired'],
    [{ body: '{"user_info":{"auth":1,"status":"Active","exp_date":"1000000000"}}' }, 'account_expired'],
  ])('rejects the answer %j with %s', async (answer, code) => {
    const [xtream, fake] = await connect();
    fake.overrides.set('login', answer);
    expect(await failure(xtream.login())).toMatchObject({ code });
  });

  it('rejects an endless answer with provider_garbage', async () => {
    const [xtream, fake] = await connect();
    fake.overrides.set('login', { body: `"${'x'.repeat(3_000_000)}"` });
    expect(await failure(xtream.login())).toMatchObject({ code: 'provider_garbage' });
  });

  it('reports the status and the date of expiry', async () => {
    const [xtream, fake] = await connect();
    fake.fault = 'unavailable';
    expect((await failure(xtream.login())).params).toEqual({ status: 503 });
    fake.fault = null;
    fake.overrides.set('login', {
      body: '{"user_info":{"auth":1,"status":"Expired","exp_date":"1767225600"}}',
    });
    expect((await failure(xtream.login())).params).toEqual({ date: '2026-01-01' });
  });

  it('accepts JSON with a byte order mark, gzip and the type text/html', async () => {
    const [xtream, fake] = await connect();
    fake.overrides.set('login', {
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('\ufeff{"user_info":{"auth":"1","max_connections":1}}'),
    });
    expect((await xtream.login()).user_info.max_connections).toBe(1);
  });
});

describe('an answer of the panel', () => {
  const login = '{"user_info":{"auth":1,"status":"Active","max_connections":"2"}}';
  const notice =
    '<br />\n<b>Notice</b>:  Undefined index: exp_date in <b>/a.php</b> on line <b>9</b><br />\n';

  it.each<[string, string | Buffer]>([
    ['notices around it', `${notice}${login}${notice}`],
    ['a call around it', `callback(${login})`],
    ['a page around it', `<html><body>${login}</body></html>`],
    ['UTF-16', Buffer.from(`\ufeff${login}`, 'utf16le')],
    ['Latin-1', Buffer.from(login.replace('"auth"', '"name":"é","auth"'), 'latin1')],
    ['a comma too many', login.replace('}}', ',},}')],
    ['gzip in gzip', gzipSync(gzipSync(login))],
  ])('is parsed with %s', async (_, body) => {
    const [xtream, fake] = await connect();
    fake.overrides.set('login', { body });
    expect((await xtream.login()).user_info.max_connections).toBe(2);
  });

  it.each(['false', 'null', '[]', '{}', '""', '', `${notice}[]`, `${notice}false`])(
    'counts as an empty list and an empty guide if it is %j',
    async (body) => {
      const [xtream, fake] = await connect();
      fake.overrides.set('get_live_categories', { body });
      fake.overrides.set('get_short_epg', { body });
      expect((await xtream.liveCategories()).categories).toEqual([]);
      expect(await xtream.shortGuide('1', 4)).toEqual([]);
    },
  );

  it('is rejected if it is truncated', async () => {
    const [xtream, fake] = await connect();
    for (const body of [login.slice(0, -1), `${notice}${login.slice(0, -2)}`]) {
      fake.overrides.set('login', { body });
      fake.overrides.set('get_short_epg', { body });
      expect((await failure(xtream.login())).code).toBe('provider_garbage');
      expect((await failure(xtream.shortGuide('1', 4))).code).toBe('provider_garbage');
    }
  });
});

describe('a call to the panel', () => {
  it('follows redirects of the panel', async () => {
    const [xtream, fake] = await connect({ redirectApi: true });
    await xtream.login();
    expect(fake.requests).toHaveLength(2);
  });

  it('fails if the connection is refused', async () => {
    const [xtream, fake] = await connect();
    await fake.stop();
    expect(await failure(xtream.login())).toEqual({
      code: 'provider_unreachable',
      params: { detail: 'ECONNREFUSED' },
    });
  });

  it('fails if no answer comes in time', async () => {
    const [xtream, fake] = await connect({}, { timeouts: { headers: 50 } });
    fake.fault = 'hang';
    expect(await failure(xtream.login())).toMatchObject({ code: 'provider_unreachable' });
  });

  it('fails if the whole request takes too long', async () => {
    const [xtream, fake] = await connect({}, { timeouts: { call: 50 } });
    fake.fault = 'hang';
    expect(await failure(xtream.login())).toMatchObject({
      code: 'provider_unreachable',
      params: { detail: 'TimeoutError' },
    });
  });

  it('fails if the server does not speak HTTP', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {}).once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const xtream = client({ baseUrl: `http://127.0.0.1:${port}` });
    expect(await failure(xtream.login())).toMatchObject({ code: 'provider_garbage' });
  });

  it('fails if redirects form a circle', async () => {
    const [xtream, fake] = await connect();
    const location = `/player_api.php?username=${encodeURIComponent(username)}&password=${encodeURIComponent(password)}`;
    fake.overrides.set('login', { status: 302, headers: { location }, body: '' });
    expect(await failure(xtream.login())).toMatchObject({ code: 'provider_redirects' });
  });

  it('fails if the host is unknown', async () => {
    const xtream = client({ baseUrl: 'http://panel.invalid/c/' });
    expect(await failure(xtream.login())).toMatchObject({
      code: 'provider_unreachable',
      params: { detail: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) },
    });
  });

  it.each([
    ['ends in a challenge', 403, '<!DOCTYPE html><title>Just a moment...</title>', 'provider_blocks'],
    ['ends in a firewall’s page', 403, '<html><h1>403 Forbidden</h1></html>', 'provider_blocks'],
    ['ends in a challenge with status 503', 503, '<html>Checking your browser</html>', 'provider_blocks'],
    ['is blocked by law', 451, '', 'provider_blocks'],
    ['needs a login to the network', 511, '<html></html>', 'provider_blocks'],
    ['requires a payment', 402, '', 'account_expired'],
    ['is rate limited', 429, '', 'provider_status'],
    ['fails within the panel', 500, '<html>Internal Server Error</html>', 'provider_status'],
  ])('%s', async (_, status, body, code) => {
    const [xtream, fake] = await connect();
    fake.overrides.set('login', { status, body });
    expect(await failure(xtream.login())).toMatchObject({ code });
  });

  it('recognises a firewall by its header and by a word instead of JSON', async () => {
    const [xtream, fake] = await connect();
    fake.overrides.set('login', { status: 403, headers: { 'cf-mitigated': 'challenge' }, body: '' });
    expect((await failure(xtream.login())).code).toBe('provider_blocks');
    fake.overrides.set('login', { status: 200, body: 'Blocked' });
    expect((await failure(xtream.login())).code).toBe('provider_blocks');
  });

  it('rejects with the caller’s reason when the caller aborts it', async () => {
    const [xtream, fake] = await connect();
    fake.fault = 'hang';
    const reason = new Error('not wanted any more');
    await expect(xtream.login(AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const call = xtream.liveStreams(controller.signal);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});

describe('liveCategories', () => {
  it('drops and counts invalid categories, and keeps the first of two with the same id', async () => {
    const [xtream, fake] = await connect();
    const list = [
      { category_id: 1, category_name: 'A' },
      null,
      { category_id: '1', category_name: 'B' },
      { category_id: 2 },
    ];
    fake.overrides.set('get_live_categories', { body: JSON.stringify(list) });
    expect(await xtream.liveCategories()).toEqual({ categories: [{ id: '1', name: 'A' }], dropped: 2 });
  });

  it.each(['[]', 'false', 'null', '{}', ''])('accepts %j as an empty list', async (body) => {
    const [xtream, fake] = await connect();
    fake.overrides.set('get_live_categories', { body });
    expect(await xtream.liveCategories()).toEqual({ categories: [], dropped: 0 });
  });

  it('rejects a login instead of the list', async () => {
    const [xtream, fake] = await connect();
    fake.fault = 'auth0';
    expect(await failure(xtream.liveCategories())).toMatchObject({ code: 'account_refused' });
  });
});

describe('shortGuide', () => {
  const entry = (title: string, start: number) => ({
    title: Buffer.from(title).toString('base64'),
    description: '',
    start_timestamp: String(start),
    stop_timestamp: String(start + 60),
  });

  it('sorts by start and leaves out broken records', async () => {
    const [xtream] = await connect({
      guide: { epg_listings: [entry('Next', 160), null, entry('Now', 100)] },
    });
    expect((await xtream.shortGuide('5', 4)).map(({ title }) => title)).toEqual(['Now', 'Next']);
  });

  it.each([[], false, { epg_listings: [] }, { epg_listings: null }, {}])(
    'accepts %j as an empty guide',
    async (guide) => {
      const [xtream] = await connect({ guide });
      expect(await xtream.shortGuide('5', 4)).toEqual([]);
    },
  );
});
