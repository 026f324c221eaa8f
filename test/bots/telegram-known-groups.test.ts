import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bearer } from '../fakes/http-context.ts';
import { type Room, startRoom, until } from './room.ts';

const ANA = 7;
let room: Room;
beforeEach(async () => {
  room = await startRoom();
  await ask('PUT', '', { token: room.telegram.token });
  await room.startTelegram();
  await room.telegram.polled();
});
afterEach(async () => {
  await room.stop();
  expect(room.telegram.violations).toEqual([]);
});

const ask = (method: 'GET' | 'PUT', path: string, payload?: object) =>
  room.http.app.inject({
    method,
    url: `/api/setup/telegram${path}`,
    headers: bearer,
    ...(payload ? { payload } : {}),
  });
const groups = async (): Promise<{ id: string; title: string; is_allowed: boolean }[]> =>
  (await ask('GET', '')).json().groups;
const allow = (id: number, isAllowed: boolean) => ask('PUT', `/groups/${id}`, { is_allowed: isAllowed });
const titles = async () => (await groups()).map(({ title }) => title);
const user = (id: number) => room.telegram.user(id);
/** Waits until the page lists these groups. */
const listed = (wanted: readonly string[]) =>
  expect.poll(titles, { timeout: 5_000, interval: 20 }).toEqual(wanted);
/** Waits until the bot has handled everything that came before. */
const handled = () => user(ANA).start().reply();

describe('the page lists a group', () => {
  it('that the bot is added to, by its present title, until it is removed', async () => {
    const group = room.telegram.group('Film night');
    group.setBot('kicked');
    await handled();
    expect(await titles()).toEqual([]);
    group.setBot('member');
    await listed(['Film night']);
    group.rename('Film nights');
    await listed(['Film nights']);
    group.setBot('administrator');
    await handled();
    expect(await groups()).toEqual([{ id: String(group.id), title: 'Film nights', is_allowed: false }]);
    // The message that it has left comes after the news of it.
    group.setBot('kicked');
    await handled();
    expect(await titles()).toEqual([]);
  });

  it('that was there before, once somebody writes to the bot in it', async () => {
    const group = room.telegram.group('Room', { members: [user(ANA)] });
    expect(await titles()).toEqual([]);
    await user(ANA).say(group, '/status').reply();
    expect(await titles()).toEqual(['Room']);
  });

  it('that became a supergroup once, and as allowed as before', async () => {
    const group = room.telegram.group('Room', { kind: 'group', members: [user(ANA)] });
    await user(ANA).say(group, '/status').reply();
    await allow(group.id, true);
    const id = group.migrate();
    await until(() => room.log().includes(`replace it with ${id} in TELEGRAM_VIEWER_IDS`));
    await handled();
    expect(await groups()).toEqual([{ id: String(id), title: 'Room', is_allowed: true }]);
    await user(ANA).say(group, '/play arte').reply(/Arte/);
    await allow(id, false);
    expect((await user(ANA).say(group, '/play tf1').reply()).text).not.toContain('TF1');
  });

  it('and no private chat', async () => {
    await handled();
    expect(await titles()).toEqual([]);
  });
});

it('an allowed group can use the bot at once, and a forbidden one no longer', async () => {
  const group = room.telegram.group('Room', { members: [user(ANA)] });
  expect((await user(ANA).say(group, '/play arte').reply()).text).not.toContain('Arte');
  await allow(group.id, true);
  await user(ANA).say(group, '/play arte').reply(/Arte/);
  await allow(group.id, false);
  expect((await user(ANA).say(group, '/play tf1').reply()).text).not.toContain('TF1');
});

it('groups are still listed after a restart', async () => {
  const group = room.telegram.group('Room', { members: [user(ANA)] });
  await user(ANA).say(group, '/status').reply();
  await room.restart();
  expect(await titles()).toEqual(['Room']);
});
