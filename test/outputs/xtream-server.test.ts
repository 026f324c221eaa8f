import { Xtream } from '@iptv/xtream-api';
import type { InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  channelEntry,
  type FakeXtreamServer,
  PASSWORD,
  startXtreamServer,
  USER,
} from '../fakes/xtream-server.ts';

const HOUR = 3_600_000;
const LOGIN = `username=${USER}&password=${PASSWORD}`;
const PATH = `${USER}/${PASSWORD}`;

let fake: FakeXtreamServer;
const restart = async (options: Parameters<typeof startXtreamServer>[0]) => {
  await fake.app.close();
  fake = startXtreamServer(options);
};
beforeEach(() => {
  fake = startXtreamServer();
});
afterEach(() => fake.app.close());

const ask = (request: InjectOptions | string) => fake.app.inject(request);
const call = async (action: string, more = '') =>
  (await ask(`/player_api.php?${LOGIN}&action=${action}${more}`)).json();
const login = async (headers: Record<string, string> = {}) =>
  (await ask({ url: `/player_api.php?${LOGIN}`, headers })).json();
const text = (base64: string) => Buffer.from(base64, 'base64').toString();

function addProgrammes(...hours: readonly [title: string, from: number, to: number][]): void {
  const now = fake.clock.now();
  for (const [title, from, to] of hours)
    fake.programmes.push({
      ...{ title, description: `Über ${title}` },
      ...{ start: now + from * HOUR, stop: now + to * HOUR },
    });
}

