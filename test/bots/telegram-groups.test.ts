import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { play } from '../../src/actions/play.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { mainId } from '../fakes/main-id.ts';
import type { FakeGroup } from '../fakes/telegram/fake-group.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const [ana, ben, boss] = [7, 8, 9];
const listed = {
  discord: idsByRole({}),
  telegram: idsByRole({ admin: [boss], viewer: [ana, ben] }),
};
/** /epg answers as the test decides. */
let answer: Reply;
let room: Room;
let group: FakeGroup;

beforeEach(async () => {
  room = await startRoom({
    listed,
    commands: { ...registry, epg: { ...registry.epg, run: async () => answer } },
    telegram: { answerFirst: true },
  });
  await room.startTelegram();
  await room.telegram.polled();
  group = room.telegram.group('Room', { members: [ana, ben, boss].map(user) });
});
afterEach(async () => {
  await room.stop();
  expect(room.telegram.violations).toEqual([]);
});

const user = (id: number) => room.telegram.user(id);
const inGroup = () => room.telegram.messages(group);

describe('an answer in a group', () => {
  it('replies to the asker’s message, also if it is short and private', async () => {
    const status = user(ana).say(group, '/status');
    expect((await status.reply()).replyTo).toBe(status.message?.id);
    const language = user(ben).say(group, '/lang en');
    expect((await language.reply(/English/)).replyTo).toBe(language.message?.id);
  });

  it('arrives although the message that it answers was deleted', async () => {
    const asked = user(ana).say(group, '/status');
    if (asked.message) user(ana).delete(asked.message);
    expect((await asked.reply()).replyTo).toBeUndefined();
  });

  it('goes to the asker’s private chat if it is a private list', async () => {
    await user(ana).start().reply();
    const asked = user(ana).say(group, '/help');
    await asked.reply(/private message/);
    expect(room.telegram.messages(ana).at(-1)?.text).toContain('/play');
    expect(
      inGroup()
        .map(({ text }) => text)
        .join(),
    ).not.toContain('/play');
  });

  it('has a button that opens the private chat and repeats the request, if there is none yet', async () => {
    const said = await user(ana)
      .say(group, '/help')
      .reply(/press Start/);
    const [button] = said.message.reply_markup?.inline_keyboard.flat() ?? [];
    const address = new URL(button && 'url' in button ? button.url : '');
    const found = await user(ana)
      .start(address.searchParams.get('start') ?? '')
      .reply(/\/play/);
    expect(found.chatId).toBe(ana);
  });

  it('is replaced by a private explanation if the bot may not write in the group', async () => {
    await user(ana).start().reply();
    const refusal = 'Bad Request: not enough rights to send text messages to the chat';
    room.telegram.fail('sendMessage', { kind: 'refuse', code: 400, description: refusal });
    user(ana).say(group, '/status');
    await until(() => room.telegram.messages(ana).at(-1)?.text.includes('I cannot write in “Room”'));
    expect(inGroup()).toEqual([]);
  });
});

describe('a press in a group', () => {
  it('on ★ shows a toast and posts no message', async () => {
    const card = await user(ana)
      .say(group, '/play arte')
      .reply(/● Arte/);
    expect(await user(ben).press(card, '★').answer()).toMatchObject({
      text: expect.stringContaining('Arte'),
      alert: false,
    });
    await user(ben)
      .say(group, '/lang en')
      .reply(/English/);
    expect(inGroup()).toHaveLength(2);
  });

  it('cuts an answer that is too long between letters, and posts nothing', async () => {
    answer = { lines: [['👩‍👩‍👧 '.repeat(60)]], isPrivate: true };
    const card = await user(ana)
      .say(group, '/play arte')
      .reply(/● Arte/);
    const { text, alert } = await user(ben).pressData(card, 'v1:epg').answer();
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text.endsWith('👩‍👩‍👧…')).toBe(true);
    expect(alert).toBe(true);
    expect(inGroup()).toHaveLength(1);
  });

  it('is answered in private if the answer is a list', async () => {
    answer = { lines: [['one'], ['two'], ['three'], ['four']], isPrivate: true };
    await user(ben).start().reply();
    const card = await user(ana)
      .say(group, '/play arte')
      .reply(/● Arte/);
    await user(ben).pressData(card, 'v1:epg').answer();
    await until(() => room.telegram.messages(ben).at(-1)?.text.includes('three'));
    expect(inGroup()).toHaveLength(1);
  });
});

describe('the question before a switch', () => {
  const ask = async () => {
    await play(
      room.context,
      room.http.screen,
      { id: 'console', name: 'Console', role: 'admin' },
      { channelId: mainId(1) },
    );
    for (let each = 0; each < 3; each++) room.http.screen.broadcast.live.viewers.connected();
    return user(ana)
      .say(group, '/play canal+')
      .reply(/3 people are watching/);
  };

  it('takes presses of the person asked only, while others may vote', async () => {
    const question = await ask();
    expect(question.buttons).toEqual([['Switch', 'Ask the room', 'Cancel']]);
    for (const label of ['Switch', 'Ask the room', 'Cancel']) {
      expect(await user(ben).press(question, label).answer()).toMatchObject({
        alert: true,
        text: expect.stringContaining('for the person who asked'),
      });
    }
    expect(room.http.screen.broadcast.status.channel?.id).toBe(mainId(1));
    const vote = await user(ana)
      .press(question, 'Ask the room')
      .edit(/would like/);
    await user(ben)
      .press(vote, '👎 0')
      .edit(/would like|stays/);
  });

  it('takes presses of the person asked only, after a restart too', async () => {
    const question = await ask();
    await room.restart();
    await room.telegram.polled();
    expect(await user(ben).press(question, 'Switch').answer()).toMatchObject({ alert: true });
    await user(ana)
      .press(question, 'Switch')
      .edit(/● Canal\+/);
  });

  it('has buttons of at most 64 bytes for the longest ids', async () => {
    const wide = {
      label: 'Switch',
      action: { command: 'play', values: ['~900000000000000!~900000000000001'] },
    };
    const wider = { label: 'No', action: { command: 'vote', values: ['x'.repeat(60)] } };
    answer = { lines: [['which?']], buttons: [[wide, wider]], isPrivate: true };
    const said = await user(ana).say(group, '/epg').reply('which?');
    expect(said.buttons).toEqual([['Switch']]);
    const [button] = said.message.reply_markup?.inline_keyboard.flat() ?? [];
    const data = button && 'callback_data' in button ? button.callback_data : '';
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
  });
});

it('a notice reaches admins in private, once for each stranger, and its button works', async () => {
  await user(boss).start().reply();
  const button = { label: 'Let in', action: { command: 'admin', values: ['allow', '55', 'viewer'] } };
  answer = {
    lines: [['Ask the owner.']],
    isPrivate: true,
    toAdmins: { lines: [['Eve would like to be let in.']], buttons: [[button]], isPrivate: true },
  };
  await user(ana).say(group, '/epg').reply();
  await user(ana).say(group, '/epg').reply();
  await until(() => room.telegram.messages(boss).some(({ text }) => text.includes('Eve would')));
  const told = room.telegram.messages(boss).filter(({ text }) => text.includes('Eve would'));
  expect(told).toHaveLength(1);
  const [notice] = told;
  if (notice) await user(boss).press(notice, 'Let in').answer();
  await until(() => room.context.people.find('telegram:55')?.standing === 'viewer');
});
