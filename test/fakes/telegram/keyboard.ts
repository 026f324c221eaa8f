import type { Chat, InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { AnyMarkup, InlineButton, InlineKeyboard } from './keyboard-schemas.ts';
import { linkFault } from './links.ts';
import { badRequest } from './refusal.ts';

const maxButtons = 100;
const maxPerRow = 8;
const maxDataBytes = 64;

/**
 * Checks a reply markup and returns its inline keyboard; undefined for other markups and without buttons.
 * @throws {Refusal} 400 in the service's words
 */
export function inlineKeyboardOf(
  markup: AnyMarkup | undefined,
  chat: Chat['type'],
): InlineKeyboardMarkup | undefined {
  if (!markup) return undefined;
  if ('keyboard' in markup) {
    const buttons = markup.keyboard.flat();
    if (buttons.length === 0) throw badRequest('reply keyboard is empty');
    if (buttons.length > 300) throw badRequest('REPLY_MARKUP_TOO_LONG');
    return undefined;
  }
  return 'inline_keyboard' in markup ? checked(markup, chat) : undefined;
}

function checked(markup: InlineKeyboard, chat: Chat['type']): InlineKeyboardMarkup | undefined {
  const rows = markup.inline_keyboard.filter((row) => row.length > 0);
  const count = rows.flat().length;
  if (count === 0) return undefined;
  if (count > maxButtons || rows.some((row) => row.length > maxPerRow))
    throw badRequest('REPLY_MARKUP_TOO_LONG');
  return { inline_keyboard: rows.map((row) => row.map((button) => checkedButton(button, chat))) };
}

const actions = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'disabled',
  'pay',
] as const;

function checkedButton(button: InlineButton, chat: Chat['type']): InlineKeyboardButton {
  const { text, style } = button;
  const given = actions.filter((action) => button[action] !== undefined && button[action] !== '');
  const [action] = given;
  if (text === '') throw badRequest("can't parse inline keyboard button: Button text must be non-empty");
  if (!action)
    throw badRequest(
      "can't parse inline keyboard button: Text buttons are not allowed in the inline keyboard",
    );
  if (given.length > 1) throw badRequest('BUTTON_TYPE_INVALID');
  const face = { text, ...(style ? { style } : {}) };
  switch (action) {
    case 'callback_data': {
      const data = button.callback_data ?? '';
      if (Buffer.byteLength(data) > maxDataBytes) throw badRequest('BUTTON_DATA_INVALID');
      return { ...face, callback_data: data };
    }
    case 'url': {
      const url = button.url ?? '';
      const fault = linkFault(url);
      if (fault) throw badRequest(`inline keyboard button URL '${url}' is invalid: ${fault}`);
      return { ...face, url };
    }
    case 'web_app': {
      const url = button.web_app?.url ?? '';
      checkWebApp(url, 'inline keyboard button Web App');
      if (chat !== 'private') throw badRequest('BUTTON_TYPE_INVALID');
      return { ...face, web_app: { url } };
    }
    case 'copy_text':
      return { ...face, copy_text: { text: button.copy_text?.text ?? '' } };
    case 'switch_inline_query':
      return { ...face, switch_inline_query: button.switch_inline_query ?? '' };
    case 'switch_inline_query_current_chat':
      return { ...face, switch_inline_query_current_chat: button.switch_inline_query_current_chat ?? '' };
    case 'switch_inline_query_chosen_chat':
    case 'login_url':
    case 'callback_game':
    case 'disabled':
    case 'pay':
      // Real kinds of buttons that the fake does not support yet.
      throw badRequest(`BUTTON_TYPE_INVALID (the fake has no ${action} buttons)`);
  }
}

/** @throws {Refusal} 400 unless the address is https, which Web Apps require */
export function checkWebApp(url: string, what: string): void {
  const fault = /^https:\/\//i.test(url) ? linkFault(url) : 'Only HTTPS links are allowed';
  if (fault) throw badRequest(`${what} URL '${url}' is invalid: ${fault}`);
}
