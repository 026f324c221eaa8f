import { request } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createSegment,
  type FakeHttp,
  type FakeHttpOptions,
  FIRST_SEQUENCE,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { shareHttp } from '../fakes/shared-http.ts';

let fake: FakeHttp;
async function restart(options: FakeHttpOptions): Promise<void> {
  await fake.stop();
  fake = await startFakeHttp(options);
}
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });

describe('/live.m3u8', () => {
  it('is a multivariant playlist to HLS players and a one-channel M3U to Jellyfin', async () => {
    const response = await get('/live.m3u8', { host: 'tv.home:8002' });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/vnd.apple.mpegurl');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['access-control-allow-origin']).toBe('*');
    const lines = response.body.split('\n');
    expect(lines[0]).toBe('#EXTM3U');
    expect(lines).toContain('#EXT-X-VERSION:6');
    const entry = lines.find((line) => line.startsWith('#extinf:-1 ')) ?? '';
    expect(entry).toMatch(/ tvg-id="live" tvg-chno="1" tvg-name="Live" .*,Live$/);
    expect(response.body).not.toMatch(/#EXTINF|CODECS|RESOLUTION|ENDLIST/);
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^#EXT-X-STREAM-INF:BANDWIDTH=\d+$/),
      'http://tv.home:8002/live/index.m3u8',
      '',
    ]);
    // Jellyfin takes the next line that is no comment; it must be the stream.
    expect(lines.slice(lines.indexOf(entry) + 1).find((line) => !line.startsWith('#'))).toBe(
      'http://tv.home:8002/live/index.m3u8',
    );
  });

  it('keeps its bytes, which Jellyfin knows the channel by', async () => {
    const { body } = await get('/live.m3u8', { host: 'tv.home:8002' });
    expect(body).toBe(`#EXTM3U
#EXT-X-VERSION:6
#extinf:-1 tvg-id="live" tvg-chno="1" tvg-name="Live" tvg-logo="http://tv.home:8002/logo.png" group-title="Live",Live
#EXT-X-STREAM-INF:BANDWIDTH=8000000
http://tv.home:8002/live/index.m3u8
`);
  });

  it('gives its logo by an absolute address, where there is a picture', async () => {
    const logo =
      /tvg-logo="([^"]+)"/.exec((await get('/live.m3u8', { host: 'tv.home:8002' })).body)?.[1] ?? '';
    const { host, pathname } = new URL(logo);
    expect(host).toBe('tv.home:8002');
    const picture = await get(pathname);
    expect(picture.statusCode).toBe(200);
    expect(picture.headers['content-type']).toMatch(/^image\//);
  });

  it('uses PUBLIC_URL rather than what was asked for', async () => {
    await restart({ publicUrl: 'https://tv.example/here' });
    for (const host of ['tv.example', 'container:8002', '127.0.0.1:8002', '1.1.1.1'])
      expect((await get('/live.m3u8', { host })).body).toContain(
        '\nhttps://tv.example/here/live/index.m3u8\n',
      );
  });

  it('names the address in the local network to whoever has asked there', async () => {
    await restart({ publicUrl: 'https://tv.example/here' });
    for (const host of ['192.168.1.20:8002', 'nas.local', '[fd00::1]:8002'])
      expect((await get('/live.m3u8', { host })).body).toContain(`\nhttp://${host}/live/index.m3u8\n`);
  });

  it.each([
    { 'x-forwarded-for': '198.51.100.7' },
    { 'x-forwarded-proto': 'https' },
    { 'x-real-ip': '198.51.100.7' },
    { forwarded: 'for=198.51.100.7' },
    { via: '1.1 proxy' },
  ])('does not take the proxy’s own Host for the asker’s: %j', async (headers) => {
    await restart({ publicUrl: 'https://tv.example' });
    expect((await get('/live.m3u8', { host: '192.168.1.20:8002', ...headers })).body).toContain(
      '\nhttps://tv.example/live/index.m3u8\n',
    );
  });

  it('believes a proxy only where it is told to', async () => {
    const forwarded = { host: 'inside:8002', 'x-forwarded-host': 'nas.lan', 'x-forwarded-proto': 'https' };
    expect((await get('/live.m3u8', forwarded)).body).toContain('\nhttp://inside:8002/live/index.m3u8\n');
    await restart({ trustProxy: true });
    expect((await get('/live.m3u8', forwarded)).body).toContain('\nhttps://nas.lan/live/index.m3u8\n');
    await restart({ trustProxy: true, publicUrl: 'https://tv.example' });
    for (const host of ['inside:8002', 'nas.lan'])
      expect((await get('/live.m3u8', { ...forwarded, host })).body).toContain(
        '\nhttps://nas.lan/live/index.m3u8\n',
      );
  });

  it('answers 200 while nothing is on, as does the media playlist, with segments', async () => {
    for (const url of ['/live.m3u8', '/live/index.m3u8']) expect((await get(url)).statusCode).toBe(200);
    expect((await get('/live/index.m3u8')).body).toContain('#EXTINF:');
  });

  it('tells the bandwidth of what has been on, the peak and the average, and not the slate’s', async () => {
    expect((await get('/live.m3u8')).body).toContain(':BANDWIDTH=8000000\n');
    for (let count = 0; count < 4; count++) fake.publish();
    const { peak, average } = fake.screen.broadcast.live.bandwidth ?? {};
    expect(average).toBeGreaterThan(0);
    expect((await get('/live.m3u8')).body).toContain(`:BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${average}\n`);
  });

  it('hides discontinuities from VLC, which would stand still, and from no other player', async () => {
    fake.publish();
    const of = async (agent: string) => {
      const named = (await get('/live.m3u8', { 'user-agent': agent, host: '127.0.0.1' })).body;
      return (await get(new URL(named.trim().split('\n').at(-1) ?? '').pathname)).body;
    };
    const [vlc, ffmpeg] = await Promise.all([of('VLC/3.0.23 LibVLC/3.0.23'), of('Lavf/59.27.100')]);
    expect(ffmpeg).toContain('#EXT-X-DISCONTINUITY\n');
    expect(vlc).not.toContain('DISCONTINUITY');
    const segments = (text: string) => text.split('\n').filter((line) => line.startsWith('seg/'));
    expect(segments(vlc)).toEqual(segments(ffmpeg));
  });

  it('passes the key on, and refuses requests without it, in key mode', async () => {
    await restart({ key: true });
    const key = encodeURIComponent(VIEWER_KEY);
    const { body } = await get(`/live.m3u8?key=${key}`);
    expect(body).toContain(`/live/index.m3u8?key=${key}\n`);
    const playlist = await get(`/live/index.m3u8?key=${key}`);
    const [segment = ''] = playlist.body.split('\n').filter((line) => /^[^#]/.test(line));
    expect(segment).toBe(`seg/${FIRST_SEQUENCE}.ts?key=${key}`);
    expect((await get(`/live/${segment}`)).statusCode).toBe(200);
    for (const url of ['/live.m3u8', '/live/index.m3u8', `/live/seg/${FIRST_SEQUENCE}.ts`, '/live.ts']) {
      for (const query of ['', '?key=', '?key=wrong', '?key=a&key=b', `?KEY=${key}`]) {
        const response = await get(url + query);
        expect([url + query, response.statusCode]).toEqual([url + query, 403]);
        expect(response.json()).toMatchObject({ error: { code: 'viewer_key_needed' } });
        expect(response.body).not.toContain(key);
      }
      expect((await fake.app.inject({ method: 'HEAD', url })).statusCode).toBe(403);
    }
  });
});