describe('the log-in', () => {
  it('has numbers and texts as apps expect them, and the login as it was given', async () => {
    expect(await login({ host: 'tv.local:8002' })).toEqual({
      user_info: {
        ...{ username: USER, password: PASSWORD, message: '', auth: 1, status: 'Active' },
        ...{ exp_date: null, is_trial: '0', active_cons: '0', created_at: '1767139200' },
        ...{ max_connections: '2', allowed_output_formats: ['m3u8', 'ts'] },
      },
      server_info: {
        ...{ url: 'tv.local', port: '8002', https_port: '443', server_protocol: 'http', rtmp_port: '0' },
        ...{ timezone: 'UTC', timestamp_now: 1_767_225_600, time_now: '2026-01-01 00:00:00', process: true },
      },
    });
  });

  it.each([
    ['by http with no port', {}, 'tv.example', ['http', 'tv.example', '80', '443']],
    ['behind a proxy', { 'x-forwarded-proto': 'https' }, 'tv.example', ['https', 'tv.example', '443', '443']],
    [
      'behind one on another port',
      { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'tv.example:8443' },
      'z',
      ['https', 'tv.example', '8443', '8443'],
    ],
    ['by IPv6', {}, '[fd00::1]:8002', ['http', '[fd00::1]', '8002', '443']],
  ])('names the address that the app has asked, %s', async (_, headers, host, expected) => {
    await restart({ trustProxy: true });
    const { server_info: server } = await login({ ...headers, host });
    expect([server.server_protocol, server.url, server.port, server.https_port]).toEqual(expected);
  });

  it('does not believe a proxy that is not trusted', async () => {
    const { server_info: server } = await login({
      ...{ host: 'tv.local:8002', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' },
    });
    expect([server.server_protocol, server.url, server.port]).toEqual(['http', 'tv.local', '8002']);
  });

  it.each([
    ['a query', { url: `/player_api.php?${LOGIN}` }],
    [
      'a form',
      {
        method: 'POST',
        url: '/player_api.php',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: LOGIN,
      },
    ],
    ['a form of no type', { method: 'POST', url: '/player_api.php', payload: LOGIN }],
    ['JSON', { method: 'POST', url: '/player_api.php', payload: { username: USER, password: PASSWORD } }],
    [
      'JSON of another type',
      {
        method: 'POST',
        url: '/player_api.php',
        headers: { 'content-type': 'text/plain' },
        payload: JSON.stringify({ username: USER, password: PASSWORD }),
      },
    ],
    [
      'a body that wins over the query',
      {
        method: 'POST',
        url: '/player_api.php?username=c1&password=x',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: LOGIN,
      },
    ],
    [
      'a query beside a body that cannot be read',
      {
        method: 'POST',
        url: `/player_api.php?${LOGIN}`,
        headers: { 'content-type': 'application/json' },
        payload: '{"username":',
      },
    ],
    ['the last of several', { url: `/player_api.php?username=c1&${LOGIN}` }],
    ['a query with blanks around', { url: `/player_api.php?username=%20${USER}%20&password=${PASSWORD}+` }],
    [
      'a GET that names a type and has no body',
      { url: `/player_api.php?${LOGIN}`, headers: { 'content-type': 'application/json' } },
    ],
    ['a call that nobody knows', { url: `/player_api.php?${LOGIN}&action=get_profile` }],
    ['an address with a slash at its end', { url: `/player_api.php/?${LOGIN}` }],
  ] satisfies [string, InjectOptions][])('takes %s', async (_, request) => {
    expect((await ask(request)).json()).toMatchObject({ user_info: { auth: 1, username: USER } });
  });

  it.each([
    ['no login', ''],
    ['a wrong password', `username=${USER}&password=x`],
    ['a wrong user', `username=c8&password=${PASSWORD}`],
    ['the password in another case', `username=${USER}&password=${PASSWORD.toLowerCase()}`],
    ['a login as arrays of PHP', `username[]=${USER}&password[]=${PASSWORD}`],
  ])('refuses %s in every call', async (_, query) => {
    for (const script of ['player_api', 'panel_api'])
      for (const action of ['', 'get_live_streams', 'get_short_epg']) {
        const response = await ask(`/${script}.php?${query}&action=${action}`);
        expect(response.statusCode).toBe(200);
        expect(response.json()).toEqual({ user_info: { auth: 0 } });
      }
    for (const script of ['get', 'xmltv']) {
      const response = await ask(`/${script}.php?${query}`);
      expect([response.statusCode, response.body]).toEqual([401, '']);
    }
    expect(fake.asked).toEqual([]);
  });

  it('slows down the network that tries passwords, and no app that has one', async () => {
    const wrong = async (remoteAddress: string, url = '/player_api.php?username=c7&password=x') =>
      (await ask({ url, remoteAddress })).statusCode;
    const codes: number[] = [];
    for (let index = 0; index < 22; index++) codes.push(await wrong(`2001:db8::${index}`));
    expect(codes.indexOf(429)).toBe(20);
    expect(await wrong('2001:db8::1', '/live/c7/x/1.ts')).toBe(429);
    expect(await wrong('2001:db8:1::1')).toBe(200);
    const limited = await ask({ url: '/player_api.php?username=a', remoteAddress: '2001:db8::1' });
    expect([limited.headers['retry-after'], limited.json()]).toEqual(['60', { user_info: { auth: 0 } }]);
    expect(
      (await ask({ url: `/player_api.php?${LOGIN}`, remoteAddress: '2001:db8::1' })).json(),
    ).toMatchObject({
      user_info: { auth: 1 },
    });
    fake.clock.skip(60_000);
    expect(await wrong('2001:db8::1')).toBe(200);
  });
});

describe('the lists', () => {
  it('have the channels of the line-up by their numbers', async () => {
    fake.archives.set(100, 3);
    const categories = await call('get_live_categories');
    expect(categories).toEqual(
      ['Zapette', 'France', 'News'].map((category_name) => ({
        ...{ category_id: expect.stringMatching(/^[1-9]\d*$/), category_name, parent_id: 0 },
      })),
    );
    const streams = (
      await ask({
        url: `/player_api.php?${LOGIN}&action=get_live_streams`,
        headers: { host: '10.0.0.2:8002' },
      })
    ).json();
    expect(streams.map(({ stream_id: id }: { stream_id: number }) => id)).toEqual([1, 100, 102]);
    const id: string = categories[1].category_id;
    expect(streams[1]).toEqual({
      ...{ num: 100, name: 'TF1', stream_type: 'live', stream_id: 100 },
      ...{
        stream_icon: `http://10.0.0.2:8002/t/${PASSWORD}/api/logo/100`,
        epg_channel_id: 'c100',
        added: '1767139200',
      },
      ...{ is_adult: '0', category_id: id, category_ids: [Number(id)], custom_sid: '', direct_source: '' },
      ...{ tv_archive: 1, tv_archive_duration: 3 },
    });
    expect(streams[2]).toMatchObject({ tv_archive: 0, tv_archive_duration: 0 });
  });

  it('of one category have its channels alone', async () => {
    const [, france] = await call('get_live_categories');
    const numbers = async (category: string) =>
      (await call('get_live_streams', `&category_id=${category}`)).map((each: { num: number }) => each.num);
    expect(await numbers(france.category_id)).toEqual([100]);
    expect(await numbers('99')).toEqual([]);
    for (const all of ['', '0', '*']) expect(await numbers(all)).toEqual([1, 100, 102]);
  });

  it('keep a category’s number when others come and go', async () => {
    const idOf = async (name: string) =>
      (await call('get_live_categories')).find(
        (each: { category_name: string }) => each.category_name === name,
      ).category_id;
    const before = await idOf('News');
    fake.entries.splice(1, 1);
    fake.entries.push(channelEntry(103, 'Sky', 'Sport'));
    expect(await idOf('News')).toBe(before);
  });

  it.each([
    'get_vod_categories',
    'get_vod_streams',
    'get_vod_info',
    'get_series_categories',
    'get_series',
    'get_series_info',
  ])('have nothing for %s', async (action) => {
    expect(await call(action)).toEqual([]);
  });

  it('are all in the old call', async () => {
    const answer = (await ask(`/panel_api.php?${LOGIN}`)).json();
    expect(answer).toMatchObject({
      ...{ user_info: { auth: 1 }, server_info: { timezone: 'UTC' } },
      categories: { movie: [], series: [], live: await call('get_live_categories') },
    });
    expect(Object.keys(answer.available_channels)).toEqual(['1', '100', '102']);
    expect(answer.available_channels['102']).toMatchObject({ stream_id: 102, category_name: 'News' });
  });

  it('may have as many channels as a provider has', async () => {
    for (let number = 200; number < 5_200; number++)
      fake.entries.push(channelEntry(number, `Channel "${number}"`));
    const streams = await call('get_live_streams');
    expect([streams.length, streams.at(-1).name]).toEqual([5_003, 'Channel "5199"']);
    expect(Object.keys((await ask(`/panel_api.php?${LOGIN}`)).json().available_channels)).toHaveLength(5_003);
  });

  it('are valid where the line-up is empty', async () => {
    fake.entries.length = 0;
    expect(await call('get_live_streams')).toEqual([]);
    expect((await ask(`/panel_api.php?${LOGIN}`)).json().available_channels).toEqual({});
  });
});

describe('the guide', () => {
  it('of one channel has its next programmes, in base64 and UTC', async () => {
    addProgrammes(['Gone', -2, -1], ['Élysée', -1, 1], ['Next', 1, 2], ['3', 2, 3], ['4', 3, 4], ['5', 4, 5]);
    const { epg_listings: listings } = await call('get_short_epg', '&stream_id=100');
    expect(listings).toHaveLength(4);
    expect(listings[0]).toEqual({
      ...{ id: '1767222000', epg_id: '100', title: expect.any(String), lang: '' },
      ...{ start: '2025-12-31 23:00:00', end: '2026-01-01 01:00:00', stop: '2026-01-01 01:00:00' },
      ...{ description: expect.any(String), channel_id: 'c100' },
      ...{ start_timestamp: '1767222000', stop_timestamp: '1767229200', now_playing: 1, has_archive: 0 },
    });
    expect([text(listings[0].title), text(listings[0].description)]).toEqual(['Élysée', 'Über Élysée']);
    expect(listings[1]).toMatchObject({ now_playing: 0, has_archive: 0 });
  });

  it.each([
    ['2', 2],
    ['0', 4],
    ['-1', 4],
    ['many', 4],
    ['1e9', 6],
  ])('has %s entries', async (limit, length) => {
    for (let hour = 0; hour < 6; hour++) addProgrammes([`${hour}`, hour, hour + 1]);
    expect((await call('get_short_epg', `&stream_id=100&limit=${limit}`)).epg_listings).toHaveLength(length);
  });

  it('as a table has the past too, as far as it is kept', async () => {
    fake.archives.set(100, 2);
    addProgrammes(
      ['Too old', -60, -59],
      ['Half kept', -49, -47],
      ['Kept', -30, -29],
      ['Now', -1, 1],
      ['Next', 1, 2],
    );
    const table = async (number: number) =>
      (await call('get_simple_data_table', `&stream_id=${number}`)).epg_listings.map(
        (each: { title: string; has_archive: number }) => [text(each.title), each.has_archive],
      );
    expect(await table(100)).toEqual([
      ['Half kept', 0],
      ['Kept', 1],
      ['Now', 0],
      ['Next', 0],
    ]);
    expect(await table(102)).toEqual([
      ['Now', 0],
      ['Next', 0],
    ]);
  });

  it.each(['', '99', 'abc', '1.5', '-1', '9'.repeat(40)])('of a channel "%s" is empty', async (id) => {
    addProgrammes(['Now', -1, 1]);
    for (const action of ['get_short_epg', 'get_simple_data_table'])
      expect(await call(action, `&stream_id=${id}`)).toEqual({ epg_listings: [] });
  });

  it('as XMLTV is handed on', async () => {
    expect((await ask(`/xmltv.php?${LOGIN}`)).body).toBe('<tv/>');
    expect(fake.asked).toEqual([['guide']]);
  });
});

describe('get.php', () => {
  const list = async (more: string) =>
    (await ask({ url: `/get.php?${LOGIN}${more}`, headers: { host: 'tv.local:8002' } })).body.split('\n');

  it('is the list as M3U', async () => {
    const guide = `http://tv.local:8002/xmltv.php?${LOGIN}`;
    expect((await list('&type=m3u_plus&output=ts')).slice(0, 3)).toEqual([
      `#EXTM3U url-tvg="${guide}" x-tvg-url="${guide}"`,
      `#EXTINF:-1 tvg-id="live" tvg-name="Zapette live" tvg-chno="1" tvg-logo="http://tv.local:8002/t/${PASSWORD}/logo.png" group-title="Zapette",Zapette live`,
      `http://tv.local:8002/live/${PATH}/1.ts`,
    ]);
  });

  it.each([
    ['', '.ts'],
    ['&output=mpegts', '.ts'],
    ['&output=m3u8', '.m3u8'],
    ['&output=hls', '.m3u8'],
  ])('with "%s" has addresses in %s', async (more, ending) => {
    expect((await list(more)).at(-2)).toBe(`http://tv.local:8002/live/${PATH}/102${ending}`);
  });

  it('with type=m3u has names alone', async () => {
    expect((await list('&type=m3u')).slice(0, 2)).toEqual(['#EXTM3U', '#EXTINF:-1,Zapette live']);
  });
});

describe('a stream', () => {
  it.each([
    [`/live/${PATH}/1.ts`, 'transport', 1],
    [`/live/${PATH}/1`, 'transport', 1],
    [`/live/${PATH}/1.m3u8`, 'playlist of live'],
    [`/${PATH}/1`, 'transport', 1],
    [`/${PATH}/100.ts`, 'transport', 100],
    [`/live/${PATH}/102.ts?token=x`, 'transport', 102],
  ])('has the address %s', async (url, ...expected) => {
    expect((await ask(url)).statusCode).toBe(200);
    expect(fake.asked).toEqual([expected]);
  });

  it('of a channel as HLS has one endless segment', async () => {
    const response = await ask({ url: `/live/${PATH}/100.m3u8`, headers: { host: 'tv.local' } });
    expect(response.headers['content-type']).toBe('application/vnd.apple.mpegurl');
    expect(response.body).toContain(`\n#EXTINF:3600,\nhttp://tv.local/live/${PATH}/100.ts\n`);
    expect(fake.asked).toEqual([]);
  });

  it.each([
    [`/live/${PATH}/1.ts`, 'video/mp2t'],
    [`/live/${PATH}/100.m3u8`, 'application/vnd.apple.mpegurl'],
    [`/${PATH}/100`, 'video/mp2t'],
  ])('says by HEAD what %s is, and opens nothing', async (url, type) => {
    const response = await ask({ method: 'HEAD', url });
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, type]);
    expect(fake.asked).toEqual([]);
  });

  it.each([
    [`/live/c8/${PASSWORD}/1.ts`, 401],
    [`/live/${USER}/x/1.ts`, 401],
    [`/${USER}/x/1`, 401],
    [`/live/${PATH}/99.ts`, 404],
    [`/live/${PATH}/1.mp4`, 404],
    [`/live/${PATH}/..%2f1.ts`, 404],
    [`/live/${PATH}/-1.ts`, 404],
    [`/live/${PATH}/1.ts.m3u8`, 404],
    [`/live/${PATH}/${'1'.repeat(20)}.ts`, 404],
  ])('is refused for %s, without a body', async (url, status) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const response = await ask({ method, url });
      expect([response.statusCode, response.body]).toEqual([status, '']);
    }
    expect(fake.asked).toEqual([]);
  });

  it('counts in the log-in while it is open', async () => {
    fake.playing.push('TF1');
    expect((await login()).user_info.active_cons).toBe('1');
  });

  it('is found as soon as a server that has just started knows its channels', async () => {
    fake.late.push(channelEntry(500, 'Late'));
    expect((await ask(`/live/${PATH}/500.ts`)).statusCode).toBe(200);
    fake.late.push(channelEntry(501, 'Later'));
    expect((await call('get_live_streams')).at(-1).stream_id).toBe(501);
  });
});

