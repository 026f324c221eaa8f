import { afterEach, beforeEach, expect, it } from 'vitest';
import { liveScreen } from '../../src/domain/ids.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { logIn } from '../fakes/people.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

it('GET /api/history lists channels with who put them on and when, latest first, for people with a role', async () => {
  const { history } = fake.context;
  const now = fake.clock.now();
  const ada = { id: 'discord:1', name: 'Ada' };
  const first = history.begin(
    {
      channelId: mainId(1),
      channelName: 'TF1 HD',
      askedBy: ada,
      startedAt: now - 60_000,
    },
    liveScreen,
  );
  history.end(first, now);
  history.begin({ channelId: mainId(99), channelName: 'Gone', askedBy: null, startedAt: now }, liveScreen);
  expect((await fake.app.inject({ url: '/api/history' })).statusCode).toBe(401);
  const { items } = (await fake.app.inject({ url: '/api/history', headers: bearer })).json();
  expect(items).toEqual([
    {
      id: expect.any(Number),
      channel_id: null,
      channel_name: 'Gone',
      asked_by: null,
      started_at: new Date(now).toISOString(),
      ended_at: null,
    },
    {
      id: first,
      channel_id: 1,
      channel_name: 'TF1 HD',
      asked_by: 'Ada',
      started_at: new Date(now - 60_000).toISOString(),
      ended_at: new Date(now).toISOString(),
    },
  ]);
});

it('GET /api/recents lists each recent channel of the list once, for viewers', async () => {
  const { history } = fake.context;
  const now = fake.clock.now();
  for (const [channelId, channelName] of [
    [1, 'TF1 HD'],
    [2, 'Canal+'],
    [99, 'Gone'],
    // it has another id by now
    [55, 'Arte'],
    [1, 'TF1 HD'],
  ] as const)
    history.begin({ channelId: mainId(channelId), channelName, askedBy: null, startedAt: now }, liveScreen);
  expect((await fake.app.inject({ url: '/api/recents' })).statusCode).toBe(401);
  const { items } = (await fake.app.inject({ url: '/api/recents', headers: logIn(fake, 'viewer') })).json();
  expect(items.map(({ id, name }: { id: number; name: string }) => [id, name])).toEqual([
    [1, 'TF1'],
    [3, 'Arte'],
    [2, 'Canal+'],
  ]);
});
