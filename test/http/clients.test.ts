import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const make = (payload: object, headers: Record<string, string> = {}) =>
  fake.app.inject({ method: 'POST', url: '/api/clients', headers: { ...bearer, ...headers }, payload });
const list = async (language = 'en') =>
  (await fake.app.inject({ url: '/api/clients', headers: { ...bearer, 'accept-language': language } })).json()
    .items;

describe('/api/clients', () => {
  it('gives a new one its addresses, once, for where it was asked', async () => {
    const response = await make({ name: ' Kodi ', kind: 'kodi' }, { host: '192.168.1.10:8002' });
    expect(response.statusCode).toBe(201);
    const { xtream, ...addresses } = response.json();
    const base = `http://192.168.1.10:8002/t/${xtream.password}`;
    expect(addresses).toEqual({
      id: 1,
      base_url: base,
      playlist_url: `${base}/playlist.m3u`,
      guide_url: `${base}/epg.xml`,
      stream_url: `${base}/live.ts`,
    });
    expect(xtream).toMatchObject({ url: 'http://192.168.1.10:8002', username: 'c1' });
    expect(response.headers['cache-control']).toBe('no-store');
    const { pathname } = new URL(addresses.playlist_url);
    expect((await fake.app.inject(pathname)).statusCode).toBe(200);
    expect(await list()).toEqual([
      {
        ...{ id: 1, name: 'Kodi', kind: 'kodi', playing: [], refused: null },
        created_at: expect.any(String),
        last_used_at: expect.any(String),
      },
    ]);
    expect(JSON.stringify([await list(), fake.log()])).not.toContain(xtream.password);
  });

  it('lists what was refused in the asker’s language', async () => {
    await make({ name: 'Kodi', kind: 'kodi' });
    const [client] = fake.context.clients.list();
    if (!client) throw new Error('there is no client');
    fake.context.clients.refused(client, 'Arte', new AppError('no_slot', { capacity: 1, holders: 'TF1' }));
    for (const language of ['en', 'fr']) {
      const [{ refused }] = await list(language);
      expect(refused).toEqual({ at: expect.any(String), channel: 'Arte', reason: expect.any(String) });
      expect(refused.reason).toContain('TF1');
    }
    expect((await list('en'))[0].refused.reason).not.toBe((await list('fr'))[0].refused.reason);
  });

  it('ends one at once', async () => {
    const { id, xtream } = (await make({ name: 'Kodi', kind: 'kodi' })).json();
    const end = () => fake.app.inject({ method: 'DELETE', url: `/api/clients/${id}`, headers: bearer });
    expect((await end()).statusCode).toBe(204);
    expect((await end()).statusCode).toBe(404);
    expect((await fake.app.inject(`/t/${xtream.password}/playlist.m3u`)).statusCode).toBe(404);
    expect(await list()).toEqual([]);
  });

  it.each([
    {},
    { name: 'x' },
    { name: '', kind: 'kodi' },
    { name: 'x', kind: 'toaster' },
    { name: 'x'.repeat(61), kind: 'vlc' },
  ])('refuses %j', async (payload) => {
    expect((await make(payload)).statusCode).toBe(400);
  });
});
