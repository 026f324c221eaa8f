import type { Context } from 'grammy';
import { identify } from '../../access/people.ts';
import type { CommandContext } from '../../commands/context.ts';
import type { SearchChannelsContext } from '../../commands/resolve-channel.ts';
import type { Actor, Language, Place } from '../../domain/actor.ts';
import type { MovedChats } from './moved-chats.ts';
import type { Address } from './outbox.ts';

/** Who asks, in which chat, and where the answer goes. */
export interface Origin {
  readonly actor: Actor;
  readonly place: Place;
  /** Epoch milliseconds. */
  readonly askedAt: number | null;
  readonly chat: number;
  readonly thread: number | undefined;
  /** The message that asks, or whose button was pressed. */
  readonly message: number | undefined;
  /** The group's title; null in a private chat. */
  readonly title: string | null;
  /** The asker's id. */
  readonly person: number;
}

export interface Origins {
  readonly context: SearchChannelsContext & Pick<CommandContext, 'listed' | 'marks' | 'people' | 'screenOf'>;
  /** The language of groups, and of people whose language we do not speak. */
  readonly language: Language;
  readonly moves: MovedChats;
}

export function originOf(update: Context, origins: Origins): Origin {
  const { chat, msg } = update;
  const [chatId, thread] = [chat?.id ?? 0, topicOf(update)];
  const actor = actorOf(update, origins, origins.moves.idsOf(String(chatId)));
  const isPrivate = chat?.type === 'private';
  const date = update.message?.date;
  return {
    actor,
    place: {
      id: placeId(chatId, thread),
      platform: 'telegram',
      language: isPrivate ? actor.language : origins.language,
      isPrivate,
    },
    askedAt: date === undefined ? null : date * 1000,
    chat: chatId,
    thread,
    message: msg?.message_id,
    title: chat?.title ?? null,
    person: update.from?.id ?? 0,
  };
}

/** Identifies the sender of an update. @param groups the ids of the chat. */
export function actorOf({ from }: Context, { context, language }: Origins, groups: readonly string[]): Actor {
  const introduction = {
    platform: 'telegram' as const,
    id: String(from?.id ?? ''),
    name: from?.first_name ?? '?',
    groups,
    isOwner: false,
    languageTag: from?.language_code,
  };
  return identify(introduction, { listed: context.listed.telegram, people: context.people, language });
}

export function placeId(chat: number, thread: number | undefined): string {
  return thread === undefined ? `telegram:${chat}` : `telegram:${chat}:${thread}`;
}

/** Where an answer goes: in a group it replies to the message, so that all see whose it is. */
export function answerTo({ chat, thread, message, place }: Origin): Address {
  return { chat, thread, replyTo: place.isPrivate ? undefined : message };
}

/** The id of a forum topic. Replies in ordinary groups also carry a thread id, to which bots cannot write. */
function topicOf({ msg }: Context): number | undefined {
  return msg?.is_topic_message ? msg.message_thread_id : undefined;
}
