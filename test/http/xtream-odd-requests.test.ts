import type { InjectOptions } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loginOf } from '../../src/access/clients.ts';
import { owner } from '../../src/access/visitor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
let username: string;
let password: string;
beforeEach(async () => {
  fake = await startFakeHttp({ trustProxy: 'loopback', settings: { OUTPUT_CHANNELS: 'all' } });
  const { client, token } = fake.context.clients.make('Box', 'tivimate', owner);
  [username, password] = [loginOf(client), token];
});
afterEach(() => fake.stop());

const FORM = 'application/x-www-form-urlencoded';
const ask = (request: InjectOptions) => fake.app.inject(request);

/** Ways to send a login, each right in its own way. */
function ways(script: string): InjectOptions[] {
  const login = `username=${username}&password=${password}`;
  const encoded = password.replace(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
  const url = `/${script}.php`;
  const post = (type: string, payload: string, query = ''): InjectOptions => ({
    ...{ method: 'POST', url: url + query, payload, headers: { 'content-type': type } },
  });
  const json = JSON.stringify({ username, password });
  return [
    { url: `${url}?${login}` },
    { url: `${url}/?${login}` },
    { url: `/${url}?${login}` },
    { url: `${url}?&&${login}&&` },
    { url: `${url}?${login}#fragment` },
    { url: `${url}?password=${password}&username=${username}` },
    { url: `${url}?username=${username}&password=${encoded}` },
    { url: `${url}?username=x&username=${username}&password=x&password=${password}` },
    { url: `${url}?${login}&unknown=%00%ff&x[]=1&__proto__=1&constructor=2` },
    { url: `${url}?${login}&q=${'a'.repeat(4_000)}` },
    { method: 'HEAD', url: `${url}?${login}` },
    post(FORM, login),
    post(`${FORM}; charset=UTF-8`, login),
    post(FORM, login, '?username=x&password=y'),
    post(FORM, '', `?${login}`),
    post('application/json', json),
    post('application/json; charset=utf-8', json),
    post('application/json', '', `?${login}`),
    post('application/json', 'null', `?${login}`),
    post('application/json', '[1,2]', `?${login}`),
    post('application/json', '{broken', `?${login}`),
    post('text/plain', login),
    post('text/plain', json),
    post('multipart/form-data; boundary=x', '--x--', `?${login}`),
    post('application/nonsense', '\u0000\uffff', `?${login}`),
    { method: 'GET', url: `${url}?${login}`, headers: { 'content-type': 'application/json' } },
    { method: 'GET', url: `${url}?${login}`, headers: { accept: 'text/html,*/*' } },
    { method: 'GET', url: `${url}?${login}`, headers: { 'user-agent': '' } },
    {
      method: 'GET',
      url: `${url}?${login}`,
      headers: { origin: 'https://web.example', 'sec-fetch-site': 'cross-site' },
    },
    {
      method: 'POST',
      url: `${url}?${login}`,
      headers: { origin: 'https://web.example', 'sec-fetch-site': 'cross-site' },
    },
    { method: 'GET', url: `${url}?${login}`, headers: { range: 'bytes=0-', 'if-none-match': '*' } },
  ];
}

it('logs in however the login is sent', async () => {
  for (const script of ['player_api', 'panel_api'])
    for (const request of ways(script)) {
      const response = await ask(request);
      expect([request, response.statusCode]).toEqual([request, 200]);
      expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
      if (request.method !== 'HEAD')
        expect(response.json().user_info).toMatchObject({ auth: 1, username, password });
    }
});

it('sends the list however the login is sent', async () => {
  for (const request of ways('get')) {
    const response = await ask(request);
    expect([request, response.statusCode]).toEqual([request, 200]);
    expect(response.headers['content-type']).toBe('audio/x-mpegurl; charset=utf-8');
  }
});

it.each([
  ['10.0.0.5:8002', {}, 'http://10.0.0.5:8002'],
  ['TV.Local:8002', {}, 'http://tv.local:8002'],
  ['[fd00::1]:8002', {}, 'http://[fd00::1]:8002'],
  ['10.0.0.5', { 'x-forwarded-proto': 'https', 'x-forwarded-host': '10.0.0.9' }, 'https://10.0.0.9'],
  [
    '10.0.0.5',
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': '10.0.0.9:8443' },
    'https://10.0.0.9:8443',
  ],
  [
    '10.0.0.5',
    { 'x-forwarded-proto': 'https,http', 'x-forwarded-host': 'evil.example, 10.0.0.9' },
    'http://10.0.0.9',
  ],
])('gives the addresses by which it was asked: %s %j', async (host, headers, base) => {
  const login = `username=${username}&password=${password}`;
  const list = await ask({ url: `/get.php?${login}`, headers: { host, ...headers } });
  const addresses = list.body.split('\n').filter((line) => line.startsWith('http'));
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of addresses) expect(address).toMatch(`${base}/live/${username}/${password}/`);
  const { server_info: server } = (
    await ask({ url: `/player_api.php?${login}`, headers: { host, ...headers } })
  ).json();
  const port = server.server_protocol === 'https' ? server.https_port : server.port;
  expect(new URL(`${server.server_protocol}://${server.url}:${port}`).origin).toBe(base);
});

