import { Bot, GrammyError } from 'grammy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeTelegram } from './fake-telegram.ts';

let telegram: FakeTelegram;

beforeEach(async () => {
  telegram = await FakeTelegram.start();
});
afterEach(() => telegram.stop());

function newBot(): Bot {
  return new Bot(telegram.token, { client: { apiRoot: telegram.url } });
}

it('one of two bots that poll with the same token gets a 409', async () => {
  const [one, other] = [newBot(), newBot()];
  const first = one.start().catch((reason: unknown) => reason);
  await telegram.polled();
  other.command('start', (context) => context.reply('still here'));
  const second = other.start();
  const error = await first;
  expect(error).toBeInstanceOf(GrammyError);
  expect(error).toMatchObject({ error_code: 409 });
  await telegram.user(7).start().reply('still here');
  await other.stop();
  await second;
  expect(telegram.service.updates.pending).toEqual([]);
});

it('a bot gets updates when it is blocked, unblocked, promoted and removed', async () => {
  const { api } = newBot();
  const user = telegram.user(7);
  const group = telegram.group('Room', { members: [user] });
  user.start();
  user.block();
  user.start();
  group.setBot('administrator');
  group.setBot('kicked');
  const updates = await api.getUpdates({ allowed_updates: [] });
  const changes = updates.flatMap(({ my_chat_member: change }) =>
    change ? [`${change.old_chat_member.status} → ${change.new_chat_member.status}`] : [],
  );
  expect(changes).toEqual([
    'member → kicked',
    'kicked → member',
    'member → administrator',
    'administrator → kicked',
  ]);
  expect(user.say(group, '/play TF1').reachesBot).toBe(false);
});

it('a reply is put into the topic of the message that it answers', async () => {
  const { api } = newBot();
  const user = telegram.user(7);
  const forum = telegram.group('Club', { members: [user], forum: true });
  const threadId = forum.topic('TV');
  const asked = user.say(forum, '/play TF1', { threadId });
  const message_id = asked.message?.id ?? 0;
  await api.sendMessage(forum.id, 'TF1', { reply_parameters: { message_id } });
  await api.sendMessage(forum.id, 'general');
  expect(telegram.messages(forum)).toMatchObject([
    { threadId, replyTo: message_id },
    { threadId: undefined, text: 'general' },
  ]);
});

it('a reply in a supergroup carries a thread id that is no topic, to which nothing can be sent', async () => {
  const { api } = newBot();
  const user = telegram.user(7);
  const group = telegram.group('Room', { members: [user] });
  await api.sendMessage(group.id, 'card');
  const [card] = telegram.messages(group);
  if (card) user.say(group, 'more', { replyTo: card });
  const message = (await api.getUpdates()).at(-1)?.message;
  expect(message).toMatchObject({ message_thread_id: card?.id });
  expect(message?.is_topic_message).toBeUndefined();
  const sent = api.sendMessage(group.id, 'x', { message_thread_id: message?.message_thread_id ?? 0 });
  await expect(sent).rejects.toMatchObject({ description: 'Bad Request: message thread not found' });
});
