import { z } from 'zod';
import { chatId, entity, flag, integer, linkPreview, replyParameters, text, unused } from './fields.ts';
import { anyMarkup, inlineKeyboard } from './keyboard-schemas.ts';

// Written from core.telegram.org/bots/api; a test compares the names with the client library's types.

const scope = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('default') }),
  z.strictObject({ type: z.literal('all_private_chats') }),
  z.strictObject({ type: z.literal('all_group_chats') }),
  z.strictObject({ type: z.literal('all_chat_administrators') }),
  z.strictObject({ type: z.literal('chat'), chat_id: chatId }),
  z.strictObject({ type: z.literal('chat_administrators'), chat_id: chatId }),
  z.strictObject({ type: z.literal('chat_member'), chat_id: chatId, user_id: integer }),
]);
export type Scope = z.output<typeof scope>;

const menuButton = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('commands') }),
  z.strictObject({ type: z.literal('default') }),
  z.strictObject({ type: z.literal('web_app'), text, web_app: z.strictObject({ url: text }) }),
]);

const target = {
  business_connection_id: text.optional(),
  chat_id: chatId,
  message_thread_id: integer.optional(),
};

const outgoing = {
  ...target,
  direct_messages_topic_id: integer.optional(),
  ephemeral_message_parameters: unused,
  disable_notification: flag.optional(),
  protect_content: flag.optional(),
  allow_paid_broadcast: flag.optional(),
  message_effect_id: text.optional(),
  suggested_post_parameters: unused,
  reply_parameters: replyParameters.optional(),
  reply_to_message_id: integer.optional(),
  reply_markup: anyMarkup.optional(),
};

const textFields = { parse_mode: text.optional(), entities: z.array(entity).optional() };

const captionFields = {
  caption: text.optional(),
  parse_mode: text.optional(),
  caption_entities: z.array(entity).optional(),
  show_caption_above_media: flag.optional(),
};

const edited = {
  business_connection_id: text.optional(),
  chat_id: chatId.optional(),
  message_id: integer.optional(),
  inline_message_id: text.optional(),
  reply_markup: inlineKeyboard.optional(),
};

const inputMedia = z.strictObject({
  type: z.enum(['photo', 'video', 'animation', 'audio', 'document']),
  media: text,
  ...captionFields,
  has_spoiler: flag.optional(),
});

const actions = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
] as const;

const inlineResult = z.looseObject({
  type: text,
  id: text,
  title: text.optional(),
  input_message_content: z
    .looseObject({ message_text: text.optional(), parse_mode: text.optional() })
    .optional(),
  reply_markup: inlineKeyboard.optional(),
});

/** The methods that the fake supports, with their parameters. */
export const methodSchemas = {
  getMe: z.strictObject({}),
  getUpdates: z.strictObject({
    offset: integer.optional(),
    limit: integer.optional(),
    timeout: integer.optional(),
    allowed_updates: z.array(text).optional(),
  }),
  setWebhook: z.strictObject({
    url: text,
    certificate: unused,
    ip_address: text.optional(),
    max_connections: integer.optional(),
    allowed_updates: z.array(text).optional(),
    drop_pending_updates: flag.optional(),
    secret_token: text.optional(),
  }),
  deleteWebhook: z.strictObject({ drop_pending_updates: flag.optional() }),
  getWebhookInfo: z.strictObject({}),
  setMyCommands: z.strictObject({
    commands: z.array(z.strictObject({ command: text, description: text, is_ephemeral: flag.optional() })),
    scope: scope.optional(),
    language_code: text.optional(),
  }),
  getMyCommands: z.strictObject({ scope: scope.optional(), language_code: text.optional() }),
  deleteMyCommands: z.strictObject({ scope: scope.optional(), language_code: text.optional() }),
  setMyName: z.strictObject({ name: text.optional(), language_code: text.optional() }),
  setMyDescription: z.strictObject({ description: text.optional(), language_code: text.optional() }),
  setMyShortDescription: z.strictObject({
    short_description: text.optional(),
    language_code: text.optional(),
  }),
  setChatMenuButton: z.strictObject({ chat_id: integer.optional(), menu_button: menuButton.optional() }),
  getChatMenuButton: z.strictObject({ chat_id: integer.optional() }),
  sendMessage: z.strictObject({
    ...outgoing,
    ...textFields,
    text,
    link_preview_options: linkPreview.optional(),
  }),
  sendPhoto: z.strictObject({
    ...outgoing,
    ...captionFields,
    photo: text.optional(),
    has_spoiler: flag.optional(),
  }),
  sendVideo: z.strictObject({
    ...outgoing,
    ...captionFields,
    video: text.optional(),
    duration: integer.optional(),
    width: integer.optional(),
    height: integer.optional(),
    thumbnail: unused,
    cover: unused,
    start_timestamp: integer.optional(),
    has_spoiler: flag.optional(),
    supports_streaming: flag.optional(),
  }),
  editMessageText: z.strictObject({
    ...edited,
    ...textFields,
    text: text.optional(),
    link_preview_options: linkPreview.optional(),
    rich_message: unused,
  }),
  editMessageCaption: z.strictObject({ ...edited, ...captionFields }),
  editMessageMedia: z.strictObject({ ...edited, media: inputMedia }),
  editMessageReplyMarkup: z.strictObject(edited),
  deleteMessage: z.strictObject({ chat_id: chatId, message_id: integer }),
  pinChatMessage: z.strictObject({
    business_connection_id: text.optional(),
    chat_id: chatId,
    message_id: integer,
    disable_notification: flag.optional(),
  }),
  unpinChatMessage: z.strictObject({
    business_connection_id: text.optional(),
    chat_id: chatId,
    message_id: integer.optional(),
  }),
  answerCallbackQuery: z.strictObject({
    callback_query_id: text,
    text: text.optional(),
    show_alert: flag.optional(),
    url: text.optional(),
    cache_time: integer.optional(),
  }),
  answerInlineQuery: z.strictObject({
    inline_query_id: text,
    results: z.array(inlineResult),
    cache_time: integer.optional(),
    is_personal: flag.optional(),
    next_offset: text.optional(),
    button: z
      .strictObject({
        text,
        web_app: z.strictObject({ url: text }).optional(),
        start_parameter: text.optional(),
      })
      .optional(),
  }),
  getChat: z.strictObject({ chat_id: chatId }),
  getChatMember: z.strictObject({ chat_id: chatId, user_id: integer }),
  getChatAdministrators: z.strictObject({ chat_id: chatId, return_bots: flag.optional() }),
  sendChatAction: z.strictObject({ ...target, action: z.enum(actions) }),
  leaveChat: z.strictObject({ chat_id: chatId }),
};

export type MethodName = keyof typeof methodSchemas;
export type ParamsOf = { readonly [M in MethodName]: z.output<(typeof methodSchemas)[M]> };
export type Params<M extends MethodName> = ParamsOf[M];

/** Whether this is a method's name as the Bot API spells it. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methodSchemas, name);
}
