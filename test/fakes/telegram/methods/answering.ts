import { formatText, textLimits } from '../formatted-text.ts';
import { inlineKeyboardOf } from '../keyboard.ts';
import { badRequest } from '../refusal.ts';
import type { Handlers } from './handler.ts';

/** Methods that answer presses and inline queries. */
export const answering: Handlers<'answerCallbackQuery' | 'answerInlineQuery'> = {
  answerCallbackQuery: ({ service }, { callback_query_id, text = '', show_alert = false, url }) => {
    if (text.length > 200) throw badRequest('MESSAGE_TOO_LONG');
    // Only games and links to the bot itself may be opened by an answer.
    if (url && !url.startsWith(`https://t.me/${service.world.bot.username}?`))
      throw badRequest('URL_INVALID');
    const now = service.clock.now();
    const query = service.queries.answer('callback', callback_query_id, now);
    const { id, userId, data } = query;
    service.journal.add({
      kind: 'callback-answer',
      answer: { queryId: id, userId, data, text, alert: show_alert, at: now },
    });
    return true;
  },

  answerInlineQuery: (
    { service, complain },
    { inline_query_id, results, is_personal, cache_time, button },
  ) => {
    if (results.length > 50) throw badRequest('RESULTS_TOO_MUCH');
    if (new Set(results.map(({ id }) => id)).size < results.length) throw badRequest('RESULT_ID_DUPLICATE');
    for (const { id, input_message_content: content, reply_markup } of results) {
      if (id === '' || Buffer.byteLength(id) > 64) throw badRequest('RESULT_ID_INVALID');
      if (content?.message_text !== undefined)
        formatText(
          { text: content.message_text, parseMode: content.parse_mode, entities: undefined },
          textLimits,
          complain,
        );
      // The message can be sent to any chat, so buttons for private chats only are refused.
      inlineKeyboardOf(reply_markup, 'group');
    }
    const query = service.queries.answer('inline', inline_query_id, service.clock.now());
    if (button && !button.web_app && !/^[\w-]{1,64}$/.test(button.start_parameter ?? ''))
      throw badRequest('START_PARAM_INVALID');
    const answer = {
      queryId: query.id,
      results: results.map(({ id, type, title, input_message_content: content, reply_markup }) => ({
        id,
        type,
        title,
        text: content?.message_text,
        urls: reply_markup?.inline_keyboard.flat().flatMap(({ url }) => url ?? []) ?? [],
      })),
      isPersonal: is_personal ?? false,
      cacheTime: cache_time ?? 300,
      button: button ? { text: button.text, payload: button.start_parameter } : null,
    };
    service.journal.add({ kind: 'inline-answer', answer });
    return true;
  },
};
