import { z } from 'zod';

// All bodies except JSON carry text only, and the service also accepts text for numbers and flags in JSON.
const number = (value: unknown) =>
  typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
const boolean = (value: unknown) =>
  typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;

export const integer = z.preprocess(number, z.int());
export const flag = z.preprocess(boolean, z.boolean());
export const text = z.string();
/** A chat by number or by @username. */
export const chatId = z.preprocess(number, z.union([z.int(), z.string().regex(/^@[A-Za-z]\w{3,31}$/)]));

export const entity = z.strictObject({
  type: text,
  offset: integer,
  length: integer,
  url: text.optional(),
  user: z.looseObject({ id: integer }).optional(),
  language: text.optional(),
  custom_emoji_id: text.optional(),
  unix_time: integer.optional(),
  date_time_format: text.optional(),
});

export const linkPreview = z.strictObject({
  is_disabled: flag.optional(),
  url: text.optional(),
  prefer_small_media: flag.optional(),
  prefer_large_media: flag.optional(),
  show_above_text: flag.optional(),
});

export const replyParameters = z.strictObject({
  message_id: integer.optional(),
  chat_id: chatId.optional(),
  ephemeral_message_id: integer.optional(),
  allow_sending_without_reply: flag.optional(),
  quote: text.optional(),
  quote_parse_mode: text.optional(),
  quote_entities: z.array(entity).optional(),
  quote_position: integer.optional(),
  checklist_task_id: integer.optional(),
  poll_option_id: text.optional(),
});

/** Fields of businesses, channels and paid posts, accepted and never used here. */
export const unused = z.unknown().optional();