describe('a past programme', () => {
  beforeEach(() => fake.archives.set(100, 3));
  const start = Date.UTC(2025, 11, 31, 20, 5);

  it.each([
    `/timeshift/${PATH}/90/2025-12-31:20-05/100.ts`,
    `/timeshift/${PATH}/90/2025-12-31_20-05/100.m3u8`,
    `/timeshift/${PATH}/90/2025-12-31:20:05:00/100.ts`,
    `/timeshift/${PATH}/90/2025-12-31%2020:05:00/100`,
    `/timeshift/${PATH}/90/1767211500/100.ts`,
    `/streaming/timeshift.php?${LOGIN}&stream=100&start=2025-12-31_20-05&duration=90`,
    `/streaming/timeshift.php?${LOGIN}&stream=100&start=2025-12-31:20-05&duration=90`,
  ])('is found by %s', async (url) => {
    expect((await ask(url)).body).toBe('the past');
    expect(fake.asked).toEqual([['archive', 100, expect.objectContaining({ start, minutes: 90 })]]);
  });

  it.each([
    [`/timeshift/c8/x/90/2025-12-31:20-05/100.ts`, 401],
    [`/streaming/timeshift.php?stream=100&start=2025-12-31_20-05&duration=90`, 401],
    [`/timeshift/${PATH}/90/2025-12-31:20-05/102.ts`, 404],
    [`/timeshift/${PATH}/90/2025-12-31:20-05/99.ts`, 404],
    [`/timeshift/${PATH}/90/2025-02-30:20-05/100.ts`, 404],
    [`/timeshift/${PATH}/90/yesterday/100.ts`, 404],
    [`/timeshift/${PATH}/0/2025-12-31:20-05/100.ts`, 404],
    [`/timeshift/${PATH}/-5/2025-12-31:20-05/100.ts`, 404],
    [`/streaming/timeshift.php?${LOGIN}&stream=100`, 404],
  ])('is refused for %s, without a body', async (url, status) => {
    const response = await ask(url);
    expect([response.statusCode, response.body]).toEqual([status, '']);
    expect(fake.asked).toEqual([]);
  });

  it('is told by HEAD, which opens nothing', async () => {
    const url = `/timeshift/${PATH}/90/2025-12-31:20-05/100.ts`;
    const { statusCode, headers } = await fake.app.inject({ method: 'HEAD', url });
    expect([statusCode, headers['content-type'], headers['accept-ranges']]).toEqual([
      200,
      'video/mp2t',
      'none',
    ]);
    expect(fake.asked).toEqual([]);
  });

  it('can be asked for by the channel list', async () => {
    const { body } = await ask(`/get.php?${LOGIN}&type=m3u_plus&output=ts`);
    const catchUp = body.split('\n').filter((line: string) => line.includes('catchup'));
    expect(catchUp).toHaveLength(1);
    expect(catchUp[0]).toContain(`/t/${PASSWORD}/archive/100/{utc}/{duration:60}.ts"`);
  });
});