it('refuses everything else without a page, a word of the login in the log, or a stream', async () => {
  const right = `username=${username}&password=${password}`;
  const odd: [url: string, status: number][] = [
    ['/player_api.php?%', 200],
    ['/player_api.php?username=%zz&password=%', 200],
    [`/player_api.php?username=${username}`, 200],
    [`/player_api.php?username[]=${username}&password[]=${password}`, 200],
    [`/player_api.php?USERNAME=${username}&PASSWORD=${password}`, 200],
    [`/player_api.php?username=c0${username.slice(1)}&password=${password}`, 200],
    [`/get.php?username=${username}&password=`, 401],
    ['/xmltv.php', 401],
    [`/live/${username}/${password}x/1.ts`, 401],
    [`/live/${password}/${username}/1.ts`, 401],
    [`/live/seg/${password}/1.ts`, 401],
    [`/live/${username}/${password}/0.ts`, 404],
    [`/live/${username}/${password}/1.TS`, 404],
    [`/live/${username}/${password}/1.mkv`, 404],
    [`/live/${username}/${password}/1e0.ts`, 404],
    [`/live/${username}/${password}/%31%00.ts`, 404],
    [`/live/${username}/${password}/9007199254740993.ts`, 404],
    [`/movie/${username}/${password}/1.mp4`, 404],
    [`/series/${username}/${password}/1.mp4`, 404],
    [`/x1/${password}/1.ts`, 404],
    [`/timeshift/${username}/${password}/60/2026-01-01:00-00/1.ts`, 404],
    [`/timeshift/${username}/${password}/60/1.ts`, 404],
    [`/streaming/timeshift.php?${right}&stream=1&start=2026-01-01_00-00&duration=60`, 404],
    [`/streaming/timeshift.php?${right}`, 404],
  ];
  for (const [url, status] of odd) {
    const response = await ask({ url, headers: { accept: '*/*' } });
    expect([url, response.statusCode]).toEqual([url, status]);
    expect(response.headers['content-type'] ?? 'none').not.toContain('html');
    if (status === 200) expect(response.json()).toEqual({ user_info: { auth: 0 } });
    expect(response.body).not.toContain(password);
  }
  for (const method of ['PUT', 'PATCH', 'DELETE'] as const)
    expect((await ask({ method, url: `/player_api.php?${right}` })).statusCode).toBe(404);
  const long = {
    method: 'POST',
    url: `/player_api.php?${right}`,
    payload: `x=${'a'.repeat(70_000)}`,
  } as const;
  expect((await ask(long)).statusCode).toBe(413);
  const untyped = { ...long, payload: 'x', headers: { 'content-type': 'nonsense' } };
  expect((await ask(untyped)).statusCode).toBe(415);
  expect(JSON.stringify(fake.log())).not.toContain(password);
});

it('leaves the addresses of the shared screen alone', async () => {
  const sequence = fake.publish();
  expect((await ask({ url: '/live/index.m3u8' })).statusCode).toBe(200);
  expect((await ask({ url: `/live/seg/${sequence}.ts` })).statusCode).toBe(200);
  expect((await ask({ url: '/live.m3u8' })).statusCode).toBe(200);
  const screen = await ask({
    url: `/live/${username}/${password}/1.m3u8`,
    headers: { host: '10.0.0.5:8002' },
  });
  expect(screen.headers.location).toBe(`http://10.0.0.5:8002/t/${password}/live.m3u8`);
  expect((await ask({ url: `/t/${password}/live.m3u8` })).statusCode).toBe(200);
});

it('takes no other login for a viewer’s key, and needs none', async () => {
  await fake.stop();
  fake = await startFakeHttp({ key: true });
  const { client, token } = fake.context.clients.make('Box', 'other', owner);
  const login = `username=${loginOf(client)}&password=${token}`;
  expect((await ask({ url: `/player_api.php?${login}` })).json().user_info.auth).toBe(1);
  expect((await ask({ url: `/live/${loginOf(client)}/${token}/1.m3u8` })).statusCode).toBe(302);
  fake.context.clients.end(client.id, owner);
  expect((await ask({ url: `/player_api.php?${login}` })).json()).toEqual({ user_info: { auth: 0 } });
});
