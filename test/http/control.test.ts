import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { french, original } from '../fakes/audio-tracks.ts';
import {
  ADMIN_TOKEN,
  bearer,
  type FakeHttp,
  FIRST_SEQUENCE,
  someChannels,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { logIn as logInAs } from '../fakes/people.ts';
import { shareHttp } from '../fakes/shared-http.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });
const post = (url: string, payload?: object | string, headers: Record<string, string> = bearer) =>
  fake.app.inject({ method: 'POST', url, headers, ...(payload === undefined ? {} : { payload }) });
const logIn = async (token: string) => post('/api/session', { token }, {});
const hour = 3_600_000;

const idle = {
  active: false,
  channel_id: null,
  channel_name: null,
  channel_label: null,
  quality: null,
  started_at: null,
  id: 'live',
  state: 'idle',
  wanted: null,
  asked_by: null,
  audio_tracks: [],
  audio_track: null,
  first_segment: null,
  attempt: null,
  reason: null,
  viewers: 0,
  bitrate: null,
  restarts: 0,
  programme: null,
  next: null,
  stands_in_for: null,
  past: null,
  operators: null,
};

describe('POST /set_active_stream with `from`', () => {
  it('shows the programme of then from its start, and tells it', async () => {
    await fake.stop();
    const tf1 = { ...someChannels[0], archiveDays: 2 } as (typeof someChannels)[number];
    fake = await startFakeHttp({ channels: [tf1] });
    const now = fake.clock.now();
    const iso = (time: number) => new Date(time).toISOString();
    fake.guide.push({ title: 'Journal', description: '', start: now - hour, stop: now + hour });
    const response = await post('/set_active_stream', { channel_id: 1, from: iso(now) });
    const times = { start: iso(now - hour), stop: iso(now + hour) };
    expect(response.json()).toMatchObject({
      past: { title: 'Journal', ...times, behind: 3_600 },
      programme: { title: 'Journal', ...times },
      next: null,
    });
    const live = await post('/set_active_stream', { channel_id: 1 });
    expect(live.json()).toMatchObject({ state: 'live', past: null });
    const wrong = await post('/set_active_stream', { channel_id: 1, from: 'yesterday' });
    expect(wrong.statusCode).toBe(400);
  });
});

describe('GET /stream_status', () => {
  it('has all its fields when nothing is on', async () => {
    const response = await get('/stream_status');
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    expect(response.json()).toEqual(idle);
  });

  it('gives the channel on air, its start, who requested it, and the next programme', async () => {
    const now = fake.clock.now();
    fake.guide.push(
      { title: 'Journal', description: 'Les titres', start: now - hour, stop: now + hour },
      { title: 'Météo', description: '', start: now + hour, stop: now + 2 * hour },
    );
    await post('/set_active_stream', { channel_id: 1 });
    await fake.clock.advance(2_000);
    const expected = {
      ...idle,
      active: true,
      channel_id: 1,
      channel_name: 'TF1 HD',
      channel_label: 'TF1',
      quality: 'HD',
      started_at: new Date(now).toISOString(),
      state: 'live',
      asked_by: 'console',
      first_segment: FIRST_SEQUENCE + 1,
      bitrate: expect.any(Number),
      programme: {
        title: 'Journal',
        description: 'Les titres',
        start: new Date(now - hour).toISOString(),
        stop: new Date(now + hour).toISOString(),
      },
      next: {
        title: 'Météo',
        description: '',
        start: new Date(now + hour).toISOString(),
        stop: new Date(now + 2 * hour).toISOString(),
      },
    };
    // The guide is asked in the background.
    await expect.poll(async () => (await get('/stream_status')).json()).toEqual(expected);
  });

  it('gives the reason why nothing is on, in the language of the asker', async () => {
    fake.failures.set(2, new AppError('channel_dead', { status: 404 }));
    await post('/set_active_stream', { channel_id: 2 });
    const reasonIn = async (language: string) =>
      (await get('/stream_status', { 'accept-language': language })).json().reason;
    expect(await reasonIn('fr-FR,fr;q=0.9,en;q=0.8')).toEqual({
      code: 'channel_dead',
      message: 'Le fournisseur n’a pas cette chaîne en ce moment : essayez une autre version.',
    });
    expect(await reasonIn('en-GB')).toEqual({
      code: 'channel_dead',
      message: 'The provider does not have this channel right now: try another version of it.',
    });
  });
});

describe('POST /api/audio', () => {
  it('switches everybody to another audio track', async () => {
    fake.tracks.set(1, [french, { ...original, language: 'en' }]);
    await post('/set_active_stream', { channel_id: 1 });
    const inFrench = { ...bearer, 'accept-language': 'fr' };
    const response = await post('/api/audio', { track: original.id }, inFrench);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({
      channel_id: 1,
      audio_tracks: [
        { id: french.id, name: 'Français', language: 'fr', description: false },
        { id: original.id, name: 'Anglais', language: 'en', description: false },
      ],
      audio_track: original.id,
    });
  });

  it('refuses an unknown track', async () => {
    const refused = async () => {
      const response = await post('/api/audio', { track: original.id });
      return [response.statusCode, response.json().error.code];
    };
    expect(await refused()).toEqual([409, 'audio_not_there']);
    fake.tracks.set(1, [french]);
    await post('/set_active_stream', { channel_id: 1 });
    expect(await refused()).toEqual([409, 'audio_not_there']);
    expect((await post('/api/audio', { track: 'original' })).statusCode).toBe(400);
  });

  it('is for operators', async () => {
    expect((await post('/api/audio', { track: original.id }, {})).statusCode).toBe(401);
  });
});

describe('GET /stream_status where watching is restricted', () => {
  const ana = { id: 'discord:1', name: 'Ana' };
  const readAs = async (headers: Record<string, string>) =>
    (await get('/stream_status', { 'accept-language': 'en', ...headers })).json();

  it.each([{ key: true }, { personal: true }])('names nobody to strangers with %j', async (access) => {
    await fake.stop();
    fake = await startFakeHttp(access);
    const [strangers, others] = [
      [{}, { cookie: 'zapette_session=guess' }],
      [logInAs(fake, 'viewer'), bearer],
    ];
    fake.failures.set(2, new AppError('no_slot', { capacity: 1, holders: 'Arte (/vlc Ana)' }));
    await post('/set_active_stream', { channel_id: 2 });
    const why = (holders: string) => ({ reason: { message: expect.stringContaining(`(${holders}): stop`) } });
    for (const headers of strangers) expect(await readAs(headers)).toMatchObject(why('…'));
    for (const headers of others) expect(await readAs(headers)).toMatchObject(why('Arte (/vlc Ana)'));

    await post('/set_active_stream', { channel_id: 1 }, logInAs(fake, 'controller', ana));
    const onAir = { channel_name: 'TF1 HD' };
    for (const headers of strangers)
      expect(await readAs(headers)).toMatchObject({ ...onAir, asked_by: null });
    for (const headers of others) expect(await readAs(headers)).toMatchObject({ ...onAir, asked_by: 'Ana' });
  });
});

describe('a route for people with a role', () => {
  it.each(['/set_active_stream', '/stop_stream', '/restart_stream'])(
    'such as %s refuses strangers',
    async (url) => {
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { authorization: ADMIN_TOKEN },
        { authorization: `Basic ${ADMIN_TOKEN}` },
        { authorization: `Bearer ${ADMIN_TOKEN}x` },
        { cookie: 'zapette_session=' },
        { cookie: 'zapette_session=a.99999999999999.b' },
        { cookie: `zapette_session=${ADMIN_TOKEN}` },
      ]) {
        const response = await post(url, { channel_id: 1 }, headers as Record<string, string>);
        expect([headers, response.statusCode]).toEqual([headers, 401]);
        expect(response.json()).toMatchObject({ error: { code: 'unauthorised' } });
      }
      expect((await get('/stream_status')).json()).toMatchObject({ state: 'idle' });
      expect((await post(url, { channel_id: 1 })).statusCode).toBe(200);
    },
  );

  it('checks the role before the body', async () => {
    expect((await post('/set_active_stream', 'no JSON', {})).statusCode).toBe(401);
  });

  it('shows only operators the connections, the viewer history and the last failure', async () => {
    await post('/set_active_stream', { channel_id: 1 });
    expect((await get('/stream_status')).json()).toMatchObject({ channel_id: 1, operators: null });
    expect((await get('/stream_status', bearer)).json().operators).toEqual({
      slots: { capacity: 1, used_for: [] },
      accounts: [
        {
          ...{ id: 'main', name: 'subscription 1', capacity: 1, used_for: [], trouble: null },
          ...{ capacity_from: 'told', channels: 3, refreshed_at: '2026-01-01T00:00:00.000Z' },
        },
      ],
      viewer_history: [0],
      last_failure: null,
      picture: null,
      trouble: null,
    });
  });

  it('shows only operators that the picture is bad, with another variant', async () => {
    await fake.stop();
    const channels = ['TF1 FHD', 'TF1 SD', 'TF1 HD', 'Arte'].map((name, at) => ({
      id: mainId(at + 1),
      number: null,
      name,
      categoryId: null,
      logo: null,
      epgId: null,
      archiveDays: 0,
    }));
    fake = await startFakeHttp({ channels });
    const picture = async (headers = {}) => (await get('/stream_status', headers)).json().operators?.picture;
    await post('/set_active_stream', { channel_id: 1 });
    fake.pictureHealth.set({ kind: 'black', since: Date.UTC(2026, 0, 1) });
    expect(await picture(bearer)).toEqual({
      kind: 'black',
      since: '2026-01-01T00:00:00.000Z',
      other: { id: 3, name: 'TF1 HD' },
    });
    expect(await picture()).toBeUndefined();
    await post('/set_active_stream', { channel_id: 4 });
    expect(await picture(bearer)).toMatchObject({ other: null });
  });

  it('does not treat a viewer as an operator', async () => {
    const [cookie = ''] = String((await get('/watch')).headers['set-cookie']).split(';');
    expect((await post('/stop_stream', {}, { cookie })).statusCode).toBe(401);
    const stolen = cookie.replace('zapette_watch', 'zapette_session');
    expect((await post('/stop_stream', {}, { cookie: stolen })).statusCode).toBe(401);
  });

  it('accepts a session of the admin token for a month, until it is logged out', async () => {
    const response = await logIn(ADMIN_TOKEN);
    expect(response.statusCode).toBe(204);
    expect(response.body).toBe('');
    const set = String(response.headers['set-cookie']);
    expect(set).toMatch(/; HttpOnly/);
    expect(set).toMatch(/; SameSite=Strict/);
    expect(set).not.toContain(ADMIN_TOKEN);
    const [cookie = ''] = set.split(';');
    expect((await get('/api/info', { cookie })).json()).toMatchObject({ operator: true });
    expect((await post('/set_active_stream', { channel_id: 1 }, { cookie })).statusCode).toBe(200);
    fake.clock.skip(31 * 24 * hour);
    expect((await post('/stop_stream', {}, { cookie })).statusCode).toBe(401);
    const out = await fake.app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie } });
    expect(out.statusCode).toBe(204);
    expect(String(out.headers['set-cookie'])).toMatch(/^zapette_session=;.*Max-Age=0/);
  });

  it('refuses every token after ten wrong ones in a minute, even the right one', async () => {
    for (let count = 0; count < 10; count++) {
      const response = await logIn('wrong');
      expect(response.statusCode).toBe(401);
      expect(response.headers['set-cookie']).toBeUndefined();
    }
    const response = await logIn(ADMIN_TOKEN);
    expect(response.statusCode).toBe(429);
    expect(response.json()).toMatchObject({ error: { code: 'rate_limited' } });
    expect(response.headers['retry-after']).toMatch(/^\d+$/);
    // A script that has the token is not shut out.
    expect((await post('/stop_stream', {})).statusCode).toBe(200);
  });

  it.each([undefined, {}, { token: 1 }, { token: null }, 'token', { token: 'x'.repeat(501) }])(
    'a login of %j is a bad request',
    async (payload) => {
      const response = await post('/api/session', payload, { 'content-type': 'application/json' });
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ error: { code: 'bad_request' } });
    },
  );
});

