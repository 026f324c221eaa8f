import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import {
  bearer,
  type FakeHttp,
  type FakeHttpOptions,
  someChannels,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

let fake: FakeHttp;
afterEach(() => fake.stop());

async function start(options?: FakeHttpOptions): Promise<void> {
  fake = await startFakeHttp(options);
}

const ask = (
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  headers: Record<string, string> = bearer,
) => fake.app.inject({ method, url, headers: { ...headers }, ...(payload ? { payload } : {}) });
const iso = (after: number) => new Date(fake.clock.now() + after).toISOString();
const codeOf = (answer: { json(): { error?: { code?: string } } }) => answer.json().error?.code;
const plan = async (payload: object = {}) =>
  (await ask('POST', '/api/recordings', { channel_id: 1, stop: iso(HOUR), ...payload })).json();

/** Makes a recording one that is over, with a file of these bytes. */
async function finish(id: number, bytes: string, file = 'Shows/Été/Été.mkv'): Promise<void> {
  await mkdir(join(fake.recordingsDir, 'Shows/Été'), { recursive: true });
  await writeFile(join(fake.recordingsDir, file), bytes);
  fake.storedRecordings.change(id, { state: 'done', file, bytes: bytes.length });
}

/** Makes a recording one that runs, with a part of two segments. */
async function begin(): Promise<number> {
  const { id } = await plan();
  const folder = join(fake.recordingsDir, '.unfinished', String(id));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'part-1.ts'), '0123456789');
  await writeFile(join(folder, 'part-1.list'), '0 1.000\n4 6.000\n8 11.000\n');
  fake.storedRecordings.change(id, { state: 'recording' });
  return id;
}

