import { afterEach, describe, expect, it } from 'vitest';
import { WATCH_PASS_LIFETIME } from '../../src/access/gate.ts';
import { bearer, type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

const EDGE = 'https://edge.example';
const onEdges = { segmentsUrls: [EDGE], playlistCacheSeconds: 1 };

let fake: FakeHttp;
afterEach(() => fake.stop());

type Headers = Record<string, string>;
const viewers = async () => (await fake.app.inject('/stream_status')).json().viewers;
const seen = (headers: Headers) =>
  fake.app.inject({
    method: 'POST',
    url: '/api/watch/seen',
    headers: { 'accept-language': 'en', ...headers },
  });
const cookieOf = (answer: { readonly headers: object }) =>
  String((answer.headers as { 'set-cookie'?: string })['set-cookie']).split(';')[0] ?? '';

/** Opens the watch page; gives its cookie. */
async function open(options: FakeHttpOptions, headers: Headers = {}): Promise<string> {
  fake = await startFakeHttp(options);
  return cookieOf(await fake.app.inject({ url: '/watch', headers }));
}

describe('POST /api/watch/seen', () => {
  it('names the folder of the playlists on the viewer’s edge, whose segments have one address each', async () => {
    const cookie = await open(onEdges);
    await fake.app.inject({
      method: 'POST',
      url: '/set_active_stream',
      headers: bearer,
      payload: { channel_id: 1 },
    });
    const answer = await seen({ cookie });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const { playlists, again } = answer.json();
    expect(again).toBe(15);
    expect(playlists).toMatch(/^https:\/\/edge\.example\/e\/[\w-]{22}\/\d+\/live\/$/);
    const segments = async (folder: string) =>
      (await fake.app.inject(`${folder}page.m3u8`.slice(EDGE.length))).body
        .split('\n')
        .filter((line) => /^[^#]/.test(line));
    const today = await segments(playlists);
    expect(today.at(-1)).toMatch(/^\/e\/[\w-]{22}\/\d+\/live\/\d+\.ts$/);
    expect((await fake.app.inject(today.at(-1) ?? '')).statusCode).toBe(200);
    // By the next day's prefix the same segments have the same addresses.
    fake.clock.skip(86_400_000);
    const fresh = cookieOf(await fake.app.inject('/watch'));
    const tomorrow = (await seen({ cookie: fresh })).json().playlists;
    expect(tomorrow).not.toBe(playlists);
    expect((await segments(tomorrow)).filter((address) => today.includes(address))).toEqual(today);
  });

  it.each([
    ['without edges', { playlistCacheSeconds: 1 }],
    ['where caches may keep no playlist', { segmentsUrls: [EDGE] }],
    ['where the edge has a path', { segmentsUrls: [`${EDGE}/tv`], playlistCacheSeconds: 1 }],
  ])('leaves the page at home %s', async (_where, options) => {
    const cookie = await open(options);
    expect((await seen({ cookie })).json()).toEqual({ playlists: null, again: 60 });
  });

  it('counts a page that takes its playlists from an edge until it misses its time, or leaves', async () => {
    const cookie = await open(onEdges);
    const wait = () => fake.clock.skip(34_000);
    for (let times = 0; times < 3; times++) {
      await seen({ cookie });
      wait();
      expect(await viewers()).toBe(1);
    }
    wait();
    expect(await viewers()).toBe(0);
    await seen({ cookie });
    await fake.app.inject({ method: 'POST', url: '/api/watch/leave', headers: { cookie } });
    expect(await viewers()).toBe(0);
  });

  it('has such a viewer asked for before the channel is changed', async () => {
    const cookie = await open(onEdges);
    const people = {
      ana: logIn(fake, 'controller', { id: 'discord:1', name: 'Ana' }),
      bob: logIn(fake, 'viewer', { id: 'discord:2', name: 'Bob' }),
    };
    const play = (headers: Headers, channel_id: number) =>
      fake.app.inject({ method: 'POST', url: '/set_active_stream', headers, payload: { channel_id } });
    await play(people.ana, 1);
    await seen({ cookie });
    fake.clock.skip(30_000);
    expect((await play(people.bob, 3)).json().error).toMatchObject({ code: 'others_watching', viewers: 1 });
  });

  it('is asked less often where there are many pages, which count for longer then', async () => {
    const cookie = await open(onEdges);
    for (let at = 0; at < 3_000; at++) fake.screen.viewers.seen(`viewer ${at}`);
    expect((await seen({ cookie })).json().again).toBe(30);
    fake.clock.skip(49_000);
    expect(await viewers()).toBe(1);
    for (let at = 0; at < 40_000; at++) fake.screen.viewers.seen(`viewer ${at}`);
    expect((await seen({ cookie })).json().again).toBe(240);
  });

  it('renews the pass, so that a page on an edge goes on for hours as one viewer', async () => {
    let cookie = await open(onEdges);
    expect((await seen({ cookie })).headers['set-cookie']).toBeUndefined();
    for (let hours = 0; hours < 6; hours++) {
      fake.clock.skip(WATCH_PASS_LIFETIME / 2 + 1000);
      const answer = await seen({ cookie });
      expect(answer.statusCode).toBe(200);
      cookie = cookieOf(answer);
    }
    expect(await viewers()).toBe(1);
  });

  it('refuses whoever may not watch, and tells them of no edge', async () => {
    const cookie = await open(onEdges);
    const stranger = await seen({ cookie: 'zapette_watch=x' });
    expect([stranger.statusCode, stranger.json().error.code]).toEqual([403, 'watch_page_only']);
    fake.clock.skip(WATCH_PASS_LIFETIME + 1);
    expect((await seen({ cookie })).statusCode).toBe(403);
    await fake.stop();
    fake = await startFakeHttp({ ...onEdges, personal: true });
    const session = logIn(fake, 'viewer');
    const pass = cookieOf(await fake.app.inject({ url: '/watch', headers: session }));
    expect((await seen({ cookie: `${session.cookie}; ${pass}` })).statusCode).toBe(200);
    const loggedOut = await seen({ cookie: pass });
    expect([loggedOut.statusCode, loggedOut.json().error.code]).toEqual([401, 'log_in_to_watch']);
    expect(loggedOut.body).not.toContain('edge.example');
  });
});

describe('/internal_auto.m3u8', () => {
  it('names both pictures to the page alone, the full one first, for nobody to keep', async () => {
    const cookie = await open({});
    const auto = (query: string) =>
      fake.app.inject({ url: `/internal_auto.m3u8${query}`, headers: { cookie } });
    const named = ({ body }: { readonly body: string }) =>
      body.split('\n').filter((line) => /^[^#]/.test(line));
    const answer = await auto('?blocking=1');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(named(answer)).toEqual(['internal_stream.m3u8?blocking=1', 'internal_540p.m3u8?blocking=1']);
    expect(named(await auto(''))).toEqual(['internal_stream.m3u8', 'internal_540p.m3u8']);
    expect((await fake.app.inject('/internal_auto.m3u8')).statusCode).toBe(403);
  });

  it('names one where there is no lower rendition', async () => {
    const cookie = await open({ lowerRendition: false });
    const answer = await fake.app.inject({ url: '/internal_auto.m3u8', headers: { cookie } });
    expect(answer.body).not.toContain('540p');
  });
});

describe('/internal_540p.m3u8', () => {
  it('is the lower rendition for the page alone, number by number, and its segments', async () => {
    const cookie = await open({});
    await fake.app.inject({
      method: 'POST',
      url: '/set_active_stream',
      headers: bearer,
      payload: { channel_id: 1 },
    });
    const { body } = await fake.app.inject({ url: '/internal_540p.m3u8?blocking=1', headers: { cookie } });
    expect(body).toContain('CAN-BLOCK-RELOAD=YES');
    const last = body.trim().split('\n').at(-1) ?? '';
    expect(last).toMatch(/^live\/540p\/\d+\.ts$/);
    expect((await fake.app.inject(`/${last}`)).statusCode).toBe(200);
    expect(await viewers()).toBe(1);
    expect((await fake.app.inject('/internal_540p.m3u8')).statusCode).toBe(403);
  });
});