describe('/live/index.m3u8', () => {
  it('is a media playlist that players may always fetch anew', async () => {
    const response = await get('/live/index.m3u8');
    expect(response.headers).toMatchObject({
      'content-type': 'application/vnd.apple.mpegurl',
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
    });
    expect(response.body).toContain(`#EXT-X-MEDIA-SEQUENCE:${FIRST_SEQUENCE}\n`);
    expect(response.body).toContain(`\nseg/${FIRST_SEQUENCE}.ts\n`);
    // Apple's players end where they are invited to block without partial segments.
    expect(response.body).not.toMatch(/SERVER-CONTROL|ENDLIST/);
  });

  it('counts players, each once', async () => {
    await get('/live/index.m3u8', { 'user-agent': 'VLC' });
    await get('/live/index.m3u8', { 'user-agent': 'VLC' });
    await get('/live/index.m3u8', { 'user-agent': 'Kodi' });
    expect((await get('/stream_status')).json()).toMatchObject({ viewers: 2 });
    await fake.clock.advance(21_000);
    expect((await get('/stream_status')).json()).toMatchObject({ viewers: 0 });
  });

  it('wakes the slate for a player that comes after a long quiet time', async () => {
    await get('/live.m3u8');
    await fake.clock.advance(3_600_000);
    const before = fake.screen.broadcast.live.playlist.nextSequence;
    await get('/live.m3u8');
    expect(fake.screen.broadcast.live.playlist.nextSequence).toBeGreaterThan(before);
  });
});

