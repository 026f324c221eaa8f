import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { play } from '../../src/actions/play.ts';
import { channelsOf } from '../commands/asking.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { logIn } from '../fakes/people.ts';

const URL = '/api/channels/choices';
let fake: FakeHttp;
let admin: { cookie: string };
beforeEach(async () => {
  fake = await startFakeHttp({
    channels: channelsOf(['FR| TF1 FHD', 'FR| TF1 SD', 'FR| ARTE', 'FR| TF1 SERIES HD']),
  });
  admin = logIn(fake, 'admin');
});
afterEach(() => fake.stop());

const put = (payload: object, headers = admin) =>
  fake.app.inject({ method: 'PUT', url: URL, headers, payload });
const forget = (id: number) =>
  fake.app.inject({ method: 'DELETE', url: `${URL}?channel=${id}`, headers: admin });
const chosen = async () => (await fake.app.inject({ url: URL, headers: admin })).json().items;
const listed = async (q = '') =>
  (await fake.app.inject({ url: `/api/channels/grouped?q=${q}`, headers: admin }))
    .json()
    .items.map(({ name, variants }: { name: string; variants: unknown[] }) => [name, variants.length]);
const all = [
  ['TF1', 2],
  ['ARTE', 1],
  ['TF1 SERIES', 1],
];

describe('choices at /api/channels/choices', () => {
  it('hide a channel everywhere, until they are forgotten', async () => {
    expect(await listed()).toEqual(all);
    expect((await put({ channel_id: 2, is_hidden: true })).statusCode).toBe(204);
    expect(await listed()).toEqual(all.slice(1));
    expect(await listed('tf1')).toEqual([['TF1 SERIES', 1]]);
    expect((await fake.app.inject({ url: '/api/channels/1', headers: admin })).statusCode).toBe(404);
    expect(await chosen()).toMatchObject([
      {
        name: 'TF1',
        entries: [
          { id: 1, name: 'FR| TF1 FHD' },
          { id: 2, name: 'FR| TF1 SD' },
        ],
        is_hidden: true,
      },
    ]);
    expect((await forget(1)).statusCode).toBe(204);
    expect([await listed(), await chosen()]).toEqual([all, []]);
    expect((await forget(1)).statusCode).toBe(404);
    expect(fake.context.audit.list(2).map(({ detail }) => detail)).toEqual(['TF1: automatic', 'TF1: hidden']);
  });

  it('leave a screen alone that shows what is hidden', async () => {
    const { screen, context } = fake;
    await play(context, screen, { id: 'console', name: 'Console', role: 'admin' }, { channelId: mainId(1) });
    const status = async () => (await fake.app.inject({ url: '/stream_status', headers: admin })).json();
    const before = await status();
    await put({ channel_id: 1, is_hidden: true });
    expect(await status()).toMatchObject({
      state: before.state,
      channel_id: 1,
      channel_name: before.channel_name,
    });
    await put({ channel_id: 1, is_hidden: false });
  });

  it('give a name and a number, and change one without the other', async () => {
    await put({ channel_id: 1, name: '  La\n Une ', number: 101 });
    await put({ channel_id: 2, number: 102 });
    expect(await chosen()).toMatchObject([{ name: 'La Une', chosen_name: 'La Une', number: 102 }]);
    expect(await listed('102')).toEqual([['La Une', 2]]);
    await put({ channel_id: 1, name: null });
    expect(await listed('102')).toEqual([['TF1', 2]]);
  });

  it('say whose number it is already', async () => {
    await put({ channel_id: 1, number: 101 });
    const taken = await put({ channel_id: 3, number: 101 });
    expect([taken.statusCode, taken.json().error.message]).toEqual([
      409,
      'Number 101 is that of TF1 already: choose another one, or give TF1 another number first.',
    ]);
    expect((await put({ channel_id: 2, number: 101 })).statusCode).toBe(204);
  });

  it('make two channels one and apart again, and one entry a channel of its own', async () => {
    await put({ channel_id: 1, number: 101 });
    await put({ channel_id: 4, same_as: 2 });
    expect(await listed()).toEqual([
      ['TF1', 3],
      ['ARTE', 1],
    ]);
    expect(await listed('101')).toEqual([['TF1', 3]]);
    await forget(4);
    expect(await listed()).toEqual(all);
    await put({ channel_id: 2, is_alone: true, name: 'TF1 SD' });
    expect(await listed()).toEqual([['TF1', 1], ['TF1 SD', 1], ...all.slice(1)]);
  });

  it.each([
    [{ channel_id: 1, number: 99 }, 400, 'number must be at least 100'],
    [{ channel_id: 1, name: ' – ' }, 400, 'name must have letters or digits, 100 characters at most'],
    [{ channel_id: 77, is_hidden: true }, 404, ''],
    [{ channel_id: 1, same_as: 77 }, 404, ''],
  ])('refuse %o', async (body, status, words) => {
    const answer = await put(body);
    expect(answer.statusCode).toBe(status);
    expect(answer.json().error.message).toContain(words);
    expect(await chosen()).toEqual([]);
  });

  it('are an admin’s alone', async () => {
    const viewer = logIn(fake, 'controller');
    expect((await put({ channel_id: 1, is_hidden: true }, viewer)).statusCode).toBe(403);
    expect((await fake.app.inject({ url: URL, headers: viewer })).statusCode).toBe(403);
    expect(await listed()).toEqual(all);
  });
});
