import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/domain/channel.ts';
import { accountId, channelId, mainAccount } from '../../src/domain/ids.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

const second = accountId('second');
const channel = (account: typeof second, name: string): Channel => ({
  ...{ id: channelId(account, 1), number: 1, name, categoryId: '3', logo: null, epgId: null, archiveDays: 0 },
});
/** Two accounts whose providers have a channel of the same number. */
const channels = [channel(mainAccount, 'TF1 HD'), channel(second, 'Arte')];

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ channels });
});
afterEach(() => fake.stop());

const get = async (url: string) => (await fake.app.inject({ url, headers: bearer })).json();
const send = (method: 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  fake.app.inject({ method, url, headers: bearer, ...(payload ? { payload } : {}) });
const arte = 'second:1';

describe('channel ids of the API', () => {
  it('are numbers in the own account, and texts in others', async () => {
    expect((await get('/api/channels')).items).toMatchObject([{ id: 1 }, { id: arte }]);
    expect((await get('/api/channels/grouped')).items).toMatchObject([
      { id: 1, guide_id: 1, variants: [{ id: 1 }] },
      { id: arte, guide_id: arte, variants: [{ id: arte }] },
    ]);
  });

  it.each<[given: number | string, id: number | string, name: string]>([
    [1, 1, 'TF1 HD'],
    ['1', 1, 'TF1 HD'],
    ['main:1', 1, 'TF1 HD'],
    [arte, arte, 'Arte'],
  ])('may be given as %j', async (given, id, name) => {
    const answer = await send('POST', '/set_active_stream', { channel_id: given });
    expect([answer.statusCode, answer.json()]).toMatchObject([200, { channel_id: id, channel_name: name }]);
    expect(await get('/api/history')).toMatchObject({ items: [{ channel_id: id, channel_name: name }] });
    expect((await get('/api/recents')).items).toMatchObject([{ id }]);
    expect((await send('POST', '/api/links', { channel_id: given })).statusCode).toBe(201);
    expect((await get('/api/links')).items).toMatchObject([{ channel_id: id }]);
    const path = encodeURIComponent(given);
    expect((await get(`/api/guide?ids=${path}`)).items).toMatchObject([{ channel_id: id }]);
    expect((await get(`/api/channels/${path}/neighbours`)).up).not.toBeNull();
  });

  it.each(['x', '1.5', ' 1', '1e3', '', ':1', 'Main:1'])('are refused as %j', async (given) => {
    expect((await send('POST', '/set_active_stream', { channel_id: given })).statusCode).toBe(400);
    expect((await send('POST', '/api/links', { channel_id: given })).statusCode).toBe(400);
  });

  it('name the channel that is not there by what its provider calls it', async () => {
    for (const given of [999, 'second:999']) {
      const answer = await send('POST', '/set_active_stream', { channel_id: given });
      expect([answer.statusCode, answer.json().error.message]).toEqual([
        404,
        expect.stringContaining('number 999:'),
      ]);
    }
  });
});

describe('two accounts with a channel of the same number', () => {
  it('have favourites of their own', async () => {
    for (const id of [arte, 1]) await send('PUT', `/api/favourites/${encodeURIComponent(id)}`);
    expect((await get('/api/favourites')).items).toMatchObject([
      { channel_id: arte, channel: { id: arte, name: 'Arte' } },
      { channel_id: 1, channel: { id: 1, name: 'TF1' } },
    ]);
    await send('DELETE', '/api/favourites/1');
    expect((await get('/api/favourites')).items).toMatchObject([{ channel_id: arte }]);
  });

  it('are told apart by the search and in the history', async () => {
    expect((await get('/api/channels?q=arte')).items.map(({ id }: { id: unknown }) => id)).toEqual([arte]);
    for (const id of [1, arte]) await send('POST', '/set_active_stream', { channel_id: id });
    expect((await get('/api/history')).items.map((each: { channel_id: unknown }) => each.channel_id)).toEqual(
      [arte, 1],
    );
    expect(await get('/stream_status')).toMatchObject({ channel_id: arte });
  });
});
