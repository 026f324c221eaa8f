import { isDeepStrictEqual } from 'node:util';
import type {
  InlineKeyboardMarkup,
  LinkPreviewOptions,
  Message,
  MessageEntity,
  PhotoSize,
} from 'grammy/types';
import type { z } from 'zod';
import type { linkPreview } from './fields.ts';

type Preview = z.infer<typeof linkPreview>;

/** A snapshot of a message as people in the chat see it. */
export interface SeenMessage {
  readonly id: number;
  readonly chatId: number;
  /** The forum topic; undefined in General and elsewhere. */
  readonly threadId: number | undefined;
  readonly fromBot: boolean;
  /** Text or caption, without markup. */
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  /** The labels of the inline keyboard, row by row. */
  readonly buttons: readonly (readonly string[])[];
  readonly replyTo: number | undefined;
  readonly isPhoto: boolean;
  readonly pinned: boolean;
  readonly deleted: boolean;
  /** Epoch milliseconds on the fake's clock. */
  readonly sentAt: number;
  readonly message: Message;
}

/** One edit: its time and the resulting message. */
export interface Edit {
  readonly at: number;
  readonly after: SeenMessage;
}

/** The parts that an edit can change. An absent part stays; `null` removes it. */
export interface Content {
  readonly text?: string;
  readonly entities?: readonly MessageEntity[];
  readonly photo?: PhotoSize[];
  /** With a new text, an absent part is removed. */
  readonly preview?: Preview | undefined;
  readonly keyboard: InlineKeyboardMarkup | null;
}

export interface Stored {
  message: Message;
  readonly fromBot: boolean;
  readonly sentAt: number;
  readonly edits: Edit[];
  deletedBy: 'bot' | 'user' | null;
  pinned: boolean;
}

/** All messages of all chats. Ids are unique across chats, which the real service does not promise. */
export class MessageStore {
  readonly #messages = new Map<number, Stored>();
  #nextId = 1;

  takeId(): number {
    return this.#nextId++;
  }

  add(message: Message, fromBot: boolean, sentAt: number): Stored {
    const stored: Stored = { message, fromBot, sentAt, edits: [], deletedBy: null, pinned: false };
    this.#messages.set(message.message_id, stored);
    return stored;
  }

  get(chatId: number, messageId: number): Stored | undefined {
    const stored = this.#messages.get(messageId);
    return stored?.message.chat.id === chatId ? stored : undefined;
  }

  byId(messageId: number): Stored | undefined {
    return this.#messages.get(messageId);
  }

  inChat(chatId: number): Stored[] {
    return [...this.#messages.values()].filter(({ message }) => message.chat.id === chatId);
  }

  /** Replaces the content; false if that changes nothing. */
  edit(stored: Stored, content: Content, now: number): boolean {
    const before = stored.message;
    const {
      reply_markup: _,
      text,
      caption,
      entities,
      caption_entities,
      link_preview_options,
      ...rest
    } = before;
    const isMedia = content.photo !== undefined || before.photo !== undefined || before.video !== undefined;
    const words = content.text ?? text ?? caption ?? '';
    const marks = [...(content.entities ?? entities ?? caption_entities ?? [])];
    const after: Message = {
      ...rest,
      ...(isMedia
        ? captionPart(words, marks)
        : { text: words, ...(marks.length ? { entities: marks } : {}) }),
      ...previewPart(content.text === undefined ? link_preview_options : content.preview),
      ...(content.photo ? { photo: content.photo } : {}),
      ...(content.keyboard ? { reply_markup: content.keyboard } : {}),
    };
    if (isDeepStrictEqual(after, before)) return false;
    stored.message = { ...after, edit_date: Math.floor(now / 1000) };
    stored.edits.push({ at: now, after: seen(stored) });
    return true;
  }
}

/** The preview options as requested; the real service leaves out absent ones. */
export function previewPart(preview: Preview | undefined): Partial<Message> {
  return preview ? { link_preview_options: structuredClone(preview) as LinkPreviewOptions } : {};
}

/** The caption's fields, absent without a caption. */
export function captionPart(text: string, entities: readonly MessageEntity[]): Partial<Message> {
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: [...entities] } : {}) };
}

/** The replied-to message inside its reply, nested one level only. */
export function asReplied(message: Message): NonNullable<Message['reply_to_message']> {
  const { reply_to_message: _, ...rest } = message;
  // The library types the absent field as undefined, which exactOptionalPropertyTypes does not let us construct.
  return rest as NonNullable<Message['reply_to_message']>;
}

/** Makes a snapshot for a test. */
export function seen(stored: Stored): SeenMessage {
  const message = structuredClone(stored.message);
  return {
    id: message.message_id,
    chatId: message.chat.id,
    threadId: message.is_topic_message ? message.message_thread_id : undefined,
    fromBot: stored.fromBot,
    text: message.text ?? message.caption ?? '',
    entities: message.entities ?? message.caption_entities ?? [],
    buttons: message.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text)) ?? [],
    replyTo: message.reply_to_message?.message_id,
    isPhoto: message.photo !== undefined,
    pinned: stored.pinned,
    deleted: stored.deletedBy !== null,
    sentAt: stored.sentAt,
    message,
  };
}
