import { afterEach, describe, expect, it, vi } from 'vitest';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { mainId } from '../fakes/main-id.ts';
import type { FakeGroup } from '../fakes/telegram/fake-group.ts';
import type { FakeTelegramOptions } from '../fakes/telegram/fake-telegram.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const people = [7, 8, 9, 10];
const [ana = 0, ben = 0, cem = 0] = people;
const listed = { discord: idsByRole({}), telegram: idsByRole({ controller: people }) };
const OPENING: Reply = { lines: [['Opening it…']], isPrivate: false };
const DONE: Reply = { lines: [['It is open.']], isPrivate: false };

let room: Room;
let group: FakeGroup;
afterEach(async () => {
  await room.stop();
  expect(room.telegram.violations).toEqual([]);
});

const user = (id: number) => room.telegram.user(id);

async function enter(telegram: FakeTelegramOptions = {}, commands = registry): Promise<void> {
  room = await startRoom({
    listed,
    commands,
    telegram: { answerFirst: true, ...telegram },
    isTimeFake: true,
  });
  await room.startTelegram();
  await room.telegram.polled();
  group = room.telegram.group('Room', { members: people.map(user) });
}

/** /epg takes as long as the test decides, and shows progress. */
async function enterSlow(telegram: FakeTelegramOptions = {}, answer: Reply = DONE) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run: (typeof registry.epg)['run'] = async ({ show }) => {
    show(OPENING);
    await promise;
    return answer;
  };
  await enter(telegram, { ...registry, epg: { ...registry.epg, isPrivate: false, run } });
  return resolve;
}

/** Advances the clock second by second until a condition holds. */
const later = (check: () => unknown) =>
  vi.waitFor(
    async () => {
      await room.http.clock.advance(1_000);
      if (!check()) throw new Error('not yet');
    },
    { timeout: 10_000, interval: 10 },
  );

const limited = () => until(() => room.telegram.calls.some(({ status }) => status === 429));

describe('while a group’s channel is being opened', () => {
  it('/status by one person and Stop by another are answered, and the request is cancelled', async () => {
    await enter();
    await user(ana).say(group, '/play canal+').reply(/Canal/);
    room.http.silent.add(1);
    const wish = user(ana).say(group, '/play tf1');
    await until(() => room.http.screen.broadcast.status.wanted?.id === mainId(1));
    await later(() => wish.soFar.some(({ text }) => text.startsWith('Opening')));
    const status = await user(ben).say(group, '/status').reply(/Canal/);
    await user(cem).press(status, '■ Stop').answer();
    await until(() => room.http.screen.broadcast.status.state === 'idle');
    // The person who requested the channel gets a final answer too.
    await until(() => !room.telegram.messages(group).some(({ text }) => text.startsWith('Opening')));
    expect(wish.soFar.some(({ text }) => text.includes('● TF1'))).toBe(false);
  });

  it('the last request wins, whoever made the one before', async () => {
    await enter();
    room.http.silent.add(1);
    user(ana).say(group, '/play tf1');
    await until(() => room.http.screen.broadcast.status.wanted?.id === mainId(1));
    user(ben).say(group, '/play arte');
    await until(() => room.http.screen.broadcast.status.channel?.name === 'Arte');
    await until(() => room.telegram.messages(group).some(({ text }) => text.includes('● Arte')));
  });
});

describe('the progress message', () => {
  it('appears at once as a reply to the asker, and becomes the answer', async () => {
    const finish = await enterSlow();
    const asked = user(ana).say(group, '/epg');
    await later(() => asked.soFar.length > 0);
    const shown = await asked.reply('Opening it…');
    expect(shown.replyTo).toBe(asked.message?.id);
    finish();
    expect((await asked.edit('It is open.')).id).toBe(shown.id);
    expect(room.telegram.messages(group)).toHaveLength(1);
  });

  it('is removed if the answer is silent, and a failed removal does no harm', async () => {
    const finish = await enterSlow({}, { lines: [], isPrivate: false, isSilent: true });
    room.telegram.fail('deleteMessage', { kind: 'refuse', code: 400, description: 'Bad Request: gone' });
    const asked = user(ana).say(group, '/epg');
    await later(() => asked.soFar.length > 0);
    finish();
    await room.telegram.called('deleteMessage');
    await user(ben)
      .say(group, '/lang en')
      .reply(/English/);
    expect(room.log()).not.toContain('"level":50');
  });

  it('is removed if the answer is silent', async () => {
    const finish = await enterSlow({}, { lines: [], isPrivate: false, isSilent: true });
    const asked = user(ana).say(group, '/epg');
    await later(() => asked.soFar.length > 0);
    finish();
    await expect.poll(() => room.telegram.messages(group)).toEqual([]);
  });

  it('does not lose the answer when somebody deletes it', async () => {
    const finish = await enterSlow();
    const asked = user(ana).say(group, '/epg');
    await later(() => asked.soFar.length > 0);
    user(ana).delete(await asked.reply('Opening it…'));
    finish();
    await asked.reply('It is open.');
  });

  it('is dropped if it cannot be sent in time, and the answer is sent instead', async () => {
    const finish = await enterSlow();
    room.telegram.fail('sendMessage', { kind: 'flood', retryAfter: 5 });
    const asked = user(ana).say(group, '/epg');
    await later(() => room.telegram.calls.some(({ status }) => status === 429));
    finish();
    await later(() => asked.soFar.length > 0);
    expect(room.telegram.messages(group).map(({ text }) => text)).toEqual(['It is open.']);
  });

  it('is a toast for the person who pressed a button, before the answer', async () => {
    const finish = await enterSlow();
    const said = await user(ana).say(group, '/status').reply();
    const pressed = user(ben).pressData(said, 'v1:epg');
    expect(await pressed.answer()).toMatchObject({ text: 'Opening it…', alert: false });
    finish();
    await pressed.edit('It is open.');
  });
});

