import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
afterEach(() => fake.stop());

const ask = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  headers: object = bearer,
) => fake.app.inject({ method, url, headers: { ...headers }, ...(payload ? { payload } : {}) });
const stranger = {};
const codeOf = (answer: { json(): { error?: { code?: string } } }) => answer.json().error?.code;
const idsFor = async (headers: object = bearer): Promise<string[]> =>
  (await ask('GET', '/api/screens', undefined, headers)).json().items.map(({ id }: { id: string }) => id);

describe('/api/screens', () => {
  beforeEach(async () => {
    fake = await startFakeHttp();
  });

  it('lists the default screen, adds one, and changes and removes it', async () => {
    expect(await idsFor(stranger)).toEqual(['live']);
    const added = await ask('POST', '/api/screens', { id: 'sport', name: ' Sport ' });
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({
      ...{ id: 'sport', number: 2, name: 'Sport', control: 'viewer', watch: null, may_control: true },
      ...{ channel_id: null, channel_label: null, state: 'idle', viewers: 0 },
      addresses: {
        watch: expect.stringMatching(/\/watch\/sport$/),
        hls: expect.stringMatching(/\/s\/sport\.m3u8$/),
        ts: expect.stringMatching(/\/s\/sport\.ts$/),
      },
    });
    const changed = await ask('PATCH', '/api/screens/sport', { name: 'Foot', control: 'controller' });
    expect(changed.json()).toMatchObject({ id: 'sport', name: 'Foot', control: 'controller', watch: null });
    expect(await idsFor(stranger)).toEqual(['live', 'sport']);
    expect((await ask('DELETE', '/api/screens/sport')).statusCode).toBe(204);
    expect(await idsFor()).toEqual(['live']);
    expect(fake.context.audit.list(3).map(({ action, detail, screen }) => [action, detail, screen])).toEqual([
      ['screen_removed', 'Foot', 'sport'],
      ['screen_changed', 'Foot', 'sport'],
      ['screen_added', 'Sport', 'sport'],
    ]);
  });

  it('makes an id of the name, and gives no number twice', async () => {
    const numbers: Record<string, number> = {};
    for (const name of ['Salle de sport', 'Été 2026 !', 'Кино']) {
      const { id, number } = (await ask('POST', '/api/screens', { name })).json();
      numbers[id] = number;
    }
    expect(numbers).toEqual({ 'salle-de-sport': 2, 'ete-2026': 3, kino: 4 });
    await ask('DELETE', '/api/screens/kino');
    expect((await ask('POST', '/api/screens', { name: 'Kids' })).json()).toMatchObject({ number: 5 });
    expect((await ask('POST', '/api/screens', { name: 'Kino' })).json()).toMatchObject({
      id: 'kino',
      number: 4,
    });
  });

  it.each([
    [{ name: '' }, 400, 'screen_name'],
    [{ name: '   ' }, 400, 'screen_name'],
    [{ name: '!!!' }, 400, 'screen_name'],
    [{ name: '<b></b>' }, 400, 'screen_name'],
    [{ name: '\u202e' }, 400, 'screen_name'],
    [{ name: 'x'.repeat(41) }, 400, 'screen_name'],
    [{ name: 'Live' }, 409, 'screen_exists'],
    [{ id: 'live', name: 'Sport' }, 409, 'screen_exists'],
    [{ id: '../x', name: 'Sport' }, 400, 'screen_id'],
    [{ id: 'Sport', name: 'Sport' }, 400, 'screen_id'],
    [{ id: 'x'.repeat(25), name: 'Sport' }, 400, 'screen_id'],
    [{}, 400, 'bad_request'],
  ])('refuses to add %j', async (payload, status, code) => {
    const answer = await ask('POST', '/api/screens', payload);
    expect([answer.statusCode, codeOf(answer)]).toEqual([status, code]);
    expect(await idsFor()).toEqual(['live']);
  });

  it('keeps the default screen, which may be called something else', async () => {
    expect(codeOf(await ask('DELETE', '/api/screens/live'))).toBe('screen_stays');
    expect((await ask('PATCH', '/api/screens/live', { name: 'Salon' })).json()).toMatchObject({
      ...{ id: 'live', number: 1, name: 'Salon' },
      addresses: { hls: expect.stringMatching(/\/live\.m3u8$/), watch: expect.stringMatching(/\/watch$/) },
    });
    expect(codeOf(await ask('PATCH', '/api/screens/nowhere', { name: 'X' }))).toBe('screen_unknown');
  });

  it('is for admins, but for the list', async () => {
    for (const [method, url, payload] of [
      ['POST', '/api/screens', { name: 'Sport' }],
      ['PATCH', '/api/screens/live', { name: 'Sport' }],
      ['DELETE', '/api/screens/live', undefined],
    ] as const)
      expect(codeOf(await ask(method, url, payload, stranger))).toBe('unauthorised');
  });

  it('names the screen in every answer of the remote control', async () => {
    await ask('POST', '/api/screens', { id: 'sport', name: 'Sport' });
    const played = await ask('POST', '/set_active_stream', { channel_id: 2, screen: 'sport' });
    expect(played.json()).toMatchObject({ id: 'sport', channel_id: 2 });
    expect((await ask('GET', '/stream_status')).json()).toMatchObject({ id: 'live', active: false });
    expect((await ask('GET', '/stream_status?screen=sport')).json()).toMatchObject({
      id: 'sport',
      channel_id: 2,
    });
    expect((await ask('GET', '/api/history?screen=sport')).json().items).toHaveLength(1);
    expect((await ask('GET', '/api/history')).json().items).toHaveLength(0);
    expect((await ask('GET', '/api/recents?screen=sport')).json().items).toHaveLength(1);
    expect((await ask('GET', '/api/info?screen=sport')).json()).toMatchObject({
      addresses: { hls: expect.stringMatching(/\/s\/sport\.m3u8$/) },
    });
    expect((await ask('POST', '/restart_stream', { screen: 'sport' })).json()).toMatchObject({ id: 'sport' });
    expect((await ask('POST', '/stop_stream?screen=sport')).json()).toMatchObject({
      id: 'sport',
      active: false,
    });
    const nowhere = await ask('POST', '/set_active_stream', { channel_id: 2, screen: 'nowhere' });
    expect([nowhere.statusCode, nowhere.json().error.message]).toEqual([
      404,
      'There is no screen “nowhere”. There is: live, sport.',
    ]);
  });

  it('gives players addresses of each, which show the slate a while after it was removed', async () => {
    await ask('POST', '/api/screens', { id: 'sport', name: 'Sport' });
    const list = await ask('GET', '/s/sport.m3u8', undefined, stranger);
    expect(list.body).toContain('/s/sport/index.m3u8');
    expect(list.body).toContain('tvg-chno="2"');
    const media = (await ask('GET', '/s/sport/index.m3u8', undefined, stranger)).body;
    const segment = /^seg\/\d+\.ts$/m.exec(media)?.[0] ?? 'none';
    expect((await ask('GET', `/s/sport/${segment}`, undefined, stranger)).statusCode).toBe(200);
    expect((await ask('GET', '/s/live.m3u8', undefined, stranger)).body).toContain('/live/index.m3u8');
    const m3u = await ask('GET', '/playlist.m3u?output=hls', undefined, stranger);
    expect(m3u.body).toContain('tvg-chno="2"');
    expect(m3u.body).toMatch(/\/s\/sport\.m3u8$/m);
    await ask('DELETE', '/api/screens/sport');
    expect((await ask('GET', '/playlist.m3u', undefined, stranger)).body).not.toContain('sport');
    expect((await ask('GET', '/s/sport/index.m3u8', undefined, stranger)).statusCode).toBe(200);
    await fake.clock.advance(24 * 60 * 60_000);
    expect(codeOf(await ask('GET', '/s/sport/index.m3u8', undefined, stranger))).toBe('screen_unknown');
  });

  it('shows a screen that is not for everybody to nobody else', async () => {
    await ask('POST', '/api/screens', { id: 'crew', name: 'Crew' });
    await ask('PATCH', '/api/screens/crew', { watch: 'controller' });
    expect(await idsFor(stranger)).toEqual(['live']);
    expect(await idsFor()).toEqual(['live', 'crew']);
    for (const url of [
      '/stream_status?screen=crew',
      '/api/info?screen=crew',
      '/s/crew.m3u8',
      '/s/crew/index.m3u8',
      '/s/crew/seg/1.ts',
      '/s/crew.ts',
    ])
      expect([url, codeOf(await ask('GET', url, undefined, stranger))]).toEqual([
        url,
        'screen_closed_to_you',
      ]);
    expect((await ask('GET', '/playlist.m3u', undefined, stranger)).body).not.toContain('crew');
    expect((await ask('GET', '/watch/crew', undefined, { accept: 'text/html' })).statusCode).toBe(401);
    await ask('PATCH', '/api/screens/crew', { watch: null });
    expect(await idsFor(stranger)).toEqual(['live', 'crew']);
  });

  it('has a watch page for each, with a playlist of its own', async () => {
    await ask('POST', '/api/screens', { id: 'sport', name: 'Sport' });
    const page = await ask('GET', '/watch/sport', undefined, { accept: 'text/html' });
    expect(page.statusCode).toBe(200);
    const cookie = String(page.headers['set-cookie']).split(';')[0] ?? '';
    const playlist = await ask('GET', '/s/sport/internal_stream.m3u8', undefined, { cookie });
    expect(playlist.body).toMatch(/^seg\/\d+\.ts$/m);
    expect((await ask('GET', '/internal_stream.m3u8', undefined, { cookie })).body).toMatch(
      /^live\/seg\/\d+\.ts$/m,
    );
    expect((await ask('GET', '/watch/nowhere', undefined, { accept: 'text/html' })).statusCode).toBe(404);
  });
});

describe('a screen for some to change', () => {
  beforeEach(async () => {
    fake = await startFakeHttp({ settings: {} });
  });

  it('refuses whoever has too low a role, with a sentence', async () => {
    await ask('POST', '/api/screens', { id: 'sport', name: 'Sport' });
    await ask('PATCH', '/api/screens/sport', { control: 'admin' });
    const { token } = (await ask('POST', '/api/tokens', { name: 'remote', role: 'controller' })).json();
    const remote = { authorization: `Bearer ${token}` };
    const refused = await ask('POST', '/set_active_stream', { channel_id: 2, screen: 'sport' }, remote);
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'screen_closed']);
    const listed = (await ask('GET', '/api/screens', undefined, remote)).json().items;
    expect(listed.map((each: { may_control: boolean }) => each.may_control)).toEqual([true, false]);
    expect((await ask('POST', '/set_active_stream', { channel_id: 2 }, remote)).statusCode).toBe(200);
  });
});
