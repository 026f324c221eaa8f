import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

type Headers = Record<string, string>;
const ask = (method: 'GET' | 'DELETE', url: string, headers: Headers) =>
  fake.app.inject({ method, url, headers });
const list = async (headers: Headers) => (await ask('GET', '/api/links', headers)).json().items;
const make = (headers: Headers, channelId: number) =>
  fake.app.inject({ method: 'POST', url: '/api/links', headers, payload: { channel_id: channelId } });

const ada = { id: 'discord:1', name: 'Ada' };
const bob = { id: 'discord:2', name: 'Bob' };

describe('the address /api/links', () => {
  it('makes a working link, lists it without its token, and ends it', async () => {
    const headers = logIn(fake, 'viewer', ada);
    const made = await fake.app.inject({
      ...{ method: 'POST', url: '/api/links', headers, payload: { channel_id: 1 } },
    });
    expect(made.statusCode).toBe(201);
    const { url, playlist_url: playlist, expires_at: expiresAt } = made.json();
    expect(Date.parse(expiresAt)).toBe(fake.clock.now() + 24 * 60 * 60_000);
    const open = () => fake.app.inject({ url: new URL(playlist).pathname });
    expect((await open()).body).toContain(`TF1 HD\n${url}`);
    const { items } = (await fake.app.inject({ url: '/api/links', headers })).json();
    expect(items).toMatchObject([{ channel_name: 'TF1 HD', players: 0, last_used_at: null }]);
    expect(JSON.stringify(items)).not.toContain(new URL(url).pathname.slice(5, -3));
    await fake.app.inject({ method: 'DELETE', url: `/api/links/${items[0].id}`, headers });
    expect((await open()).statusCode).toBe(404);
  });

  it('shows a controller only their own links, and ends no others', async () => {
    const hers = logIn(fake, 'viewer', ada);
    await make(hers, 1);
    const his = logIn(fake, 'controller', bob);
    await make(his, 2);
    const [{ id }] = await list(hers);
    expect(await list(his)).toMatchObject([{ person: bob, channel_name: 'Canal+' }]);
    expect((await ask('GET', '/api/links?all=true', his)).statusCode).toBe(403);
    expect((await ask('DELETE', `/api/links/${id}`, his)).statusCode).toBe(404);
    expect((await ask('DELETE', '/api/links?all=true', his)).statusCode).toBe(403);
    expect((await ask('DELETE', '/api/links', his)).statusCode).toBe(204);
    expect(await list(his)).toEqual([]);
    expect(await list(hers)).toHaveLength(1);
  });

  it('lists everybody’s links for an admin, and ends one or all', async () => {
    const [hers, his] = [logIn(fake, 'viewer', ada), logIn(fake, 'admin', bob)];
    for (const channelId of [1, 2, 3]) await make(hers, channelId);
    await make(his, 1);
    expect(await list(his)).toHaveLength(1);
    const all = async () => (await ask('GET', '/api/links?all=true', his)).json().items;
    expect(await all()).toMatchObject([
      { person: bob, channel_name: 'TF1 HD', created_at: new Date(fake.clock.now()).toISOString() },
      ...['Arte', 'Canal+', 'TF1 HD'].map((name) => ({ person: ada, channel_name: name })),
    ]);
    const [, arte] = await all();
    expect((await ask('DELETE', `/api/links/${arte.id}`, his)).statusCode).toBe(204);
    expect((await ask('DELETE', `/api/links/${arte.id}`, his)).statusCode).toBe(404);
    expect(await list(hers)).toHaveLength(2);
    expect((await ask('DELETE', '/api/links', his)).statusCode).toBe(204);
    expect(await all()).toMatchObject([{ person: ada }, { person: ada }]);
    expect((await ask('DELETE', '/api/links?all=true', his)).statusCode).toBe(204);
    expect(await all()).toEqual([]);
    const ended = fake.context.audit.list(4).map(({ by, action, detail }) => [by, action, detail]);
    expect(ended).toEqual([
      [bob, 'link_ended', 'TF1 HD (Ada)'],
      [bob, 'link_ended', 'Canal+ (Ada)'],
      [bob, 'link_ended', 'TF1 HD'],
      [bob, 'link_ended', 'Arte (Ada)'],
    ]);
  });

  it('refuses an unknown channel', async () => {
    const answer = await fake.app.inject({
      ...{
        method: 'POST',
        url: '/api/links',
        headers: logIn(fake, 'viewer', ada),
        payload: { channel_id: 99 },
      },
    });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.code).toBe('channel_not_found');
  });
});
