import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WATCH_PASS_LIFETIME } from '../../src/access/gate.ts';
import { type FakeHttp, FIRST_SEQUENCE, startFakeHttp, VIEWER_KEY } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const key = encodeURIComponent(VIEWER_KEY);
const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });

/** The cookie as a browser sends it back. */
function cookieOf(response: Awaited<ReturnType<typeof get>>): string {
  return String(response.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';
}

describe('/watch', () => {
  it('is the page, never kept, with a cookie that scripts cannot read', async () => {
    const response = await get('/watch');
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('<title>watch</title>');
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(response.headers['cache-control']).toBe('no-cache');
    const cookie = String(response.headers['set-cookie']);
    expect(cookie).toMatch(/^zapette_watch=/);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).toMatch(/Max-Age=600/);
    expect(cookie).not.toMatch(/Secure/);
  });

  it('marks the cookie for https where the page came by https', async () => {
    await fake.stop();
    fake = await startFakeHttp({ trustProxy: true });
    const response = await get('/watch', { 'x-forwarded-proto': 'https' });
    expect(String(response.headers['set-cookie'])).toMatch(/; Secure/);
  });

  it('is also found under /watch/', async () => {
    expect((await get('/watch/')).statusCode).toBe(200);
  });

  it('keeps the viewer the same over a reload', async () => {
    const first = cookieOf(await get('/watch'));
    const second = cookieOf(await get('/watch', { cookie: first }));
    const id = (cookie: string) => cookie.split('=')[1]?.split('.')[0];
    expect(id(second)).toBe(id(first));
  });
});

describe('/wall', () => {
  it('is a page whose cookie opens the playlists of all screens', async () => {
    const response = await get('/wall');
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('<title>wall</title>');
    expect(response.headers['cache-control']).toBe('no-cache');
    expect(response.headers['content-security-policy']).toBeDefined();
    const playlist = await get('/internal_stream.m3u8', { cookie: cookieOf(response) });
    expect(playlist.statusCode).toBe(200);
  });

  it('opens for the viewers’ key alone where there is one', async () => {
    await fake.stop();
    fake = await startFakeHttp({ key: true });
    const refused = await get('/wall');
    expect([refused.statusCode, refused.json().error.code]).toEqual([403, 'viewer_key_needed']);
    expect(refused.headers['set-cookie']).toBeUndefined();
    const opened = await get(`/wall?key=${key}`);
    expect([opened.statusCode, opened.headers.location]).toEqual([302, '/wall']);
    expect((await get('/wall', { cookie: cookieOf(opened) })).statusCode).toBe(200);
  });
});