describe('a rate limit', () => {
  it('on 24 quick answers in a group delays no press, and the held answers arrive later', async () => {
    await enter({ rates: 'groups' });
    const card = await user(ana)
      .say(group, '/play arte')
      .reply(/● Arte/);
    const asked = Array.from({ length: 24 }, (_, at) =>
      user(people[at % people.length] ?? ana).say(group, '/fav'),
    );
    const said = () => asked.filter(({ message }) => isAnswered(message?.id)).length;
    await limited();
    expect(await user(cem).press(card, '★').answer()).toMatchObject({
      text: expect.stringContaining('Arte'),
    });
    await user(ben).press(card, '■ Stop').answer();
    await until(() => room.http.screen.broadcast.status.channel === null);
    expect(said()).toBeLessThan(24);
    await later(() => said() === 24);
  });

  it('in one chat delays no message in another', async () => {
    await enter();
    await user(ben).start().reply();
    room.telegram.fail('sendMessage', { kind: 'flood', retryAfter: 30 });
    const late = user(ana).say(group, '/status');
    await limited();
    await user(ben)
      .say(ben, '/status')
      .reply(/Nothing is on/);
    expect(late.soFar).toEqual([]);
    await later(() => late.soFar.length > 0);
  });

  it('drops an answer that would be too late to be useful', async () => {
    await enter();
    room.telegram.fail('sendMessage', { kind: 'flood', retryAfter: 600 });
    const asked = user(ana).say(group, '/status');
    await until(() => room.log().includes('it was dropped'));
    expect(asked.soFar).toEqual([]);
    expect(room.log()).not.toContain('"level":50');
  });

  it('on edits keeps the newest answer of a message and drops older ones', async () => {
    await enter();
    await user(ana).start().reply();
    const list = await user(ana).say(ana, '/channels').reply();
    room.telegram.fail('editMessageText', { kind: 'flood', retryAfter: 20 });
    for (const data of ['v1:help', 'v1:links', 'v1:status']) await user(ana).pressData(list, data).answer();
    await later(() => room.telegram.message(list.id)?.text.includes('Nothing is on'));
    expect(room.telegram.edits(list.id)).toHaveLength(1);
  });

  it('on toasts drops a toast that comes too late', async () => {
    await enter();
    const said = await user(ana).say(group, '/status').reply();
    room.telegram.fail('answerCallbackQuery', { kind: 'flood', retryAfter: 20 });
    user(ana).pressData(said, 'v1:fav:add:#1');
    await until(() => room.log().includes('could not be acknowledged'));
    await room.http.clock.advance(20_000);
    await user(ana).pressData(said, 'v1:fav:add:#1').answer();
    await until(() => room.telegram.count('answerCallbackQuery') === 2);
    await room.telegram.stop();
    expect(room.telegram.takeViolations()).toMatchObject([{ method: 'stop' }]);
  });
});

it('an answer that fails in an outage is sent again after half a minute', async () => {
  await enter();
  room.telegram.fail('sendMessage', { kind: 'refuse', code: 500, description: 'Internal' }, 3);
  const asked = user(ana).say(group, '/status');
  await later(() => asked.soFar.length > 0);
  expect(room.telegram.count('sendMessage')).toBe(4);
});

it('two messages of one person are answered in order', async () => {
  await enter();
  await user(ana).start().reply();
  const first = user(ana).say(ana, '/lang en');
  user(ana).say(ana, '/fav');
  user(ana).say(ana, '/status');
  await until(() => first.soFar.length === 3);
  expect(first.soFar.map(({ text }) => text)).toEqual([
    expect.stringContaining('English'),
    expect.stringContaining('favourites'),
    expect.stringContaining('Nothing is on'),
  ]);
});

it('a slow command shows “typing …”', async () => {
  const answer = Promise.withResolvers<Reply>();
  await enter({}, { ...registry, epg: { ...registry.epg, run: () => answer.promise } });
  user(ana).say(group, '/epg');
  await later(() => room.telegram.count('sendChatAction') > 0);
  // Otherwise the bot's stop waits for it.
  answer.resolve({ lines: [['at last']], isPrivate: false });
});

function isAnswered(id: number | undefined): boolean {
  return room.telegram.messages(group).some(({ replyTo }) => replyTo === id);
}
