import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const ada = { id: 'discord:1', name: 'Ada' };
const bob = { id: 'discord:2', name: 'Bob' };

describe('/api/links', () => {
  it('makes a link that opens, lists it without its token, and ends it', async () => {
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

  it('nobody ends or sees those of others', async () => {
    const hers = logIn(fake, 'viewer', ada);
    await fake.app.inject({ method: 'POST', url: '/api/links', headers: hers, payload: { channel_id: 1 } });
    const { items } = (await fake.app.inject({ url: '/api/links', headers: hers })).json();
    const his = logIn(fake, 'admin', bob);
    expect((await fake.app.inject({ url: '/api/links', headers: his })).json().items).toEqual([]);
    const end = { method: 'DELETE', url: `/api/links/${items[0].id}`, headers: his } as const;
    expect((await fake.app.inject(end)).statusCode).toBe(404);
    expect((await fake.app.inject({ url: '/api/links', headers: hers })).json().items).toHaveLength(1);
  });

  it('says that there is no such channel', async () => {
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
