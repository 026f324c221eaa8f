import type { Message } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { withPerson } from '../../src/bots/telegram/person.ts';

const chat = { id: -1, type: 'supergroup', title: 'Room' } as const;
const message = (more: Partial<Message>): Message => ({ message_id: 1, date: 1, chat, ...more });
const eve = { id: 8, is_bot: false, first_name: 'Eve' };
const reply = (more: object) =>
  message({ reply_to_message: message(more) as Message['reply_to_message'] & {} });

describe('withPerson', () => {
  it.each<[what: string, text: string, message: Message, expected: string]>([
    ['an id unchanged', 'allow 9 viewer', message({}), 'allow 9 viewer'],
    ['the author of the message replied to', 'allow viewer', reply({ from: eve }), 'allow 8 Eve viewer'],
    ['the author without a role', 'deny', reply({ from: eve }), 'deny 8 Eve'],
    ['an id rather than the author of the message replied to', 'deny 9', reply({ from: eve }), 'deny 9'],
    ['no bot', 'deny', reply({ from: { ...eve, is_bot: true } }), 'deny'],
    ['no person who only opened the topic', 'deny', reply({ from: eve, forum_topic_created: {} }), 'deny'],
    [
      'a person mentioned without a @name',
      'allow Eve Smith viewer',
      message({
        text: '/admin allow Eve Smith viewer',
        entities: [{ type: 'text_mention', offset: 13, length: 9, user: eve }],
      }),
      'allow 8 Eve viewer',
    ],
  ])('takes %s', (_, text, given, expected) => {
    expect(withPerson(text, given)).toBe(expected);
  });
});
