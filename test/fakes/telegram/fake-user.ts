import type { Message } from 'grammy/types';
import { asReplied, type SeenMessage, type Stored, seen } from './message-store.ts';
import { Reaction } from './reaction.ts';
import { type Service, withSender } from './service.ts';
import { entitiesIn, reachesBot } from './user-text.ts';
import type { Account, Place } from './world.ts';

/** A chat's id, or an object with one. */
export type ChatRef = number | { readonly id: number };

export interface SayOptions {
  /** The forum topic. */
  readonly threadId?: number;
  readonly replyTo?: number | SeenMessage;
  /** Whether the message is a chosen result of an inline query. */
  readonly isInlineResult?: boolean;
}

/** A person at a Telegram client, who can do only what a real client allows. */
export class FakeUser {
  readonly id: number;
  readonly #service: Service;
  readonly #account: Account;
  readonly #patience: number;

  constructor(service: Service, account: Account, patience: number) {
    this.id = account.user.id;
    this.#service = service;
    this.#account = account;
    this.#patience = patience;
  }

  /** Opens the private chat, or https://t.me/<bot>?start=<payload>, and presses Start; lifts a block. */
  start(payload = ''): Reaction {
    if (payload && !/^[\w-]{1,64}$/.test(payload))
      throw new Error(`"${payload}" cannot be a deep link's payload: 1-64 of A-Z a-z 0-9 _ -`);
    const wasBlocked = this.#account.blocked;
    this.#account.started = true;
    this.#account.blocked = false;
    if (wasBlocked) this.#service.tellStanding(this.#place(this.id), this.id, 'kicked', 'member');
    return this.say(this.id, payload ? `/start ${payload}` : '/start');
  }

  say(chat: ChatRef, text: string, { threadId, replyTo, isInlineResult = false }: SayOptions = {}): Reaction {
    const { messages, world, journal } = this.#service;
    const place = this.#place(idOf(chat));
    this.#mustBeAbleToWrite(place);
    if (text.length > 4096) throw new Error('a client splits a text of more than 4096 characters');
    const position = journal.position;
    const replied = replyTo === undefined ? undefined : messages.get(place.id, idOf(replyTo));
    if (replyTo !== undefined && !replied) throw new Error('there is no such message in that chat');
    const entities = entitiesIn(text);
    const stored = this.#service.post(place, this.id, {
      text,
      ...(entities.length > 0 ? { entities } : {}),
      ...threadOf(place, threadId, replied),
      ...(replied ? { reply_to_message: asReplied(replied.message) } : {}),
      ...(isInlineResult ? { via_bot: world.bot } : {}),
    });
    const reaches = reachesBot(world, place, stored.message, replied?.fromBot === true);
    const updateId = reaches
      ? this.#service.tell('message', { message: withSender(stored.message) })
      : undefined;
    const what = `user ${this.id} said "${text.slice(0, 60)}"`;
    return this.#reaction({ what, chatId: place.id, position, updateId, message: seen(stored) });
  }

  /** Presses a button of this copy of the message, stale or not, by its label or callback data. */
  press(message: SeenMessage, labelOrData: string): Reaction {
    const buttons = message.message.reply_markup?.inline_keyboard.flat() ?? [];
    const button = buttons.find(
      (candidate) =>
        candidate.text === labelOrData ||
        ('callback_data' in candidate && candidate.callback_data === labelOrData),
    );
    if (!button)
      throw new Error(
        `no button "${labelOrData}" among ${buttons.map(({ text }) => text).join(', ') || 'none'}`,
      );
    if (!('callback_data' in button))
      throw new Error(`"${labelOrData}" opens something; the bot is not told`);
    return this.pressData(message, button.callback_data);
  }

  /** Sends any callback data, as old messages and other clients do. */
  pressData(message: SeenMessage, data: string): Reaction {
    const { messages, queries, clock, journal, world } = this.#service;
    const place = this.#place(message.chatId);
    this.#mustBeAbleToWrite(place);
    const stored = messages.get(message.chatId, message.id);
    if (!stored) throw new Error(`there is no message ${message.id} in chat ${message.chatId}`);
    const position = journal.position;
    const query = queries.ask({
      kind: 'callback',
      userId: this.id,
      data,
      messageId: message.id,
      askedAt: clock.now(),
    });
    const isThere = place.kind === 'private' || !['left', 'kicked'].includes(place.group.bot);
    const update = {
      callback_query: {
        id: query.id,
        from: this.#account.user,
        message: stored.deletedBy
          ? { chat: world.chat(place), message_id: message.id, date: 0 as const }
          : stored.message,
        chat_instance: String(place.id * 7919),
        data,
      },
    };
    const updateId = isThere ? this.#service.tell('callback_query', update, query) : undefined;
    const what = `user ${this.id} pressed "${data}"`;
    return this.#reaction({ what, chatId: place.id, position, updateId, queryId: query.id });
  }

  /** Types "@bot text" without sending it. */
  inline(text: string): Reaction {
    const { queries, clock, journal } = this.#service;
    const position = journal.position;
    const asked = { kind: 'inline', userId: this.id, data: text, messageId: undefined } as const;
    const query = queries.ask({ ...asked, askedAt: clock.now() });
    const update = { inline_query: { id: query.id, from: this.#account.user, query: text, offset: '' } };
    const updateId = this.#service.tell('inline_query', update, query);
    const what = `user ${this.id} asked inline "${text}"`;
    return this.#reaction({ what, chatId: this.id, position, updateId, queryId: query.id });
  }

  /** Deletes a message for everybody; bots get no update. */
  delete(message: SeenMessage): void {
    const stored = this.#service.messages.get(message.chatId, message.id);
    if (stored) stored.deletedBy = 'user';
  }

  /** Blocks the bot. */
  block(): void {
    this.#account.blocked = true;
    this.#service.tellStanding(this.#place(this.id), this.id, 'member', 'kicked');
  }

  #place(chatId: number): Place {
    const { migratedTo } = this.#service.world.groups.get(chatId) ?? { migratedTo: null };
    return this.#service.world.find(migratedTo ?? chatId);
  }

  #mustBeAbleToWrite(place: Place): void {
    if (place.kind === 'group') {
      if (!place.group.members.has(this.id))
        throw new Error(`user ${this.id} is not in ${place.group.title}`);
      return;
    }
    if (place.id !== this.id) throw new Error(`chat ${place.id} is private to somebody else`);
    if (!this.#account.started || this.#account.blocked)
      throw new Error(`user ${this.id} has to press Start before anything else`);
  }

  #reaction(deed: ConstructorParameters<typeof Reaction>[1]): Reaction {
    return new Reaction(this.#service, deed, this.#patience);
  }
}

/** In supergroups without topics a reply also carries a thread id, to which nothing can be sent. */
function threadOf(place: Place, threadId: number | undefined, replied: Stored | undefined): Partial<Message> {
  if (place.kind === 'private' || place.group.kind === 'group') return {};
  const parent = replied?.message;
  const topic = threadId ?? (parent?.is_topic_message ? parent.message_thread_id : undefined);
  if (topic !== undefined) {
    if (!place.group.topics.has(topic)) throw new Error(`there is no topic ${topic} in ${place.group.title}`);
    return { message_thread_id: topic, is_topic_message: true };
  }
  return parent ? { message_thread_id: parent.message_thread_id ?? parent.message_id } : {};
}

export function idOf(ref: number | { readonly id: number }): number {
  return typeof ref === 'number' ? ref : ref.id;
}
