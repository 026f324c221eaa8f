import type { Message, MessageEntity } from 'grammy/types';
import type { Place, World } from './world.ts';

const command = /(?<=^|\s)\/([a-z0-9_]{1,64})(?:@([a-z]\w{3,31}))?(?![\w/@])/gi;
const mention = /(?<=^|\s)@[a-z]\w{3,31}\b/gi;
const link = /(?<=^|\s)https?:\/\/\S+/gi;

/** The entities that the service finds in typed text. */
export function entitiesIn(text: string): MessageEntity[] {
  const found = (pattern: RegExp, type: 'bot_command' | 'mention' | 'url') =>
    [...text.matchAll(pattern)].map(({ index, 0: whole }) => ({ type, offset: index, length: whole.length }));
  return [...found(command, 'bot_command'), ...found(mention, 'mention'), ...found(link, 'url')].sort(
    (a, b) => a.offset - b.offset,
  );
}

/**
 * Whether a message reaches the bot. In groups, privacy mode passes commands except those for another bot, mentions, and
 * replies to the bot (core.telegram.org/bots/features#privacy-mode); administrators see everything.
 */
export function reachesBot(world: World, place: Place, message: Message, answersBot: boolean): boolean {
  if (place.kind === 'private') return true;
  const { bot } = place.group;
  if (bot === 'left' || bot === 'kicked') return false;
  const ownName = world.bot.username.toLowerCase();
  const text = message.text ?? '';
  const [, , addressee] = text.startsWith('/') ? (text.matchAll(command).next().value ?? []) : [];
  if (bot !== 'member' || world.bot.can_read_all_group_messages) return true;
  if (text.startsWith('/')) return !addressee || addressee.toLowerCase() === ownName;
  return (
    answersBot ||
    text
      .toLowerCase()
      .split(/[^\w@]+/)
      .includes(`@${ownName}`)
  );
}