describe('/api/recordings', () => {
  it('plans a recording, lists it, changes it and removes it', async () => {
    await start();
    const answer = await ask('POST', '/api/recordings', {
      ...{ channel_id: 1, start: iso(HOUR), stop: iso(2 * HOUR), title: ' Le  Journal ' },
    });
    expect(answer.statusCode).toBe(201);
    const { warning, ways_out: ways, ...planned } = answer.json();
    expect(ways).toEqual([]);
    expect(warning).toContain('There is one connection');
    expect(planned).toEqual({
      ...{ programme: null, follows_guide: false, from_archive: false },
      ...{ id: expect.any(Number), channel_id: 1, channel_label: 'TF1', title: 'Le Journal' },
      ...{
        start: iso(HOUR),
        stop: iso(2 * HOUR),
        state: 'planned',
        reason: null,
        holes: [],
        protected: false,
      },
      ...{
        bytes: 0,
        file: null,
        url: null,
        page: null,
        playlist: null,
        asked_by: 'console',
        created_at: iso(0),
      },
      may_change: true,
    });
    expect((await ask('GET', '/api/recordings')).json().items).toEqual([planned]);
    const path = `/api/recordings/${planned.id}`;
    expect((await ask('PATCH', path, { more_minutes: 15, protected: true, title: 'News' })).json()).toEqual({
      ...planned,
      ...{ stop: iso(2 * HOUR + HOUR / 4), protected: true, title: 'News' },
    });
    expect((await ask('PATCH', path, { start: iso(HOUR / 2) })).json()).toMatchObject({
      start: iso(HOUR / 2),
    });
    expect((await ask('DELETE', path)).statusCode).toBe(204);
    expect((await ask('GET', '/api/recordings')).json().items).toEqual([]);
    expect(codeOf(await ask('DELETE', path))).toBe('recording_unknown');
    expect(fake.context.audit.list(4).map(({ action, detail }) => [action, detail])).toEqual([
      ['recording_removed', 'News'],
      ['recording_changed', 'News'],
      ['recording_changed', 'News'],
      ['recording_planned', 'Le Journal'],
    ]);
  });

  it('takes the title of the programme that fills most of the time, else of the channel', async () => {
    await start();
    const now = fake.clock.now();
    fake.guide.push(
      { title: 'Météo', description: '', start: now - HOUR, stop: now + HOUR / 10 },
      { title: 'Film', description: 'Un film.', start: now + HOUR / 10, stop: now + 2 * HOUR },
    );
    const { id, title } = await plan();
    expect(title).toBe('Film');
    expect(fake.storedRecordings.find(id)?.programme).toMatchObject({ description: 'Un film.' });
    expect(await plan({ title: '<b>Mine</b>', stop: iso(2 * HOUR) })).toMatchObject({ title: 'Mine' });
    expect(await plan({ channel_id: 3, start: iso(5 * HOUR), stop: iso(6 * HOUR) })).toMatchObject({
      title: 'Arte',
    });
  });

  it('records a programme with the usual margins, and follows it', async () => {
    await start();
    const [from, to] = [fake.clock.now() + HOUR, fake.clock.now() + 2 * HOUR];
    fake.guide.push({ title: 'Film', subTitle: 'Le retour', description: 'Un film.', start: from, stop: to });
    const body = { channel_id: 1, programme: iso(1.5 * HOUR) };
    expect((await ask('POST', '/api/recordings', body)).json()).toMatchObject({
      ...{
        title: 'Film',
        start: iso(HOUR - 2 * MINUTE),
        stop: iso(2 * HOUR + 5 * MINUTE),
        follows_guide: true,
      },
      programme: { from: iso(HOUR), to: iso(2 * HOUR), sub_title: 'Le retour', description: 'Un film.' },
    });
    const unknown = { channel_id: 1, programme: iso(5 * HOUR) };
    expect(codeOf(await ask('POST', '/api/recordings', unknown))).toBe('programme_unknown');
    expect(codeOf(await ask('POST', '/api/recordings', { channel_id: 1 }))).toBe('recording_no_end');
  });

  it('goes on following a programme when its end is moved later, not when its times are chosen', async () => {
    await start();
    const now = fake.clock.now();
    fake.guide.push({ title: 'Film', description: '', start: now + HOUR, stop: now + 2 * HOUR });
    const { id } = (await ask('POST', '/api/recordings', { channel_id: 1, programme: iso(HOUR) })).json();
    const change = async (body: object) => (await ask('PATCH', `/api/recordings/${id}`, body)).json();
    expect(await change({ more_minutes: 15 })).toMatchObject({ follows_guide: true });
    expect(await change({ stop: iso(1.5 * HOUR) })).toMatchObject({ follows_guide: false });
  });

  it('understands times with any zone, and seconds since 1970', async () => {
    await start();
    const seconds = fake.clock.now() / 1000;
    for (const stop of [
      seconds + 60,
      String(seconds + 60),
      '2026-01-01T02:01:00+02:00',
      '2026-01-01T00:01:00Z',
    ]) {
      const planned = await plan({ stop });
      expect([stop, planned.stop]).toEqual([stop, iso(60_000)]);
      await ask('DELETE', `/api/recordings/${planned.id}`);
    }
  });

  it('takes fractions of a minute, and refuses milliseconds since 1970', async () => {
    await start();
    const stop = Math.floor(fake.clock.now() / 1000) + 3600;
    const { id } = (await ask('POST', '/api/recordings', { channel_id: 1, stop })).json();
    for (const minutes of [0.00001, 0.0000001, 1 / 3])
      expect((await ask('PATCH', `/api/recordings/${id}`, { more_minutes: minutes })).statusCode).toBe(200);
    const late = await ask('POST', '/api/recordings', { channel_id: 2, stop: stop * 1000 });
    expect(codeOf(late)).toBe('time_unreadable');
  });

  it('begins now what should have begun', async () => {
    await start();
    expect(await plan({ start: iso(-HOUR) })).toMatchObject({ start: iso(0), stop: iso(HOUR) });
  });

  it('warns where more is to be recorded than there are connections', async () => {
    await start();
    await plan();
    expect((await plan({ channel_id: 2 })).warning).toContain('than the one connection can: TF1');
  });

  it('tells what would help, and does it', async () => {
    await start({ channels: someChannels.map((channel) => ({ ...channel, archiveDays: 2 })) });
    await plan();
    const planned = await plan({ channel_id: 2 });
    expect(planned).toMatchObject({ ways_out: ['archive', 'give_up'], from_archive: false });
    const path = `/api/recordings/${planned.id}`;
    expect((await ask('PATCH', path, { from_archive: true })).json()).toMatchObject({
      ...{ from_archive: true, state: 'planned' },
    });
    expect(codeOf(await ask('PATCH', path, { more_minutes: 5 }))).toBe('recording_from_archive');
    expect((await ask('PATCH', path, { from_archive: false })).json()).toMatchObject({
      ...{ from_archive: false, start: iso(0) },
    });
  });

  it('takes what is over from the archive, if there is one', async () => {
    await start({ channels: someChannels.map((channel) => ({ ...channel, archiveDays: 2 })) });
    const times = { start: iso(-3 * HOUR), stop: iso(-HOUR) };
    expect(await plan(times)).toMatchObject({ ...times, from_archive: true, warning: null });
    const now = fake.clock.now();
    fake.guide.push({ title: 'Film', description: '', start: now - HOUR, stop: now + HOUR });
    const film = await ask('POST', '/api/recordings', { channel_id: 2, programme: iso(HOUR / 2) });
    expect(film.json()).toMatchObject({ title: 'Film', from_archive: true, state: 'planned' });
    const old = { start: iso(-73 * HOUR), stop: iso(-72 * HOUR) };
    expect((await plan(old)).error.code).toBe('recording_past');
    expect((await plan({ ...old, from_archive: true })).error.code).toBe('archive_missing');
    expect(await plan({ channel_id: 3, from_archive: true })).toMatchObject({ from_archive: true });
  });

  it('records nothing twice', async () => {
    await start();
    await plan({ stop: iso(2 * HOUR) });
    const again = await ask('POST', '/api/recordings', { channel_id: 1, stop: iso(HOUR) });
    expect([again.statusCode, codeOf(again)]).toEqual([409, 'recording_exists']);
    expect(await plan({ stop: iso(3 * HOUR) })).toMatchObject({ state: 'planned' });
  });

  it.each([
    [{ stop: 'tomorrow' }, 'time_unreadable', 'The time “tomorrow” cannot be read'],
    [{ stop: '2026-01-01T05:00:00' }, 'time_unreadable', 'write it with its zone'],
    [{ stop: 1e300 }, 'time_unreadable', 'cannot be read'],
    [{ stop: 12 }, 'recording_past', 'This time is over'],
    [{ start: '2026-01-01T01:01:00Z' }, 'recording_ends_early', 'must end after it begins'],
    [{ stop: '2026-01-02T00:00:01Z' }, 'recording_too_long', 'at most 24 hours'],
    [{ channel_id: 99 }, 'channel_not_found', '99'],
    [{ stop: null }, 'bad_request', 'stop'],
  ])('refuses %j', async (payload, code, words) => {
    await start();
    const answer = await ask('POST', '/api/recordings', { channel_id: 1, stop: iso(HOUR), ...payload });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.json().error).toEqual({ code, message: expect.stringContaining(words) });
    expect(fake.context.recordings.all()).toEqual([]);
  });

  it('tells how much recordings take, and what is free', async () => {
    await start();
    const disk = async () => (await ask('GET', '/api/recordings')).json().disk;
    // Their folder is not there yet.
    expect(await disk()).toEqual({ used: 0, free: expect.any(Number) });
    const { id } = await plan();
    await finish(id, '0123456789');
    const parts = join(fake.recordingsDir, '.unfinished', '7');
    await mkdir(parts, { recursive: true });
    await writeFile(join(parts, 'part-1.ts'), '01234');
    expect(await disk()).toMatchObject({ used: 15 });
  });

  it('says why a recording waits, and what is missing, in the asker’s language', async () => {
    await start();
    const { id } = await plan();
    const reason = { code: 'no_slot', params: { capacity: 1, holders: 'Arte' } } as const;
    const hole = { from: fake.clock.now(), to: fake.clock.now() + 5_000 };
    fake.storedRecordings.change(id, { state: 'waiting', reason, holes: [hole] });
    const [item] = (
      await ask('GET', '/api/recordings', undefined, { ...bearer, 'accept-language': 'fr' })
    ).json().items;
    expect(item).toMatchObject({ state: 'waiting', holes: [{ from: iso(0), to: iso(5_000) }] });
    expect(item.reason).toEqual({ code: 'no_slot', message: expect.stringMatching(/connexion.*Arte/s) });
  });

  it('moves no time of a recording that is over, and no beginning of one that runs', async () => {
    await start();
    const { id } = await plan();
    fake.storedRecordings.change(id, { state: 'recording' });
    const path = `/api/recordings/${id}`;
    expect(codeOf(await ask('PATCH', path, { start: iso(60_000) }))).toBe('recording_begun');
    fake.storedRecordings.change(id, { state: 'done' });
    expect(codeOf(await ask('PATCH', path, { more_minutes: 5 }))).toBe('recording_over');
    expect((await ask('PATCH', path, { protected: true })).json()).toMatchObject({ protected: true });
  });

  it('lets people change their own and controllers all, and viewers have a few', async () => {
    await start({ personal: true });
    expect((await ask('GET', '/api/recordings', undefined, {})).statusCode).toBe(401);
    const { token } = fake.context.tokens.issue('viewer', 'viewer', owner);
    const viewer = { authorization: `Bearer ${token}` };
    expect((await ask('GET', '/api/recordings', undefined, viewer)).statusCode).toBe(200);
    const { id } = await plan();
    const others = `/api/recordings/${id}`;
    expect((await ask('GET', '/api/recordings', undefined, viewer)).json().items).toMatchObject([
      { id, may_change: false },
    ]);
    for (const refused of [
      await ask('PATCH', others, { protected: true }, viewer),
      await ask('DELETE', others, undefined, viewer),
    ]) {
      expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'not_your_recording']);
    }
    const wish = (hour: number) => ({ channel_id: 2, start: iso(hour * HOUR), stop: iso((hour + 1) * HOUR) });
    const own = [];
    for (const hour of [1, 2, 3]) own.push((await ask('POST', '/api/recordings', wish(hour), viewer)).json());
    // Of several at once, no more than there is room for.
    const atOnce = await Promise.all(
      [4, 5, 7, 8].map((hour) => ask('POST', '/api/recordings', wish(hour), viewer)),
    );
    expect(atOnce.filter(({ statusCode }) => statusCode === 201)).toHaveLength(2);
    expect(own[0]).toMatchObject({ may_change: true });
    const sixth = await ask('POST', '/api/recordings', wish(6), viewer);
    expect(sixth.statusCode).toBe(403);
    expect(sixth.json().error).toMatchObject({
      code: 'recordings_quota',
      message: expect.stringMatching(/^You have as many recordings .* as you may \(5\): delete one/),
    });
    const first = `/api/recordings/${own[0].id}`;
    expect((await ask('PATCH', first, { protected: true }, viewer)).json()).toMatchObject({
      protected: true,
    });
    expect((await ask('DELETE', first, undefined, viewer)).statusCode).toBe(204);
    expect((await ask('POST', '/api/recordings', wish(6), viewer)).statusCode).toBe(201);
    for (const hour of [10, 11, 12, 13, 14, 15])
      expect((await ask('POST', '/api/recordings', wish(hour))).statusCode).toBe(201);
    expect((await ask('DELETE', `/api/recordings/${own[1].id}`)).statusCode).toBe(204);
  });
});

