import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const viewers = async () => (await fake.app.inject('/stream_status')).json().viewers;

/** Somebody opens the watch page; gives their cookie. */
async function watch(): Promise<string> {
  const page = await fake.app.inject('/watch');
  const [cookie = ''] = String(page.headers['set-cookie']).split(';');
  await fake.app.inject({ url: '/internal_stream.m3u8', headers: { cookie } });
  return cookie;
}

describe('POST /api/watch/leave', () => {
  it('stops counting a viewer as soon as their page closes', async () => {
    const [cookie] = [await watch(), await watch()];
    expect(await viewers()).toBe(2);
    const leave = () => fake.app.inject({ method: 'POST', url: '/api/watch/leave', headers: { cookie } });
    expect((await leave()).statusCode).toBe(204);
    expect(await viewers()).toBe(1);
    expect((await leave()).statusCode).toBe(204);
    await fake.app.inject({ url: '/internal_stream.m3u8', headers: { cookie } });
    expect(await viewers()).toBe(2);
  });

  it('does nothing for a person who does not watch', async () => {
    await watch();
    for (const headers of [{}, { cookie: 'zapette_watch=x' }, bearer]) {
      expect((await fake.app.inject({ method: 'POST', url: '/api/watch/leave', headers })).statusCode).toBe(
        204,
      );
    }
    expect(await viewers()).toBe(1);
  });
});

describe('a DELETE of JSON without a body', () => {
  it('is accepted', async () => {
    const headers = { ...bearer, 'content-type': 'application/json' };
    const { id } = (
      await fake.app.inject({
        method: 'POST',
        url: '/api/tokens',
        headers,
        payload: { name: 'x', role: 'viewer' },
      })
    ).json();
    const response = await fake.app.inject({ method: 'DELETE', url: `/api/tokens/${id}`, headers });
    expect(response.statusCode).toBe(204);
    const broken = await fake.app.inject({ method: 'DELETE', url: '/api/links', headers, payload: '{' });
    expect(broken.statusCode).toBe(400);
  });
});
