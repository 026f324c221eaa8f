import { z } from 'zod';
import { flag, integer, text } from './fields.ts';

const webApp = z.strictObject({ url: text });

const button = z.strictObject({
  text,
  icon_custom_emoji_id: text.optional(),
  style: z.enum(['danger', 'success', 'primary']).optional(),
  url: text.optional(),
  callback_data: text.optional(),
  web_app: webApp.optional(),
  login_url: z
    .strictObject({
      url: text,
      forward_text: text.optional(),
      bot_username: text.optional(),
      request_write_access: flag.optional(),
    })
    .optional(),
  switch_inline_query: text.optional(),
  switch_inline_query_current_chat: text.optional(),
  switch_inline_query_chosen_chat: z
    .strictObject({
      query: text.optional(),
      allow_user_chats: flag.optional(),
      allow_bot_chats: flag.optional(),
      allow_group_chats: flag.optional(),
      allow_channel_chats: flag.optional(),
    })
    .optional(),
  copy_text: z.strictObject({ text: z.string().min(1).max(256) }).optional(),
  callback_game: z.looseObject({}).optional(),
  disabled: z.looseObject({}).optional(),
  pay: flag.optional(),
});

export const inlineKeyboard = z.strictObject({
  inline_keyboard: z.array(z.array(button)),
  force_reply: flag.optional(),
});
export type InlineKeyboard = z.output<typeof inlineKeyboard>;
export type InlineButton = z.output<typeof button>;

const replyButton = z.union([
  text,
  z.strictObject({
    text,
    icon_custom_emoji_id: text.optional(),
    style: text.optional(),
    request_users: z.looseObject({ request_id: integer }).optional(),
    request_chat: z.looseObject({ request_id: integer }).optional(),
    request_managed_bot: z.looseObject({ request_id: integer }).optional(),
    request_contact: flag.optional(),
    request_location: flag.optional(),
    request_poll: z.looseObject({}).optional(),
    web_app: webApp.optional(),
  }),
]);

const replyKeyboard = z.strictObject({
  keyboard: z.array(z.array(replyButton)),
  is_persistent: flag.optional(),
  resize_keyboard: flag.optional(),
  one_time_keyboard: flag.optional(),
  input_field_placeholder: z.string().min(1).max(64).optional(),
  selective: flag.optional(),
  force_reply: flag.optional(),
});
const removal = z.strictObject({
  remove_keyboard: z.literal(true),
  selective: flag.optional(),
});
const forcedReply = z.strictObject({
  force_reply: z.literal(true),
  input_field_placeholder: z.string().min(1).max(64).optional(),
  selective: flag.optional(),
});

/** The reply markups of a new message; an edit takes only an inline keyboard. */
export const anyMarkup = z.union([inlineKeyboard, replyKeyboard, removal, forcedReply]);
export type AnyMarkup = z.output<typeof anyMarkup>;