describe('/recordings/<id>', () => {
  it('is the file, with its type and name, whole or in part', async () => {
    await start();
    const { id } = await plan();
    await finish(id, '0123456789');
    const path = `/recordings/${id}`;
    expect((await ask('GET', '/api/recordings')).json().items[0]).toMatchObject({
      ...{ url: path, file: 'Shows/Été/Été.mkv', bytes: 10, state: 'done' },
    });
    const whole = await ask('GET', path, undefined, {});
    expect([whole.statusCode, whole.body]).toEqual([200, '0123456789']);
    expect(whole.headers).toMatchObject({
      'content-type': 'video/x-matroska',
      'content-disposition': "inline; filename*=UTF-8''%C3%89t%C3%A9.mkv",
      'accept-ranges': 'bytes',
    });
    const part = await ask('GET', path, undefined, { range: 'bytes=2-4' });
    expect([part.statusCode, part.body]).toEqual([206, '234']);
    expect(part.headers['content-range']).toBe('bytes 2-4/10');
    const head = await ask('HEAD', path, undefined, {});
    expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', '10']);
    expect((await ask('GET', path, undefined, { range: 'bytes=20-' })).statusCode).toBe(416);
    // Nobody reads it any more.
    await expect.poll(async () => (await ask('DELETE', `/api/recordings/${id}`)).statusCode).toBe(204);
    expect(codeOf(await ask('GET', path, undefined, {}))).toBe('recording_unknown');
  });

  it('is refused before it is there, once it is gone, and for what is no id', async () => {
    await start();
    const { id } = await plan();
    expect(codeOf(await ask('GET', `/recordings/${id}`, undefined, {}))).toBe('recording_not_ready');
    fake.storedRecordings.change(id, { state: 'done', file: 'Shows/gone.mkv' });
    expect(codeOf(await ask('GET', `/recordings/${id}`, undefined, {}))).toBe('recording_file_gone');
    for (const wrong of ['0', 'x', '..%2fzapette.db', '9'.repeat(40)])
      expect([wrong, codeOf(await ask('GET', `/recordings/${wrong}`, undefined, {}))]).toEqual([
        wrong,
        'recording_unknown',
      ]);
  });

  it('may have any name that a disk takes', async () => {
    await start();
    const { id } = await plan();
    await finish(id, 'x', 'Shows/Été/100% %41 #1 & co.mkv');
    expect((await ask('GET', `/recordings/${id}`, undefined, {})).body).toBe('x');
  });

  it('needs the key where viewers need it', async () => {
    await start({ key: true });
    const { id } = await plan();
    await finish(id, 'x');
    expect(codeOf(await ask('GET', `/recordings/${id}`, undefined, {}))).toBe('viewer_key_needed');
    const key = encodeURIComponent(VIEWER_KEY);
    expect((await ask('GET', `/recordings/${id}?key=${key}`, undefined, {})).body).toBe('x');
  });
});

