import type { Context } from 'grammy';
import type { InlineQueryResult } from 'grammy/types';
import type { CommandContext } from '../../commands/context.ts';
import { type Suggestion, suggest } from '../../commands/suggest.ts';
import { type Language, mayAct } from '../../domain/actor.ts';
import { shorten } from '../../lib/shorten.ts';
import { telegramMessagesIn } from '../../words/telegram.ts';
import { actorOf, type Origins, placeId } from './origin.ts';
import type { Outbox } from './outbox.ts';
import { startPayload } from './private-answer.ts';

const MOST_RESULTS = 20;
/** Seconds that Telegram caches results per person; short because rights and the catalogue change. */
const CACHE_TIME = 5;
const LONGEST_TITLE = 100;

/**
 * Answers inline queries, typed after the bot's name in any chat, with channels whose messages lead into the private
 * chat with the bot. Only people with a role of their own get results, since Telegram does not say where they type.
 */
export async function answerInline(
  update: Context,
  { outbox, origins, username }: { outbox: Outbox; origins: Origins; username: string },
): Promise<void> {
  const query = update.inlineQuery;
  if (!query) return;
  const actor = actorOf(update, origins, []);
  const options = { is_personal: true, cache_time: CACHE_TIME };
  if (!mayAct(actor, 'viewer')) {
    const button = { text: telegramMessagesIn(actor.language).letMeIn, start_parameter: 'hello' };
    return outbox.inline(query.id, [], { ...options, button });
  }
  // The results lead into the private chat with the bot.
  const place = placeId(query.from.id, undefined);
  const found = suggest(origins.context, actor, { place, option: 'channel', typed: query.query });
  const results = found
    .slice(0, MOST_RESULTS)
    .map((each) => resultOf(each, origins.context.marks, username, actor.language));
  await outbox.inline(query.id, results, options);
}

function resultOf(
  { label, channel }: Suggestion,
  marks: Pick<CommandContext['marks'], 'of'>,
  username: string,
  language: Language,
): InlineQueryResult {
  const title = shorten(label, LONGEST_TITLE).toWellFormed();
  const mark = marks.of(channel);
  const url = `https://t.me/${username}?start=${startPayload({ command: 'play', values: [mark] })}`;
  return {
    type: 'article',
    id: mark,
    title,
    input_message_content: { message_text: title, link_preview_options: { is_disabled: true } },
    reply_markup: { inline_keyboard: [[{ text: telegramMessagesIn(language).openToWatch, url }]] },
  };
}