describe('POST /set_active_stream', () => {
  it('answers like stream_status once the channel is on air', async () => {
    const response = await post('/set_active_stream', { channel_id: 1 });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      ...(await get('/stream_status', bearer)).json(),
      channel_id: 1,
      active: true,
    });
  });

  it('answers with the status although somebody at the same address guesses tokens meanwhile', async () => {
    const { visitors } = fake.context;
    let guesses = 0;
    fake.screen.broadcast.subscribe(() => {
      for (; guesses < 30; guesses++) visitors.byToken('wrong', '127.0.0.1');
    });
    const response = await post('/set_active_stream', { channel_id: 1 });
    expect(guesses).toBe(30);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ channel_id: 1, state: 'live', operators: expect.anything() });
    expect((await post('/stop_stream')).statusCode).toBe(429);
  });

  it('accepts a number in quotes, as shells send it', async () => {
    expect((await post('/set_active_stream', { channel_id: '2' })).json()).toMatchObject({ channel_id: 2 });
  });

  it('refuses a form, which any web page could send', async () => {
    const response = await post('/set_active_stream', 'channel_id=1', {
      ...bearer,
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(response.statusCode).toBe(400);
  });

  it('refuses a body that is too large', async () => {
    const response = await post('/set_active_stream', { channel_id: 1, more: 'x'.repeat(100_000) });
    expect(response.statusCode).toBe(400);
  });

  it('refuses a channel that is not in the list', async () => {
    const response = await post(
      '/set_active_stream',
      { channel_id: 404 },
      { ...bearer, 'accept-language': 'fr' },
    );
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({
      error: {
        code: 'channel_not_found',
        message: 'Aucune chaîne n’a le numéro 404 : cherchez-la dans la liste des chaînes.',
      },
    });
  });

  it.each([
    ['channel_dead', 502],
    ['channel_silent', 504],
    ['line_in_use', 503],
    ['ffmpeg_failed', 500],
  ] as const)('answers %s with %i, with a sentence in the log too', async (code, status) => {
    fake.log();
    fake.failures.set(2, new AppError(code, { status: 458 }));
    const response = await post('/set_active_stream', { channel_id: 2 });
    expect(response.statusCode).toBe(status);
    const { message } = response.json().error;
    expect(fake.log().map(({ msg }) => msg)).toContain(message);
  });

  it('keeps the old channel on air where the next one cannot be opened', async () => {
    await post('/set_active_stream', { channel_id: 1 });
    fake.failures.set(2, new AppError('channel_dead'));
    await post('/set_active_stream', { channel_id: 2 });
    expect((await get('/stream_status')).json()).toMatchObject({
      state: 'live',
      channel_id: 1,
      wanted: null,
    });
  });
});

