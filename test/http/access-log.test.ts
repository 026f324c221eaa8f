import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, bearer, type FakeHttp, startFakeHttp, VIEWER_KEY } from '../fakes/http-context.ts';

let fake: FakeHttp;
afterEach(() => fake.stop());

let logged: Record<string, unknown>[] = [];
beforeEach(() => {
  logged = [];
});

/** All lines so far; the fake gives each of its own once. */
function lines(): readonly Record<string, unknown>[] {
  logged.push(...fake.log().filter(({ log }) => log === 'access'));
  return logged;
}

describe('ACCESS_LOG', () => {
  it('logs nothing where it is off', async () => {
    fake = await startFakeHttp();
    const url = await fake.listen();
    await (await fetch(`${url}/health`)).text();
    expect(lines()).toEqual([]);
  });

  it('logs each request by its route once it has ended, outside the console’s tail', async () => {
    fake = await startFakeHttp({ isAccessLogged: true, key: true });
    const url = await fake.listen();
    const playlist = await fetch(`${url}/live/index.m3u8?key=${encodeURIComponent(VIEWER_KEY)}`);
    const { length } = await playlist.text();
    await fetch(`${url}/vlc/a-secret-token.ts`);
    await fetch(`${url}/no/such/page`);
    await fetch(`${url}/metrics`, { headers: { ...bearer, 'x-forwarded-for': '203.0.113.7' } });
    await expect.poll(() => lines().length).toBe(4);
    expect(lines()).toMatchObject([
      { method: 'GET', route: '/live/index.m3u8', status: 200, client: '127.0.0.0/24', msg: 'request' },
      { route: '/vlc/:file', status: 404 },
      { route: null, status: 404 },
      { route: '/metrics', status: 200 },
    ]);
    const [first] = lines();
    expect(first?.bytes).toBeGreaterThan(length);
    expect(first?.ms).toBeGreaterThanOrEqual(0);
    for (const secret of [VIEWER_KEY, 'key=', 'a-secret-token', 'such', ADMIN_TOKEN])
      expect(JSON.stringify(lines())).not.toContain(secret);
    expect(fake.context.logTail.after(0, 'trace').map(({ text }) => text)).not.toContain('request');
    expect(JSON.stringify(fake.context.logTail.after(0, 'trace'))).not.toContain('/vlc/:file');
  });

  it('logs a stream once its viewer has left', async () => {
    fake = await startFakeHttp({ isAccessLogged: true });
    const url = await fake.listen();
    const leave = new AbortController();
    const response = await fetch(`${url}/live.ts`, { signal: leave.signal });
    await (response.body as ReadableStream<Uint8Array>).getReader().read();
    expect(lines()).toEqual([]);
    leave.abort();
    await expect.poll(() => lines().length).toBe(1);
    expect(lines()).toMatchObject([{ route: '/live.ts', status: 200, isCutOff: true }]);
  });
});