describe('/watch in key mode', () => {
  beforeEach(async () => {
    await fake.stop();
    fake = await startFakeHttp({ key: true });
  });

  it('asks for the key, says how to get it, and sets no cookie', async () => {
    for (const url of ['/watch', '/watch?key=wrong', '/watch?key=a&key=b']) {
      const response = await get(url, { 'accept-language': 'fr' });
      expect(response.statusCode).toBe(403);
      expect(response.json()).toMatchObject({
        error: { code: 'viewer_key_needed', message: expect.stringContaining('clé') },
      });
      expect(response.headers['set-cookie']).toBeUndefined();
    }
  });

  it('takes the key out of the address bar, and the cookie from then on', async () => {
    const response = await get(`/watch?key=${key}`);
    expect(response.statusCode).toBe(302);
    expect(response.headers.location).toBe('/watch');
    expect((await get(`/watch?embed=1&key=${key}`)).headers.location).toBe('/watch?embed=1');
    const page = await get('/watch', { cookie: cookieOf(response) });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('<title>watch</title>');
  });

  it('sets a cookie that survives the way from a link in a chat, which is another site', async () => {
    // With SameSite=Strict browsers leave it out after the redirect, as the chat's page began the navigation.
    const response = await get(`/watch?key=${key}`);
    expect(String(response.headers['set-cookie'])).toMatch(/; SameSite=Lax/);
  });

  it('gives segments to the page without the key, and to nobody else', async () => {
    const cookie = cookieOf(await get(`/watch?key=${key}`));
    const playlist = await get('/internal_stream.m3u8', { cookie });
    expect(playlist.statusCode).toBe(200);
    expect(playlist.body).not.toContain('key=');
    const [segment = ''] = playlist.body.split('\n').filter((line) => /^[^#]/.test(line));
    expect((await get(`/${segment}`, { cookie })).statusCode).toBe(200);
    expect((await get(`/${segment}`)).statusCode).toBe(403);
  });

  it('turns an expired page away', async () => {
    const cookie = cookieOf(await get(`/watch?key=${key}`));
    fake.clock.skip(WATCH_PASS_LIFETIME + 1);
    expect((await get('/watch', { cookie })).statusCode).toBe(403);
    expect((await get(`/live/seg/${FIRST_SEQUENCE}.ts`, { cookie })).statusCode).toBe(403);
  });
});

describe('/internal_stream.m3u8', () => {
  it.each([
    {},
    { cookie: 'zapette_watch=' },
    { cookie: 'zapette_watch=a.99999999999999.b' },
    { cookie: 'zapette_session=x; other' },
    { cookie: ';;;=' },
  ])('is of no use outside of the page: %j', async (headers) => {
    const response = await get('/internal_stream.m3u8', headers);
    expect(response.statusCode).toBe(403);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toMatchObject({
      error: { code: 'watch_page_only', message: expect.stringContaining('/watch') },
    });
  });

  it('is the same channel, and invites to block only where asked to', async () => {
    const cookie = cookieOf(await get('/watch'));
    const plain = await get('/internal_stream.m3u8', { cookie });
    expect(plain.statusCode).toBe(200);
    expect(plain.headers['content-type']).toBe('application/vnd.apple.mpegurl');
    expect(plain.body).toContain(`\nlive/seg/${FIRST_SEQUENCE}.ts\n`);
    expect(plain.body).not.toContain('CAN-BLOCK-RELOAD');
    const blocking = await get('/internal_stream.m3u8?blocking=1', { cookie });
    expect(blocking.body).toContain('#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES\n');
  });

  it('holds the answer until the asked-for segment exists', async () => {
    const cookie = cookieOf(await get('/watch'));
    await get('/internal_stream.m3u8', { cookie });
    const next = fake.screen.broadcast.live.playlist.nextSequence;
    const held = get(`/internal_stream.m3u8?blocking=1&_HLS_msn=${next}`, { cookie });
    await new Promise((resolve) => setTimeout(resolve, 20));
    fake.publish();
    expect((await held).body).toContain(`\nlive/seg/${next}.ts\n`);
  });

  it('renews the pass while the page plays, so that it can go on for hours as one viewer', async () => {
    let cookie = cookieOf(await get('/watch'));
    expect((await get('/internal_stream.m3u8', { cookie })).headers['set-cookie']).toBeUndefined();
    for (let hours = 0; hours < 6; hours++) {
      fake.clock.skip(WATCH_PASS_LIFETIME / 2 + 1000);
      const response = await get('/internal_stream.m3u8', { cookie });
      expect(response.statusCode).toBe(200);
      cookie = cookieOf(response);
      expect(cookie).toMatch(/^zapette_watch=./);
    }
    expect((await get('/stream_status')).json()).toMatchObject({ viewers: 1 });
  });

  it('ends with the pass, and begins again with a new page', async () => {
    const cookie = cookieOf(await get('/watch'));
    fake.clock.skip(WATCH_PASS_LIFETIME);
    expect((await get('/internal_stream.m3u8', { cookie })).statusCode).toBe(403);
    const fresh = cookieOf(await get('/watch', { cookie }));
    expect((await get('/internal_stream.m3u8', { cookie: fresh })).statusCode).toBe(200);
  });
});

describe('the pages', () => {
  it('are always asked for anew, their hashed parts never', async () => {
    const page = await get('/');
    expect(page.body).toContain('<title>console</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
    const part = await get('/assets/watch-a1b2c3.js');
    expect(part.headers['cache-control']).toMatch(/immutable/);
  });

  it('come compressed to who reads that', async () => {
    for (const url of ['/', '/assets/watch-a1b2c3.js']) {
      const plain = await get(url);
      const small = await get(url, { 'accept-encoding': 'gzip, deflate, br' });
      expect([url, small.statusCode, small.headers['content-encoding']]).toEqual([url, 200, 'br']);
      expect(brotliDecompressSync(small.rawPayload).toString()).toBe(plain.body);
      expect(small.headers['content-type']).toBe(plain.headers['content-type']);
      expect(small.headers['cache-control']).toBe(plain.headers['cache-control']);
      expect(small.headers.vary).toMatch(/accept-encoding/i);
    }
  });

  it.each([
    '/nothing',
    '/assets/nothing.js',
    '/../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/.env',
    '/assets/',
  ])('answer %s with 404 as JSON', async (url) => {
    const response = await get(url);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ error: { code: 'not_found' } });
  });
});