describe('an invalid body of POST /set_active_stream', () => {
  const shared = shareHttp();

  it.each([
    ['{}'],
    ['{"channel_id":null}'],
    ['{"channel_id":"x"}'],
    ['{"channel_id":""}'],
    ['{"channel_id":"1e0"}'],
    ['{"channel_id":true}'],
    ['{"channel_id":[1]}'],
    ['{"channel_id":1.5}'],
    ['{"channel_id":1e300}'],
    ['{"channel":1}'],
    ['[]'],
    ['null'],
    ['1'],
    ['{"channel_id":1'],
    ['channel_id=1'],
    [''],
  ])('is refused, and changes nothing: %s', async (payload) => {
    const headers = { ...bearer, 'content-type': 'application/json' };
    const response = await shared.inject({ method: 'POST', url: '/set_active_stream', headers, payload });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error: { code: 'bad_request' } });
    expect(response.json().error.message).toMatch(/^The request is not valid: .*\.$/);
    expect((await shared.inject('/stream_status')).json()).toMatchObject({ state: 'idle' });
  });
});

describe('POST /stop_stream', () => {
  it.each([[undefined], [{}]])('takes the channel off the air (body %j)', async (payload) => {
    await post('/set_active_stream', { channel_id: 1 });
    const response = await post('/stop_stream', payload);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ active: false, state: 'idle', channel_id: null, reason: null });
  });
});

