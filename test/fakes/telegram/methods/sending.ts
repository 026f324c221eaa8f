import type { Message } from 'grammy/types';
import { captionLimits, formatText, textLimits } from '../formatted-text.ts';
import { inlineKeyboardOf } from '../keyboard.ts';
import { asReplied, captionPart, previewPart, type Stored } from '../message-store.ts';
import type { Params } from '../method-schemas.ts';
import { photoFrom } from '../photo-input.ts';
import { badRequest } from '../refusal.ts';
import type { Service } from '../service.ts';
import { videoFrom } from '../video-input.ts';
import type { Place } from '../world.ts';
import type { Call, Handlers } from './handler.ts';

type Outgoing = Params<'sendMessage'> | Params<'sendPhoto'> | Params<'sendVideo'>;

/** Methods that send new messages. */
export const sending: Handlers<'sendMessage' | 'sendPhoto' | 'sendVideo' | 'sendChatAction'> = {
  sendMessage: (call, params) => {
    const { text: source, parse_mode: parseMode, entities: given } = params;
    const { text, entities } = formatText(
      { text: source, parseMode, entities: given },
      textLimits,
      call.complain,
    );
    return send(call, params, {
      text,
      ...(entities.length > 0 ? { entities: [...entities] } : {}),
      ...previewPart(params.link_preview_options),
    });
  },

  sendPhoto: (call, params) => {
    const photo = photoFrom(params.photo, call.files, call.service.fileIds, 'photo');
    return send(call, params, { photo, ...captionOf(call, params) });
  },

  sendVideo: (call, params) => {
    const video = videoFrom(params.video, call.files, call.service.videos);
    if (!params.supports_streaming) call.complain('a video that people must load before they watch it');
    return send(call, params, { video, ...captionOf(call, params) });
  },

  sendChatAction: ({ service: { world } }, params) => {
    world.topic(world.reach(params.chat_id), params.message_thread_id);
    return true;
  },
};

function captionOf(call: Call, params: Params<'sendPhoto'> | Params<'sendVideo'>): Partial<Message> {
  const { caption = '', parse_mode: parseMode, caption_entities: entities } = params;
  const formatted = formatText({ text: caption, parseMode, entities }, captionLimits, call.complain);
  return captionPart(formatted.text, formatted.entities);
}

function send({ service }: Call, params: Outgoing, content: Partial<Message>): Message {
  if (params.ephemeral_message_parameters)
    throw badRequest('ephemeral messages are none of what the fake does');
  const { world, rates, clock } = service;
  const place = world.reach(params.chat_id);
  const answered = repliedTo(service, place, params);
  const thread = world.topic(place, params.message_thread_id) ?? topicOf(answered);
  const keyboard = inlineKeyboardOf(params.reply_markup, world.chat(place).type);
  rates?.check(place.id, 'send', clock.now());
  const { message } = service.post(place, 'bot', {
    ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true }),
    ...(answered ? { reply_to_message: asReplied(answered.message) } : {}),
    ...content,
    ...(keyboard ? { reply_markup: keyboard } : {}),
  });
  return message;
}

function repliedTo(service: Service, place: Place, params: Outgoing): Stored | undefined {
  const id = params.reply_parameters?.message_id ?? params.reply_to_message_id;
  if (id === undefined) return undefined;
  const stored = service.messages.get(place.id, id);
  if (stored && !stored.deletedBy) return stored;
  if (params.reply_parameters?.allow_sending_without_reply) return undefined;
  // Bots get no update of a deletion, so only an id that never existed is the bot's mistake.
  throw badRequest('message to be replied not found', stored ? 'nobody' : 'bot');
}

/** A reply to a message in a topic goes to that topic. */
function topicOf(stored: Stored | undefined): number | undefined {
  return stored?.message.is_topic_message ? stored.message.message_thread_id : undefined;
}