describe('a client that is not ours (@iptv/xtream-api)', () => {
  it('logs in, lists, reads the guide and plays', async () => {
    const url = await fake.app.listen({ host: '127.0.0.1', port: 0 });
    fake.archives.set(100, 1);
    addProgrammes(['Gone', -2, -1], ['Now', -1, 1]);
    const xtream = new Xtream({ url, username: USER, password: PASSWORD, preferredFormat: 'ts' });
    expect(await xtream.getProfile()).toMatchObject({ auth: 1, status: 'Active' });
    expect(await xtream.getServerInfo()).toMatchObject({ timezone: 'UTC', server_protocol: 'http' });
    const [, france] = await xtream.getChannelCategories();
    expect(france).toMatchObject({ category_name: 'France' });
    const [channel] = await xtream.getChannels({ categoryId: france?.category_id ?? '' });
    expect(channel).toMatchObject({ stream_id: 100, name: 'TF1' });
    expect((await xtream.getShortEPG({ channelId: 100 })).epg_listings).toHaveLength(1);
    expect((await xtream.getFullEPG({ channelId: 100 })).epg_listings).toHaveLength(2);
    for (const empty of [
      xtream.getMovieCategories(),
      xtream.getShowCategories(),
      xtream.getMovies(),
      xtream.getShows(),
    ])
      expect(await empty).toEqual([]);
    expect(await (await fetch(channel?.url ?? '')).text()).toBe('a picture');
    const past = xtream.generateStreamUrl({
      ...{ type: 'channel', streamId: '100', extension: 'ts' },
      timeshift: { start: new Date(Date.UTC(2025, 11, 31, 20, 5)), duration: 90 },
    });
    expect(await (await fetch(past ?? '')).text()).toBe('the past');
  });
});