it('playlists wait for the last segments of an ending process, which can still be fetched', async () => {
  const { drain } = fake.screen.broadcast.live;
  await get('/live/index.m3u8');
  const begun = drain.begin();
  const held = get('/live/index.m3u8');
  await fake.clock.advance(4_000);
  await begun;
  const last = fake.publish();
  const ended = drain.end();
  expect((await held).body).toContain(`seg/${last}.ts`);
  expect((await get(`/live/seg/${last}.ts`)).statusCode).toBe(200);
  await fake.clock.advance(400);
  await ended;
});

describe('blocking reload', () => {
  it('holds the answer until the segment exists', async () => {
    await get('/live/index.m3u8');
    const next = fake.screen.broadcast.live.playlist.nextSequence;
    let answered = false;
    const held = get(`/live/index.m3u8?_HLS_msn=${next}`).then((response) => {
      answered = true;
      return response;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(answered).toBe(false);
    expect(fake.publish()).toBe(next);
    expect((await held).body).toContain(`\nseg/${next}.ts\n`);
  });

  it('answers after ten seconds, before a proxy runs out of patience', async () => {
    await get('/live/index.m3u8');
    const { live } = fake.screen.broadcast;
    fake.publish();
    const held = get(`/live/index.m3u8?_HLS_msn=${live.playlist.nextSequence + 1}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await fake.clock.advance(10_000);
    expect((await held).statusCode).toBe(200);
  });

  it('stops waiting when the player has left', async () => {
    const url = await fake.listen();
    await get('/live/index.m3u8');
    const { live } = fake.screen.broadcast;
    const ended = Promise.withResolvers<void>();
    const until = live.until.bind(live);
    const waiting = Promise.withResolvers<void>();
    live.until = (...args) => {
      waiting.resolve();
      return until(...args).finally(ended.resolve);
    };
    const asking = request(`${url}/live/index.m3u8?_HLS_msn=${live.playlist.nextSequence}`);
    asking.on('error', () => {}).end();
    await waiting.promise;
    asking.destroy();
    // The clock stands still and no segment comes: only the player's leaving can end this.
    await ended.promise;
  });
});

describe('a blocking reload for a segment that does not come next', () => {
  const shared = shareHttp();

  it.each([
    '0',
    '1',
    '-5',
    '',
    'x',
    'NaN',
    '1e400',
    '99999999999',
    '1.5',
    `${FIRST_SEQUENCE + 9}`,
    '1&_HLS_msn=2',
  ])('is answered at once: _HLS_msn=%s', async (asked) => {
    const response = await shared.inject(`/live/index.m3u8?_HLS_msn=${asked}`);
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('#EXTINF');
  });
});

describe('/live/seg/<n>.ts', () => {
  beforeEach(() => get('/live/index.m3u8'));

  it('is an immutable piece of television', async () => {
    const response = await get(`/live/seg/${FIRST_SEQUENCE}.ts`);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'video/mp2t',
      'access-control-allow-origin': '*',
      'content-length': String(createSegment(0).bytes.length),
    });
    expect(response.headers['cache-control']).toMatch(/immutable/);
    expect(response.headers['cache-control']).toMatch(/max-age=\d{4,}/);
    expect(response.rawPayload[0]).toBe(0x47);
  });

  it('answers Range: bytes=0-, which players send with everything, with a plain 200', async () => {
    const response = await get(`/live/seg/${FIRST_SEQUENCE}.ts`, { range: 'bytes=0-' });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-range']).toBeUndefined();
    expect(response.rawPayload.length).toBe(createSegment(0).bytes.length);
  });

  it('answers HEAD with the same length and no body', async () => {
    const response = await fake.app.inject({ method: 'HEAD', url: `/live/seg/${FIRST_SEQUENCE}.ts` });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-length']).toBe(String(createSegment(0).bytes.length));
    expect(response.rawPayload.length).toBe(0);
  });

  it('keeps what has left the playlist for a while, then forgets it', async () => {
    for (let count = 0; count < 15; count++) fake.publish();
    expect((await get('/live/index.m3u8')).body).not.toContain(`seg/${FIRST_SEQUENCE}.ts`);
    expect((await get(`/live/seg/${FIRST_SEQUENCE}.ts`)).statusCode).toBe(200);
    for (let count = 0; count < 60; count++) fake.publish();
    expect((await get(`/live/seg/${FIRST_SEQUENCE}.ts`)).statusCode).toBe(404);
  });

  it('sends the pieces of a segment on disk, with its whole length', async () => {
    const { storage } = fake.screen.broadcast.live.playlist;
    const bytes = Buffer.from('from a slow disk');
    vi.spyOn(storage, 'fromDisk').mockImplementation(async (sequence, take) => {
      if (sequence !== 7) return false;
      // One buffer for all pieces, as the ring has it.
      const buffer = Buffer.alloc(5);
      for (let at = 0; at < bytes.length; at += 5)
        await take(buffer.subarray(0, bytes.copy(buffer, 0, at, at + 5)), bytes.length);
      return true;
    });
    const found = await get('/live/seg/7.ts');
    expect(found.statusCode).toBe(200);
    expect(fake.context.sent.total('rewind')).toBe(bytes.length);
    expect(fake.context.sent.total('hls')).toBe(0);
    expect(found.headers).toMatchObject({
      ...{ 'content-type': 'video/mp2t', 'content-length': String(bytes.length) },
      'cache-control': expect.stringContaining('immutable'),
    });
    expect(found.rawPayload.equals(bytes)).toBe(true);
    expect((await get('/live/seg/8.ts')).statusCode).toBe(404);
  });

  it('answers 404 where the disk cannot read, and cuts off where it fails on the way', async () => {
    const { storage } = fake.screen.broadcast.live.playlist;
    vi.spyOn(storage, 'fromDisk').mockImplementation(async (sequence, take) => {
      if (sequence === 7) await take(Buffer.from('some of it'), 1_000);
      throw new Error('EIO: i/o error, read');
    });
    expect((await get('/live/seg/8.ts')).statusCode).toBe(404);
    const url = await fake.listen();
    const cut = await fetch(`${url}/live/seg/7.ts`);
    expect(cut.status).toBe(200);
    await expect(cut.arrayBuffer()).rejects.toThrow();
  });

  it('reads no further for a player that has gone', async () => {
    const { storage } = fake.screen.broadcast.live.playlist;
    const over = Promise.withResolvers<unknown>();
    const piece = Buffer.alloc(64 * 1024);
    vi.spyOn(storage, 'fromDisk').mockImplementation(async (_, take) => {
      try {
        // More than any system takes without a reader.
        for (let count = 0; count < 16_384; count++) await take(piece, 16_384 * piece.length);
        return true;
      } catch (error) {
        over.resolve(error);
        throw error;
      }
    });
    const url = await fake.listen();
    const leaving = new AbortController();
    await fetch(`${url}/live/seg/7.ts`, { signal: leaving.signal });
    leaving.abort();
    expect(await over.promise).toBeInstanceOf(Error);
  });

  it('answers with JSON if the address cannot be decoded', async () => {
    const response = await get('/live/seg/%zz.ts');
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ error: { code: 'not_found', message: expect.any(String) } });
  });
});

describe('an address below /live/seg/ that is no segment', () => {
  const shared = shareHttp();
  beforeAll(() => shared.inject('/live/index.m3u8'));

  it.each([
    `${FIRST_SEQUENCE + 1000}.ts`,
    '1e3.ts',
    '-1.ts',
    '+1.ts',
    '0x10.ts',
    'NaN.ts',
    '.ts',
    `${FIRST_SEQUENCE}`,
    `${FIRST_SEQUENCE}.mp4`,
    `${FIRST_SEQUENCE}.ts.ts`,
    `%20${FIRST_SEQUENCE}.ts`,
    '99999999999999999999.ts',
    '..%2f..%2findex.html',
    '..%5c..%5cindex.html',
    '../../package.json',
    '../x',
    `x/y/${FIRST_SEQUENCE}.ts`,
    `${'9'.repeat(300)}.ts`,
  ])('is answered with 404 as JSON that nobody keeps: %s', async (file) => {
    const response = await shared.inject(`/live/seg/${file}`);
    expect(response.statusCode).toBe(404);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(response.json()).toEqual({
      error: { code: 'not_found', message: 'There is nothing at this address.' },
    });
  });
});

describe('segments in key mode', () => {
  it('are kept by the viewer alone, not by a cache that others share', async () => {
    await restart({ key: true });
    const key = encodeURIComponent(VIEWER_KEY);
    await get(`/live/index.m3u8?key=${key}`);
    const response = await get(`/live/seg/${FIRST_SEQUENCE}.ts?key=${key}`);
    expect(response.headers['cache-control']).toMatch(/^private,/);
  });
});
