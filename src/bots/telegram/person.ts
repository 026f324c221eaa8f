import type { Message } from 'grammy/types';
import type { CommandInfo } from '../../commands/command.ts';

/** Whether a command has an option for a person. */
export function asksForPerson({ options, verbs = [] }: CommandInfo): boolean {
  return [...options, ...verbs.flatMap((verb) => verb.options)].some(({ kind }) => kind === 'person');
}

/**
 * Puts the id and name of the person meant into the text after a command: the person mentioned without a @name, or else
 * the author of the message replied to. Telegram does not tell bots who a @name is.
 */
export function withPerson(text: string, message: Message): string {
  const mention = (message.entities ?? []).find((entity) => entity.type === 'text_mention');
  if (mention?.type === 'text_mention') {
    const { offset, length, user } = mention;
    const mentioned = (message.text ?? '').slice(offset, offset + length);
    return text.replace(mentioned, () => `${user.id} ${user.first_name}`);
  }
  // In a topic every message replies to the message that opened it.
  const { from, forum_topic_created: topic } = message.reply_to_message ?? {};
  if (!from || from.is_bot || topic) return text;
  const [, verb = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? [];
  return /^\d/.test(rest) ? text : `${verb} ${from.id} ${from.first_name} ${rest}`.trim();
}
