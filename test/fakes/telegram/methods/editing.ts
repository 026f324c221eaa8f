import type { Message } from 'grammy/types';
import { captionLimits, formatText, textLimits } from '../formatted-text.ts';
import { inlineKeyboardOf } from '../keyboard.ts';
import { type Content, type Stored, seen } from '../message-store.ts';
import type { Params } from '../method-schemas.ts';
import { photoFrom } from '../photo-input.ts';
import { badRequest } from '../refusal.ts';
import type { Place } from '../world.ts';
import type { Call, Handlers } from './handler.ts';

type Editing = Params<'editMessageReplyMarkup'>;

/** Methods that edit and delete the bot's messages. */
export const editing: Handlers<
  | 'editMessageText'
  | 'editMessageCaption'
  | 'editMessageMedia'
  | 'editMessageReplyMarkup'
  | 'deleteMessage'
  | 'pinChatMessage'
  | 'unpinChatMessage'
> = {
  editMessageText: (call, params) => {
    const stored = target(call, params);
    const { parse_mode: parseMode, entities } = params;
    if (params.text === undefined) throw badRequest('message text is empty');
    if (stored.message.text === undefined) throw badRequest('there is no text in the message to edit');
    const formatted = formatText({ text: params.text, parseMode, entities }, textLimits, call.complain);
    return edit(call, stored, params, { ...formatted, preview: params.link_preview_options });
  },

  editMessageCaption: (call, params) => {
    const stored = target(call, params);
    const { caption: text = '', parse_mode: parseMode, caption_entities: entities } = params;
    if (!stored.message.photo && !stored.message.video)
      throw badRequest('there is no caption in the message to edit');
    return edit(
      call,
      stored,
      params,
      formatText({ text, parseMode, entities }, captionLimits, call.complain),
    );
  },

  editMessageMedia: (call, params) => {
    const stored = target(call, params);
    const {
      type,
      media,
      caption: text = '',
      parse_mode: parseMode,
      caption_entities: entities,
    } = params.media;
    if (type !== 'photo') throw badRequest(`${type} is none of the media that the fake knows`);
    const photo = photoFrom(media, call.files, call.service.fileIds, 'media');
    const caption = formatText({ text, parseMode, entities }, captionLimits, call.complain);
    return edit(call, stored, params, { ...caption, photo });
  },

  editMessageReplyMarkup: (call, params) => edit(call, target(call, params), params, {}),

  deleteMessage: ({ service }, { chat_id, message_id }) => {
    const place = service.world.find(chat_id);
    const stored = service.messages.get(place.id, message_id);
    if (!stored || stored.deletedBy)
      throw badRequest('message to delete not found', stored?.deletedBy === 'user' ? 'nobody' : 'bot');
    const mayDelete = stored.fromBot || place.kind === 'private' || place.group.bot === 'administrator';
    const tooOld = service.clock.now() - stored.sentAt > 48 * 3_600_000;
    if (!mayDelete || (tooOld && !(place.kind === 'group' && place.group.bot === 'administrator')))
      throw badRequest("message can't be deleted for everyone");
    stored.deletedBy = 'bot';
    service.journal.add({ kind: 'delete', message: seen(stored) });
    return true;
  },

  pinChatMessage: (call, params) => pin(call, params.chat_id, params.message_id, true),
  unpinChatMessage: (call, params) => pin(call, params.chat_id, params.message_id, false),
};

function target({ service }: Call, params: Editing): Stored {
  const { chat_id, message_id, inline_message_id } = params;
  if (inline_message_id !== undefined) throw badRequest('MESSAGE_ID_INVALID');
  if (chat_id === undefined) throw badRequest('chat_id is empty');
  if (message_id === undefined) throw badRequest('message identifier is not specified');
  const place = service.world.reach(chat_id);
  const stored = service.messages.get(place.id, message_id);
  if (!stored || stored.deletedBy)
    throw badRequest('message to edit not found', stored?.deletedBy === 'user' ? 'nobody' : 'bot');
  if (!stored.fromBot) throw badRequest("message can't be edited");
  return stored;
}

/** An edit without a keyboard removes the old one. */
function edit(call: Call, stored: Stored, params: Editing, content: Omit<Content, 'keyboard'>): Message {
  const { service } = call;
  const { chat, message_id } = stored.message;
  const keyboard = inlineKeyboardOf(params.reply_markup, chat.type) ?? null;
  if (service.options.answerFirst)
    for (const query of service.queries.unanswered)
      if (query.kind === 'callback' && query.messageId === message_id)
        call.complain(`edits message ${message_id} before it answers the callback query "${query.data}"`);
  service.rates?.check(chat.id, 'edit', service.clock.now());
  if (!service.messages.edit(stored, { ...content, keyboard }, service.clock.now()))
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a ' +
        'current content and reply markup of the message',
    );
  service.journal.add({ kind: 'edit', message: seen(stored) });
  return stored.message;
}

function pin(
  { service }: Call,
  chatId: number | string,
  messageId: number | undefined,
  pinned: boolean,
): boolean {
  const place = service.world.reach(chatId);
  if (!mayPin(place)) throw badRequest('not enough rights to manage pinned messages in the chat');
  const stored =
    messageId === undefined
      ? service.messages.inChat(place.id).findLast((message) => message.pinned)
      : service.messages.get(place.id, messageId);
  if (!stored || stored.deletedBy) throw badRequest(`message to ${pinned ? 'pin' : 'unpin'} not found`);
  stored.pinned = pinned;
  return true;
}

function mayPin(place: Place): boolean {
  return place.kind === 'private' || place.group.bot === 'administrator';
}
