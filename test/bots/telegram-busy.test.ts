import { afterEach, describe, expect, it, vi } from 'vitest';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
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

/** /epg takes as long as the test wants, and shows so. */
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

/** Time goes by, second by second, until something is so. */
const later = (check: () => unknown) =>
  vi.waitFor(
    async () => {
      await room.http.clock.advance(1_000);
      if (!check()) throw new Error('not yet');
    },
    { timeout: 10_000, interval: 10 },
  );

const limited = () => until(() => room.telegram.calls.some(({ status }) => status === 429));

describe('while a channel of the group sends nothing yet', () => {
  it('/status of another and Stop by a third are answered, and the wish is called off', async () => {
    await enter();
    await user(ana).say(group, '/play canal+').reply(/Canal/);
    room.http.silent.add(1);
    const wish = user(ana).say(group, '/play tf1');
    await until(() => room.context.broadcast.status.wanted?.id === 1);
    await later(() => wish.soFar.some(({ text }) => text.startsWith('Opening')));
    const status = await user(ben).say(group, '/status').reply(/Canal/);
    await user(cem).press(status, '■ Stop').answer();
    await until(() => room.context.broadcast.status.state === 'idle');
    // Whoever wanted it is not left with a promise.
    await until(() => !room.telegram.messages(group).some(({ text }) => text.startsWith('Opening')));
    expect(wish.soFar.some(({ text }) => text.includes('● TF1'))).toBe(false);
  });

  it('the last wish wins, whoever had the one before', async () => {
    await enter();
    room.http.silent.add(1);
    user(ana).say(group, '/play tf1');
    await until(() => room.context.broadcast.status.wanted?.id === 1);
    user(ben).say(group, '/play arte');
    await until(() => room.context.broadcast.status.channel?.name === 'Arte');
    await until(() => room.telegram.messages(group).some(({ text }) => text.includes('● Arte')));
  });
});

describe('the message that shows how far it is', () => {
  it('comes at once, answers the one who asked, and becomes the answer', async () => {
    const finish = await enterSlow();
    const asked = user(ana).say(group, '/epg');
    await later(() => asked.soFar.length > 0);
    const shown = await asked.reply('Opening it…');
    expect(shown.replyTo).toBe(asked.message?.id);
    finish();
    expect((await asked.edit('It is open.')).id).toBe(shown.id);
    expect(room.telegram.messages(group)).toHaveLength(1);
  });

  it('goes where nothing needs to be said, and it is no harm if it cannot', async () => {
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

  it('goes where nothing needs to be said', async () => {
    const finish = await enterSlow({}, { lines: [], isPrivate: false, isSilent: true });
    const asked = user(ana).say(group, '/epg');
    await later(() => asked.soFar.length > 0);
    finish();
    await expect.poll(() => room.telegram.messages(group)).toEqual([]);
  });

  it('does not take the answer with it when somebody deletes it', async () => {
    const finish = await enterSlow();
    const asked = user(ana).say(group, '/epg');
    await later(() => asked.soFar.length > 0);
    user(ana).delete(await asked.reply('Opening it…'));
    finish();
    await asked.reply('It is open.');
  });

  it('is dropped where it may not be sent in time: the answer comes in its place', async () => {
    const finish = await enterSlow();
    room.telegram.fail('sendMessage', { kind: 'flood', retryAfter: 5 });
    const asked = user(ana).say(group, '/epg');
    await later(() => room.telegram.calls.some(({ status }) => status === 429));
    finish();
    await later(() => asked.soFar.length > 0);
    expect(room.telegram.messages(group).map(({ text }) => text)).toEqual(['It is open.']);
  });

  it('pops up for whoever pressed a button, before the answer', async () => {
    const finish = await enterSlow();
    const said = await user(ana).say(group, '/status').reply();
    const pressed = user(ben).pressData(said, 'v1:epg');
    expect(await pressed.answer()).toMatchObject({ text: 'Opening it…', alert: false });
    finish();
    await pressed.edit('It is open.');
  });
});

describe('a limit of the service', () => {
  it('on 24 quick answers into a group delays no press, and what could not be said is said later', async () => {
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
    await until(() => room.context.broadcast.status.channel === null);
    expect(said()).toBeLessThan(24);
    await later(() => said() === 24);
  });

  it('in one chat delays no message of another', async () => {
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

  it('that lasts too long drops the answer, which would tell nobody anything any more', async () => {
    await enter();
    room.telegram.fail('sendMessage', { kind: 'flood', retryAfter: 600 });
    const asked = user(ana).say(group, '/status');
    await until(() => room.log().includes('it was dropped'));
    expect(asked.soFar).toEqual([]);
    expect(room.log()).not.toContain('"level":50');
  });

  it('on edits leaves the newest answer to a message, and drops those before it', async () => {
    await enter();
    await user(ana).start().reply();
    const list = await user(ana).say(ana, '/channels').reply();
    room.telegram.fail('editMessageText', { kind: 'flood', retryAfter: 20 });
    for (const data of ['v1:help', 'v1:links', 'v1:status']) await user(ana).pressData(list, data).answer();
    await later(() => room.telegram.message(list.id)?.text.includes('Nothing is on'));
    expect(room.telegram.edits(list.id)).toHaveLength(1);
  });

  it('on toasts drops one that nobody waits for any more', async () => {
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

it('an answer that an ill service does not take is sent once more after half a minute', async () => {
  await enter();
  room.telegram.fail('sendMessage', { kind: 'refuse', code: 500, description: 'Internal' }, 3);
  const asked = user(ana).say(group, '/status');
  await later(() => asked.soFar.length > 0);
  expect(room.telegram.count('sendMessage')).toBe(4);
});

it('two messages of one person are answered in their order', async () => {
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

it('a command that takes long is announced by “typing …”', async () => {
  const answer = Promise.withResolvers<Reply>();
  await enter({}, { ...registry, epg: { ...registry.epg, run: () => answer.promise } });
  user(ana).say(group, '/epg');
  await later(() => room.telegram.count('sendChatAction') > 0);
  // Otherwise the bot waits for it at its end.
  answer.resolve({ lines: [['at last']], isPrivate: false });
});

function isAnswered(id: number | undefined): boolean {
  return room.telegram.messages(group).some(({ replyTo }) => replyTo === id);
}
