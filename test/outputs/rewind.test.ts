import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RingDisk } from '../../src/stream/segments/ring/ring-disk.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import {
  createSegment,
  type FakeHttp,
  FIRST_SEQUENCE,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
let fake: FakeHttp;
/** Seconds of the past at the beginning of each test. */
const LENGTH = 300;
/** Milliseconds that are kept. */
let length: number;

beforeAll(async () => {
  dirs = await TempDirs.create();
});
afterAll(() => dirs.remove());

beforeEach(() => start());
afterEach(async () => {
  await fake.screen.past.close();
  await fake.stop();
});

async function start(key = false): Promise<void> {
  length = 3_600_000;
  const folder = await dirs.next();
  const options = { folder, length: () => length, clock: new FakeClock(), logger: silentLogger };
  const past = await new RingDisk(options).open('live');
  fake = await startFakeHttp({ past, key });
  await play(LENGTH);
}

async function play(seconds: number): Promise<void> {
  const { live } = fake.screen.broadcast;
  for (let left = seconds; left > 0; left -= 2) {
    const segment = { bytes: createSegment(left % 256).bytes, duration: 2, independent: true };
    live.playlist.append({ ...segment, discontinuity: false }, fake.clock.now() - left * 1000);
  }
  await fake.screen.past.flush();
}

const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });

/** Follows the redirect as a player does. */
async function open(url: string) {
  const { headers, statusCode } = await get(url);
  expect(statusCode).toBe(302);
  const address = new URL(String(headers.location), `http://tv.home${url}`);
  return { address, playlist: await get(address.pathname + address.search) };
}

const firstOf = ({ pathname }: URL) => Number(/\/(\d+)\.m3u8$/.exec(pathname)?.[1]);

describe('/live/rewind.m3u8', () => {
  it('leads to an EVENT playlist of all that is kept, which begins where its address says', async () => {
    const { address, playlist } = await open('/live/rewind.m3u8');
    expect(address.pathname).toBe(`/live/rewind/${FIRST_SEQUENCE}.m3u8`);
    expect(playlist.statusCode).toBe(200);
    expect(playlist.headers['content-type']).toBe('application/vnd.apple.mpegurl');
    expect(playlist.body).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
    expect(playlist.body).not.toContain('ENDLIST');
    expect(playlist.body.match(/^#EXTINF/gm)).toHaveLength(LENGTH / 2);
  });

  it('names segments that are there, the oldest one and the newest one', async () => {
    const { address, playlist } = await open('/live/rewind.m3u8');
    const uris = playlist.body.split('\n').filter((line) => line.includes('seg/'));
    for (const uri of [uris[0], uris.at(-1)]) {
      const { pathname: url } = new URL(uri ?? '', address);
      const segment = await get(url);
      expect(segment.statusCode).toBe(200);
      expect(segment.headers['content-type']).toBe('video/mp2t');
      expect(segment.rawPayload[0]).toBe(0x47);
      const head = await fake.app.inject({ method: 'HEAD', url });
      expect(head.headers['content-length']).toBe(String(segment.rawPayload.length));
      expect(head.rawPayload.length).toBe(0);
    }
  });

  it.each([
    ['minutes=2', LENGTH - 120],
    ['minutes=0', LENGTH],
    ['minutes=9999', 0],
    ['minutes=some', 0],
    ['minutes=-4', LENGTH],
    ['at=1', 0],
    ['at=99999999999', LENGTH],
    ['at=', 0],
    ['minutes=2&minutes=3', 0],
  ])('begins with ?%s at second %d', async (query, second) => {
    const { address } = await open(`/live/rewind.m3u8?${query}`);
    const at = (firstOf(address) - FIRST_SEQUENCE) * 2;
    expect(Math.abs(at - second)).toBeLessThanOrEqual(2);
  });

  it('begins at a moment', async () => {
    const moment = Math.floor(fake.clock.now() / 1000) - 100;
    const { playlist } = await open(`/live/rewind.m3u8?at=${moment}`);
    const begin = Date.parse(/#EXT-X-PROGRAM-DATE-TIME:(.*)/.exec(playlist.body)?.[1] ?? '') / 1000;
    expect(moment - begin).toBeGreaterThanOrEqual(0);
    expect(moment - begin).toBeLessThanOrEqual(2);
  });

  it('keeps its beginning while it grows', async () => {
    const { address, playlist } = await open('/live/rewind.m3u8?minutes=1');
    await play(20);
    const later = await get(address.pathname);
    expect(later.body.startsWith(playlist.body)).toBe(true);
    const countOf = (text: string) => text.match(/^#EXTINF/gm)?.length ?? 0;
    // The slate joins in where somebody watches.
    expect(countOf(later.body)).toBeGreaterThanOrEqual(countOf(playlist.body) + 10);
  });

  it('begins at the same segment for a player that loads its first address again, and for no other', async () => {
    const first = await open('/live/rewind.m3u8?minutes=1');
    await play(20);
    fake.clock.skip(20_000);
    expect((await open('/live/rewind.m3u8?minutes=1')).address).toEqual(first.address);
    expect((await open('/live/rewind.m3u8?minutes=1&')).address).not.toEqual(first.address);
    const other = await get('/live/rewind.m3u8?minutes=1', { 'user-agent': 'another' });
    expect(firstOf(new URL(String(other.headers.location), 'http://tv.home/live/'))).toBeGreaterThan(
      firstOf(first.address),
    );
    fake.clock.skip(3_600_000);
    expect((await open('/live/rewind.m3u8?minutes=1')).address).not.toEqual(first.address);
  });

  it('says in a sentence that nothing is kept', async () => {
    for (const url of [
      `/live/rewind/${FIRST_SEQUENCE - 1}.m3u8`,
      '/live/rewind/x.m3u8',
      '/live/rewind/1.ts',
    ]) {
      const { statusCode, body } = await get(url);
      expect(statusCode).toBe(404);
      expect(JSON.parse(body).error.code).toBe('past_missing');
    }
    length = 0;
    await fake.screen.past.clear();
    expect((await get('/live/rewind.m3u8')).json().error.code).toBe('past_missing');
    expect((await get('/s/other/rewind.m3u8')).statusCode).toBe(404);
  });

  it('asks for the viewers’ key and passes it on', async () => {
    await fake.stop();
    await start(true);
    const key = encodeURIComponent(VIEWER_KEY);
    expect((await get('/live/rewind.m3u8')).statusCode).toBe(403);
    expect((await get(`/live/rewind/${FIRST_SEQUENCE}.m3u8`)).statusCode).toBe(403);
    const { playlist, address } = await open(`/live/rewind.m3u8?minutes=1&key=${key}`);
    expect(address.search).toBe(`?key=${key}`);
    expect(playlist.body).toContain(`.ts?key=${key}`);
  });

  it('gives VLC no marks where the source changes', async () => {
    fake.screen.broadcast.live.playlist.append(
      { bytes: createSegment(1).bytes, duration: 2, independent: true, discontinuity: true },
      fake.clock.now(),
    );
    const { address, playlist } = await open('/live/rewind.m3u8');
    expect(playlist.body).toContain('#EXT-X-DISCONTINUITY\n');
    const vlc = await get(address.pathname, { 'user-agent': 'VLC/3.0.20 LibVLC/3.0.20' });
    expect(vlc.body).not.toContain('DISCONTINUITY');
  });

  it('counts whoever watches the past as a viewer', async () => {
    const { address } = await open('/live/rewind.m3u8');
    await get(address.pathname);
    expect(fake.screen.viewers.count).toBe(1);
  });
});
