import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WATCH_PASS_LIFETIME } from '../../src/access/gate.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { RingDisk } from '../../src/stream/segments/ring/ring-disk.ts';
import { Thumbnails } from '../../src/stream/segments/ring/thumbnails.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import {
  bearer,
  createSegment,
  type FakeHttp,
  type FakeHttpOptions,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { logIn } from '../fakes/people.ts';
import { makeTs } from '../fakes/real-ts.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

const MINUTE = 60_000;
const key = encodeURIComponent(VIEWER_KEY);

let dirs: TempDirs;
let fake: FakeHttp;
let picture: Buffer;
/** When the first segment was shown, epoch milliseconds. */
let begin: number;

beforeAll(async () => {
  dirs = await TempDirs.create();
  picture = await makeTs({ seconds: 1, rate: 5, gop: 5 });
});
afterAll(() => dirs.remove());
beforeEach(() => start());
afterEach(() => stop());

async function start(options: FakeHttpOptions = {}, minutes = 60): Promise<void> {
  const folder = await dirs.next();
  const disk = { folder, length: () => minutes * MINUTE, clock: new FakeClock(), logger: silentLogger };
  const past = await new RingDisk(disk).open('live');
  const { path } = await findFfmpeg(null);
  fake = await startFakeHttp({ past, thumbnails: new Thumbnails(path), ...options });
  const { playlist } = fake.screen.broadcast.live;
  for (let left = 300; left > 0; left -= 2)
    playlist.append(
      { bytes: picture, duration: 2, independent: true, discontinuity: false },
      fake.clock.now() - left * 1000,
    );
  await past.flush();
  begin = past.first?.programDateTime ?? 0;
}

async function stop(): Promise<void> {
  await fake.screen.past.close();
  await fake.stop();
}

