import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelsOf } from '../commands/asking.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { logIn } from '../fakes/people.ts';

const ada = { id: 'discord:1', name: 'Ada' };
const bob = { id: 'telegram:2', name: 'Bob' };

let fake: FakeHttp;
let hers: { cookie: string };
let his: { cookie: string };
beforeEach(async () => {
  fake = await startFakeHttp({ channels: channelsOf(['FR| TF1 FHD', 'FR| TF1 SD', 'FR| ARTE HD', 'M6']) });
  [hers, his] = [logIn(fake, 'viewer', ada), logIn(fake, 'admin', bob)];
});
afterEach(() => fake.stop());

const list = async (headers: Record<string, string>) =>
  (await fake.app.inject({ url: '/api/favourites', headers })).json().items;
const keep = (id: number | string, headers: Record<string, string> = hers) =>
  fake.app.inject({ method: 'PUT', url: `/api/favourites/${id}`, headers });
const forget = (id: number | string, headers: Record<string, string> = hers) =>
  fake.app.inject({ method: 'DELETE', url: `/api/favourites/${id}`, headers });

describe('favourites at /api/favourites', () => {
  it('are added, listed with their channels, and removed', async () => {
    expect(await list(hers)).toEqual([]);
    for (const id of [3, 2]) expect((await keep(id)).statusCode).toBe(204);
    expect(await list(hers)).toMatchObject([
      { channel_id: 3, channel_name: 'FR| ARTE HD', channel: { id: 3, name: 'ARTE' } },
      {
        channel_id: 2,
        channel_name: 'FR| TF1 SD',
        channel: { id: 1, name: 'TF1', variants: [{ id: 1 }, { id: 2, quality: 'SD' }] },
      },
    ]);
    expect((await forget(3)).statusCode).toBe(204);
    expect((await list(hers)).map((each: { channel_id: number }) => each.channel_id)).toEqual([2]);
  });

  it('hold one variant of a channel, and are removed by any', async () => {
    await keep(2);
    await keep(1);
    expect(await list(hers)).toMatchObject([{ channel_id: 1 }]);
    expect((await forget(2)).statusCode).toBe(204);
    expect(await list(hers)).toEqual([]);
  });

  it('of others are neither shown nor changed', async () => {
    await keep(3);
    expect(await list(his)).toEqual([]);
    const answer = await forget(3, his);
    expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'no_favourite']);
    await keep(3, his);
    await forget(3, his);
    expect(await list(hers)).toMatchObject([{ channel_id: 3 }]);
    expect(await list(bearer)).toEqual([]);
  });

  it('find a renumbered channel, and are removed by its new id', async () => {
    const { favourites } = fake.context;
    favourites.add(ada.id, { channelId: mainId(4), channelName: 'FR| ARTE HD' }, 1);
    favourites.add(ada.id, { channelId: mainId(77), channelName: 'Gone TV' }, 2);
    expect(await list(hers)).toMatchObject([
      { channel_id: 4, channel: { id: 3, name: 'ARTE' } },
      { channel_id: 77, channel_name: 'Gone TV', channel: null },
    ]);
    // What has the old id now is another channel.
    await keep(1);
    expect((await forget(3)).statusCode).toBe(204);
    expect((await forget(77)).statusCode).toBe(204);
    expect(await list(hers)).toMatchObject([{ channel_id: 1 }]);
  });

  it.each([
    ['PUT', 99, 404, 'channel_not_found'],
    ['DELETE', 99, 404, 'no_favourite'],
    ['PUT', 'tf1', 400, 'bad_request'],
    ['DELETE', '1.5', 400, 'bad_request'],
  ] as const)('answer %s %s with %i: %s', async (method, id, status, code) => {
    const answer = await fake.app.inject({ method, url: `/api/favourites/${id}`, headers: hers });
    expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
  });

  it('are 25 at most, as in the bots', async () => {
    for (let id = 100; id < 125; id++)
      fake.context.favourites.add(ada.id, { channelId: mainId(id), channelName: `Channel ${id}` }, id);
    const answer = await keep(3);
    expect([answer.statusCode, answer.json().error.code]).toEqual([409, 'favourites_full']);
  });
});