describe('/recordings/<id>/index.m3u8', () => {
  const path = (id: number, file = 'index.m3u8') => `/recordings/${id}/${file}`;
  it('plays a running recording from its beginning, by ranges of its parts', async () => {
    await start();
    const id = await begin();
    expect((await ask('GET', '/api/recordings')).json().items[0].playlist).toBe(path(id));
    const playlist = await ask('GET', path(id), undefined, {});
    expect(playlist.headers).toMatchObject({
      ...{ 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'no-store' },
    });
    expect(playlist.body).toContain('#EXTINF:5.000,\n#EXT-X-BYTERANGE:4@4\npart-1.ts\n');
    const part = await ask('GET', path(id, 'part-1.ts'), undefined, { range: 'bytes=4-7' });
    expect([part.statusCode, part.body, part.headers['content-type']]).toEqual([206, '4567', 'video/mp2t']);
    expect(codeOf(await ask('DELETE', `/api/recordings/${id}`))).toBe('recording_in_use');
    await fake.clock.advance(MINUTE);
    expect((await ask('DELETE', `/api/recordings/${id}`)).statusCode).toBe(204);
  });

  it('leads to the file once that is there, and says that there is nothing yet', async () => {
    await start();
    const { id } = await plan();
    expect(codeOf(await ask('GET', path(id), undefined, {}))).toBe('recording_not_ready');
    await finish(id, 'x');
    const answer = await ask('GET', path(id), undefined, {});
    expect([answer.statusCode, answer.headers.location]).toEqual([302, `/recordings/${id}`]);
    for (const wrong of ['part-9.ts', 'part-1.list', '..%2f..%2fx', 'index.m3u'])
      expect((await ask('GET', path(id, wrong), undefined, {})).statusCode).toBe(404);
  });

  it('passes on the key, where viewers need it, and needs none of who is logged in', async () => {
    await start({ key: true });
    const id = await begin();
    expect(codeOf(await ask('GET', path(id), undefined, {}))).toBe('viewer_key_needed');
    const query = `?key=${encodeURIComponent(VIEWER_KEY)}`;
    expect((await ask('GET', path(id) + query, undefined, {})).body).toContain(`part-1.ts${query}\n`);
    expect((await ask('GET', path(id))).body).toContain('part-1.ts\n');
  });
});