const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });
const iso = (time: number) => new Date(time).toISOString();
const cookieOf = (response: Awaited<ReturnType<typeof get>>) =>
  String(response.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';

describe('GET /api/past', () => {
  it('tells how far back one can go, and what was on, with gaps where nothing was', async () => {
    const { history } = fake.context;
    const put = (id: number, name: string, from: number, to: number | null, title?: string) => {
      const past = title === undefined ? null : { title, endsAt: begin + 90_000 };
      const entry = { channelId: mainId(id), channelName: name, askedBy: null, past };
      const at = history.begin({ ...entry, startedAt: begin + from * 1000 }, liveScreen);
      if (to !== null) history.end(at, begin + to * 1000);
    };
    put(3, 'Arte', -500, -100);
    put(1, 'TF1 HD', -100, 60);
    put(2, 'Canal+', 60, 90, 'Vieux film');
    put(1, 'TF1 HD', 200, null);
    const { statusCode, headers, body } = await get('/api/past');
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    const shown = (
      channel: number,
      label: string,
      from: number,
      to: number,
      title: string | null = null,
    ) => ({
      ...{ start: iso(begin + from * 1000), stop: iso(begin + to * 1000), title },
      ...{ channel_id: channel, channel_label: label },
    });
    const to = Date.parse(JSON.parse(body).to);
    expect(to).toBeGreaterThanOrEqual(begin + 298_000);
    expect(JSON.parse(body)).toEqual({
      from: iso(begin),
      to: iso(to),
      programmes: [
        shown(1, 'TF1', 0, 60),
        shown(2, 'Canal+', 60, 90, 'Vieux film'),
        shown(1, 'TF1', 200, (to - begin) / 1000),
      ],
    });
  });

  it('divides a channel by its guide', async () => {
    const programme = (from: number, to: number, title: string) => ({
      ...{ title, description: '', start: begin + from * 1000, stop: begin + to * 1000 },
    });
    fake.guide.push(
      programme(-600, 100, 'Journal'),
      programme(110, 220, 'Météo'),
      programme(290, 900, 'Film'),
    );
    await fake.context.guide.upcoming(mainId(1), 1_000);
    fake.context.history.begin(
      { channelId: mainId(1), channelName: 'TF1 HD', askedBy: null, startedAt: begin - 1 },
      liveScreen,
    );
    const { programmes, to } = (await get('/api/past')).json();
    expect(
      programmes.map((each: { title: string; start: string }) => [
        each.title,
        (Date.parse(each.start) - begin) / 1000,
      ]),
    ).toEqual([
      ['Journal', 0],
      // a gap of seconds is none
      ['Météo', 100],
      [null, 220],
      ['Film', 290],
    ]);
    expect(programmes.at(-1).stop).toBe(to);
  });

  it('says that nothing is kept', async () => {
    await stop();
    await start({}, 0);
    expect((await get('/api/past')).json()).toMatchObject({ from: null, programmes: [] });
    expect((await get('/api/past?screen=other')).statusCode).toBe(404);
  });

  it('is for whoever may watch, and keeps the page’s cookie fresh', async () => {
    await stop();
    await start({ key: true });
    expect((await get('/api/past')).json().error.code).toBe('viewer_key_needed');
    expect((await get('/api/past/thumbnail?at=1')).json().error.code).toBe('viewer_key_needed');
    expect((await get(`/api/past?key=${key}`)).statusCode).toBe(200);
    expect((await get('/api/past', bearer)).statusCode).toBe(200);
    const cookie = cookieOf(await get(`/watch?key=${key}`));
    const early = await get('/api/past', { cookie });
    expect([early.statusCode, early.headers['set-cookie']]).toEqual([200, undefined]);
    fake.clock.skip(WATCH_PASS_LIFETIME * 0.6);
    const renewed = cookieOf(await get('/api/past', { cookie }));
    fake.clock.skip(WATCH_PASS_LIFETIME * 0.6);
    expect((await get('/api/past', { cookie })).statusCode).toBe(403);
    expect((await get('/api/past', { cookie: renewed })).statusCode).toBe(200);
  });

  it('is closed with the screen', async () => {
    fake.context.screens.all();
    const headers = { ...bearer, 'content-type': 'application/json' };
    await fake.app.inject({
      method: 'PATCH',
      url: '/api/screens/live',
      headers,
      payload: JSON.stringify({ watch: 'controller' }),
    });
    expect((await get('/api/past')).json().error.code).toBe('screen_closed_to_you');
    expect((await get('/api/past/thumbnail?at=1')).json().error.code).toBe('screen_closed_to_you');
    expect((await get('/api/past', bearer)).statusCode).toBe(200);
  });
});

describe('GET /api/past/thumbnail', () => {
  it('is a picture of a moment that is over, to be kept', async () => {
    const { statusCode, headers, rawPayload } = await get(`/api/past/thumbnail?at=${begin / 1000 + 10}`);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('image/jpeg');
    expect(headers['cache-control']).toMatch(/^private, max-age=\d+, immutable$/);
    expect(rawPayload.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  });

  it.each([
    ['before what is kept', () => begin / 1000 - 1],
    ['to come', () => begin / 1000 + 9_999],
  ])('is none of a moment %s, and that is not kept', async (_, at) => {
    const { statusCode, headers, body } = await get(`/api/past/thumbnail?at=${at()}`);
    expect([statusCode, JSON.parse(body).error.code]).toEqual([404, 'past_missing']);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is none of a segment without a picture', async () => {
    const { playlist } = fake.screen.broadcast.live;
    const { bytes } = createSegment(1);
    const last = playlist.append(
      { bytes, duration: 2, independent: true, discontinuity: true },
      fake.clock.now(),
    );
    const at = last.programDateTime / 1000 + 1;
    expect((await get(`/api/past/thumbnail?at=${at}`)).statusCode).toBe(404);
    expect((await get('/api/past/thumbnail?at=yesterday')).statusCode).toBe(400);
  });
});

describe('the past on the watch page', () => {
  it('has no key in its addresses for whoever came in by the page', async () => {
    await stop();
    await start({ key: true });
    const cookie = cookieOf(await get(`/watch?key=${key}`));
    const redirect = await get('/live/rewind.m3u8?at=1', { cookie });
    expect(redirect.statusCode).toBe(302);
    expect(redirect.headers.location).not.toContain('key');
    const playlist = await get(`/live/${redirect.headers.location}`, { cookie });
    expect(playlist.statusCode).toBe(200);
    expect(playlist.body).not.toContain('key');
    expect(fake.screen.viewers.count).toBe(1);
    await fake.app.inject({ method: 'POST', url: '/api/watch/leave', headers: { cookie } });
    expect(fake.screen.viewers.count).toBe(0);
  });

  it('ends for somebody who is shut out', async () => {
    await stop();
    await start({ personal: true });
    const session = logIn(fake, 'viewer');
    const watch = cookieOf(await get('/watch', session));
    const both = { cookie: `${session.cookie}; ${watch}` };
    const list = `/live/rewind/${fake.screen.past.first?.sequence}.m3u8`;
    for (const url of [list, '/live/rewind.m3u8?at=1', '/api/past'])
      expect((await get(url, both)).statusCode).toBeLessThan(400);
    for (const url of [list, '/live/rewind.m3u8?at=1', '/api/past'])
      expect((await get(url, { cookie: watch })).json().error.code).toBe('log_in_to_watch');
  });

  it('keeps the moment of a shared link while the key leaves the address', async () => {
    await stop();
    await start({ key: true });
    const opened = await get(`/watch?key=${key}&at=1795520300`);
    expect([opened.statusCode, opened.headers.location]).toEqual([302, '/watch?at=1795520300']);
    expect((await get(`/watch?key=${key}&at=//evil.example`)).headers.location).toBe('/watch');
  });
});
