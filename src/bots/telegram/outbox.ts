import { type Api, InputFile } from 'grammy';
import type { InlineQueryResult, Message } from 'grammy/types';
import type { Reply } from '../../commands/reply.ts';
import type { Language } from '../../domain/actor.ts';
import { shorten } from '../../lib/shorten.ts';
import { apiSignal } from './api-signal.ts';
import type { CallOptions, CallQueue } from './call-queue.ts';
import { areButtonsRefused, isMarkupRefused, isUnchanged, movedTo } from './errors.ts';
import { type RenderOptions, renderCaption, renderMessage, styles } from './render-message.ts';

/** Where a message goes. */
export interface Address {
  readonly chat: number;
  /** The forum topic. */
  readonly thread?: number | undefined;
  /** The message to reply to. */
  readonly replyTo?: number | undefined;
}

export interface MessageId {
  readonly chat: number;
  readonly message: number;
}

export interface Post extends CallOptions {
  readonly language: Language;
  /** The person who alone may press the buttons; null or absent for everybody. */
  readonly owner?: number | null | undefined;
  readonly isQuiet?: boolean | undefined;
}

export interface Toast {
  readonly text?: string;
  /** Keeps the toast open until it is closed. */
  readonly isAlert?: boolean;
}

/** The most characters of a toast. */
const LONGEST_TOAST = 200;
/** Milliseconds after which a button's spinner has stopped by itself. */
const TOAST_LIFE = 10_000;

export interface OutboxOptions {
  readonly api: Api;
  /** A client with the patience for an upload. */
  readonly uploads: Api;
  /** Ends uploads: aborted when the bot stops. */
  readonly ending: AbortSignal;
  readonly calls: CallQueue;
  /** Is called when a group has become a supergroup. */
  readonly onMoved: (from: number, to: number) => void;
}

/**
 * Sends everything that the bot tells people. Handles rate limits, outages, refused markup and moved groups.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** The index in `styles` of the richest markup that this server has not refused. */
  #style = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Sends a reply. @returns the sent message, which is in the supergroup if the group became one. */
  async send(to: Address, reply: Reply, post: Post): Promise<Message> {
    try {
      return await this.#send(to, reply, post);
    } catch (error) {
      const moved = movedTo(error);
      if (moved === null) throw error;
      this.#options.onMoved(to.chat, moved);
      // The supergroup numbers its messages anew, so there is nothing to reply to.
      return this.#send({ chat: moved }, reply, post);
    }
  }

  /** Sends a video with a reply as its caption. Other calls for the chat do not wait for the upload. */
  async sendVideo(
    to: Address,
    reply: Reply,
    file: { path: string; name: string },
    post: Post,
  ): Promise<void> {
    const { uploads, calls, ending } = this.#options;
    await this.#render(post, (options) => {
      const rendered = { ...renderCaption(reply, options), ...placeOf(to, post), supports_streaming: true };
      const call = () =>
        uploads.sendVideo(to.chat, new InputFile(file.path, file.name), rendered, apiSignal(ending));
      return calls.run(`upload ${to.chat}`, call, { ...post, signal: ending });
    });
  }

  /** Edits a message; an unchanged message is no error. */
  async edit({ chat, message }: MessageId, reply: Reply, post: Post): Promise<void> {
    const { api, calls } = this.#options;
    try {
      await this.#render(post, (options) => {
        const { text, ...others } = renderMessage(reply, options);
        return calls.run(`edit ${chat}`, () => api.editMessageText(chat, message, text, others), post);
      });
    } catch (error) {
      if (!isUnchanged(error)) throw error;
    }
  }

  /** Waits until the service accepts edits in a chat. */
  async editable(chat: number, waiting: CallOptions): Promise<void> {
    await this.#options.calls.ready(`edit ${chat}`, waiting);
  }

  async remove({ chat, message }: MessageId): Promise<void> {
    const { api, calls } = this.#options;
    await calls.run(`delete ${chat}`, () => api.deleteMessage(chat, message));
  }

  /** Takes the buttons off a message. */
  async disarm({ chat, message }: MessageId): Promise<void> {
    const { api, calls } = this.#options;
    await calls.run(`edit ${chat}`, () => api.editMessageReplyMarkup(chat, message));
  }

  /** Acknowledges a press with a toast. Rejects if it comes too late. */
  async toast(query: string, { text = '', isAlert = false }: Toast = {}): Promise<void> {
    const { api, calls } = this.#options;
    const words = text === '' ? {} : { text: shorten(text, LONGEST_TOAST).toWellFormed() };
    const answer = { ...words, ...(isAlert ? { show_alert: true } : {}) };
    await calls.run(`press ${query}`, () => api.answerCallbackQuery(query, answer), { life: TOAST_LIFE });
  }

  /** Shows "typing …". */
  async typing({ chat, thread }: Address): Promise<void> {
    const { api, calls } = this.#options;
    const topic = thread === undefined ? {} : { message_thread_id: thread };
    await calls.run(`action ${chat}`, () => api.sendChatAction(chat, 'typing', topic), { life: 0 });
  }

  /** Answers an inline query. */
  async inline(
    query: string,
    results: readonly InlineQueryResult[],
    other: Parameters<Api['answerInlineQuery']>[2],
  ): Promise<void> {
    const { api, calls } = this.#options;
    const answer = () => api.answerInlineQuery(query, [...results], other);
    await calls.run(`inline ${query}`, answer, { life: TOAST_LIFE });
  }

  #send(to: Address, reply: Reply, post: Post): Promise<Message> {
    const { api, calls } = this.#options;
    const { chat } = to;
    return this.#render(post, (options) => {
      const { text, ...others } = renderMessage(reply, options);
      const call = () => api.sendMessage(chat, text, { ...others, ...placeOf(to, post) });
      return calls.run(`send ${chat}`, call, post);
    });
  }

  /** Renders with the richest markup that the server accepts, and remembers what it refused. */
  async #render<T>(
    { language, owner = null }: Post,
    call: (options: RenderOptions) => Promise<T>,
  ): Promise<T> {
    let withoutLinks = false;
    for (;;) {
      const style = this.#style;
      const options: RenderOptions = { style: styles[style] ?? 'plain', language, owner, withoutLinks };
      try {
        return await call(options);
      } catch (error) {
        if (isMarkupRefused(error) && options.style !== 'plain') {
          const next = error.description.includes('tg-time') ? style + 1 : styles.indexOf('plain');
          this.#style = Math.max(this.#style, next);
        } else if (areButtonsRefused(error) && !withoutLinks) withoutLinks = true;
        else throw error;
      }
    }
  }
}

function placeOf({ thread, replyTo }: Address, { isQuiet }: Post) {
  return {
    ...(thread === undefined ? {} : { message_thread_id: thread }),
    ...(replyTo === undefined
      ? {}
      : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
    ...(isQuiet ? { disable_notification: true } : {}),
  };
}