describe('errors', () => {
  it('of the server have a reference that is in the log too, and no stack or internal text', async () => {
    fake.log();
    fake.failures.set(2, new Error('boom at http://user:pass@panel.example/'));
    const response = await post('/set_active_stream', { channel_id: 2 });
    expect(response.statusCode).toBe(500);
    expect(response.headers['cache-control']).toBe('no-store');
    const { error } = response.json();
    expect(error.code).toBe('internal');
    const ref = /^Something broke \(ref ([\w-]{4,})\): /.exec(error.message)?.[1];
    expect(ref).toBeDefined();
    expect(response.body).not.toMatch(/boom|panel|\.ts|at /);
    expect(fake.log().find((line) => line.ref === ref)).toMatchObject({
      level: 50,
      err: { stack: expect.stringContaining('boom') },
    });
  });

  it('of the server have the same reference in the status', async () => {
    fake.failures.set(2, new Error('boom'));
    const response = await post('/set_active_stream', { channel_id: 2 });
    expect((await get('/stream_status')).json().reason).toEqual(response.json().error);
  });

  it.each([
    ['fr', /^Il n’y a rien/],
    ['fr-CA,en;q=0.5', /^Il n’y a rien/],
    ['de, fr;q=0.5', /^Il n’y a rien/],
    ['en-US,en;q=0.9,fr;q=0.8', /^There is nothing/],
    ['de', /^There is nothing/],
    ['', /^There is nothing/],
    ['*', /^There is nothing/],
    ['en;q=0.2, fr;q=0.9', /^Il n’y a rien/],
  ])('are in the language of Accept-Language: %s', async (language, expected) => {
    const response = await get('/nothing', { 'accept-language': language });
    expect(response.json().error.message).toMatch(expected);
  });

  it('are in the owner’s language without Accept-Language', async () => {
    await fake.stop();
    fake = await startFakeHttp({ language: 'fr' });
    expect((await get('/nothing')).json().error.message).toMatch(/^Il n’y a rien/);
  });
});

