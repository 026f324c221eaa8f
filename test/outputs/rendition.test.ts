import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { variantsPlaylist } from '../../src/outputs/variants-playlist.ts';
import {
  bearer,
  type FakeHttp,
  type FakeHttpOptions,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(() => start());
afterEach(() => fake.stop());

const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });
const lastOf = (playlist: string) => playlist.trim().split('\n').at(-1) ?? '';

async function start(options: FakeHttpOptions = {}): Promise<void> {
  fake = await startFakeHttp(options);
  const play = {
    method: 'POST',
    url: '/set_active_stream',
    headers: bearer,
    payload: { channel_id: 1 },
  } as const;
  await fake.app.inject(play);
}

async function restart(options: FakeHttpOptions): Promise<void> {
  await fake.stop();
  await start(options);
}

describe('/live/auto.m3u8', () => {
  it('names the full picture first, then the lower rendition, which /live.m3u8 does not', async () => {
    const { body, headers } = await get('/live/auto.m3u8', { host: 'tv.home:8002' });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
    expect(body.split('\n').filter((line) => line.startsWith('http'))).toEqual([
      'http://tv.home:8002/live/index.m3u8',
      'http://tv.home:8002/live/540p/index.m3u8',
    ]);
    expect(body).not.toContain('RESOLUTION');
    expect((await get('/live.m3u8')).body).not.toContain('540p');
  });

  it('names what VLC gets to VLC, with the key', async () => {
    await restart({ key: true });
    expect((await get('/live/auto.m3u8')).statusCode).toBe(403);
    const key = encodeURIComponent(VIEWER_KEY);
    const { body } = await get(`/live/auto.m3u8?key=${key}`, { 'user-agent': 'VLC/3.0.24' });
    expect(body).toContain(`/live/vlc.m3u8?key=${key}`);
    expect(body).toContain(`/live/540p/vlc.m3u8?key=${key}`);
  });

  it('names the full picture alone where the lower rendition is off', async () => {
    await restart({ lowerRendition: false });
    expect((await get('/live/auto.m3u8')).body).not.toContain('540p');
  });

  it.each([
    [null, [8_000_000, 2_400_000]],
    [{ peak: 12_000_000, average: 7_000_000 }, [12_000_000, 2_400_000]],
    [{ peak: 1_000_000, average: 900_000 }, [1_000_000, 999_999]],
  ])('always says that the full picture needs more, as with %o', (bandwidth, expected) => {
    const text = variantsPlaylist({ full: 'full', low: 'low', bandwidth });
    const peaks = [...text.matchAll(/:BANDWIDTH=(\d+)/g)].map(([, peak]) => Number(peak));
    expect(peaks).toEqual(expected);
  });
});

describe('/live/540p', () => {
  it('lists segments of its own, counts its viewers, and has what the full picture has where nothing is encoded', async () => {
    const { body, headers } = await get('/live/540p/index.m3u8');
    expect(headers['cache-control']).toBe('no-cache');
    expect(fake.screen.viewers.count).toBe(1);
    const segment = await get(`/live/540p/${lastOf(body)}`);
    expect(segment.headers).toMatchObject({
      'content-type': 'video/mp2t',
      'cache-control': 'public, max-age=3600, immutable',
      'access-control-allow-origin': '*',
    });
    expect(segment.rawPayload).toEqual((await get(`/live/seg/${lastOf(body)}`)).rawPayload);
    expect((await get('/live/540p/1.ts')).statusCode).toBe(404);
    expect((await get('/live/540p/vlc.m3u8')).body).not.toContain('DISCONTINUITY');
  });

  it('comes from edges, too', async () => {
    const edge = 'https://edge.example';
    await restart({ segmentsUrls: [edge], playlistCacheSeconds: 1 });
    const address = lastOf((await get('/live/540p/index.m3u8')).body);
    expect(address).toMatch(/^https:\/\/edge\.example\/e\/[\w-]{22}\/\d+\/live\/540p\/\d+\.ts$/);
    const path = address.slice(edge.length);
    const segment = await get(path);
    expect([segment.statusCode, segment.headers['cache-control']]).toEqual([
      200,
      'public, max-age=86400, immutable',
    ]);
    const playlist = await get(path.replace(/\d+\.ts$/, 'index.m3u8'));
    expect(playlist.headers['cache-control']).toContain('max-age=1,');
    expect(lastOf(playlist.body)).toBe(path);
  });
});