describe('/recordings/<id>/sound/<track>/index.m3u8', () => {
  const path = (id: number, file = 'index.m3u8', track = '1') => `/recordings/${id}/sound/${track}/${file}`;

  it('gives browsers each segment of a running recording by an address of its own', async () => {
    await start({ key: true });
    const id = await begin();
    expect(codeOf(await ask('GET', path(id), undefined, {}))).toBe('viewer_key_needed');
    const query = `?key=${encodeURIComponent(VIEWER_KEY)}`;
    const { body } = await ask('GET', path(id) + query, undefined, {});
    expect(body).toContain(`#EXTINF:5.000,\npart-1-4-8.ts${query}\n`);
    expect(body).not.toContain('BYTERANGE');
  });

  it('has nothing but what it lists', async () => {
    await start();
    const id = await begin();
    for (const wrong of ['part-1-4-9.ts', 'part-1-5-8.ts', 'part-2-4-8.ts', 'part-1.ts', 'index.m3u'])
      expect([wrong, (await ask('GET', path(id, wrong), undefined, {})).statusCode]).toEqual([wrong, 404]);
    const over = (await plan({ channel_id: 2 })).id;
    await finish(over, 'x');
    for (const wrong of [
      path(over, 'segment-0.ts'),
      path(over, 'segment-0.ts', 'x'),
      path(over, 'part-1-0-4.ts'),
    ])
      expect([wrong, (await ask('GET', wrong, undefined, {})).statusCode]).toEqual([wrong, 404]);
    expect((await ask('GET', path(over), undefined, {})).headers.location).toBe(`/recordings/${over}`);
  });

  it('is told of with the recording, if its file tells what it has', async () => {
    await start();
    const { id } = await plan();
    await finish(id, 'x');
    expect((await ask('GET', `/api/recordings/${id}`)).json()).toMatchObject({
      audio_tracks: [],
      audio_track: null,
    });
  });
});