describe('GET /api/info', () => {
  it('describes the server', async () => {
    const response = await get('/api/info', { host: 'tv.home:8002' });
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      name: 'Zapette',
      version: '1.2.3',
      language: 'en',
      demo: false,
      operator: false,
      role: null,
      discord_login: false,
      reactions: ['👏', '🔥', '😂', '😱'],
      may: [],
      can_watch: true,
      only_here: null,
      bot: true,
      addresses: {
        watch: 'http://tv.home:8002/watch',
        hls: 'http://tv.home:8002/live.m3u8',
        ts: 'http://tv.home:8002/live.ts',
      },
    });
  });

  it('gives the viewers’ key only to operators', async () => {
    await fake.stop();
    fake = await startFakeHttp({ key: true, publicUrl: 'https://tv.example' });
    const key = encodeURIComponent(VIEWER_KEY);
    expect((await get('/api/info')).body).not.toContain(key);
    expect((await get('/api/info', bearer)).json().addresses).toEqual({
      watch: `https://tv.example/watch?key=${key}`,
      hls: `https://tv.example/live.m3u8?key=${key}`,
      ts: `https://tv.example/live.ts?key=${key}`,
    });
  });
});

describe('GET /health', () => {
  it('says that the server is alive', async () => {
    const response = await get('/health');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ status: 'ok', instance: 'this-very-one' });
  });
});
