import type { Message, UserFromGetMe } from 'grammy/types';
import type { Clock } from '../../../src/lib/clock.ts';
import { CommandStore } from './command-store.ts';
import { Journal } from './journal.ts';
import { MessageStore, type Stored, seen } from './message-store.ts';
import { Queries } from './queries.ts';
import { RateLimits } from './rate-limits.ts';
import type { UploadedFile } from './request-body.ts';
import { type NewUpdate, type UpdateKind, UpdateQueue } from './update-queue.ts';
import { Violations } from './violations.ts';
import { Webhook, type WebhookReply } from './webhook.ts';
import { memberOf, type Place, type Rank, World } from './world.ts';

export interface ServiceOptions {
  readonly clock: Clock;
  readonly bot: UserFromGetMe;
  /** How long a callback query can be answered, in milliseconds. */
  readonly queryLife: number;
  readonly rates: 'strict' | 'groups' | null;
  readonly answerFirst: boolean;
  readonly onWebhookReply: WebhookReply;
}

/** The service's state, shared by the bot's methods and the tests' people. */
export class Service {
  readonly clock: Clock;
  readonly options: ServiceOptions;
  readonly world: World;
  readonly messages = new MessageStore();
  readonly journal = new Journal();
  readonly violations = new Violations();
  readonly commands = new CommandStore();
  readonly queries: Queries;
  readonly updates: UpdateQueue;
  readonly webhook: Webhook;
  readonly rates: RateLimits | null;
  /** File ids that the bot may reuse. */
  readonly fileIds = new Set<string>();
  /** Uploaded videos by file id. */
  readonly videos = new Map<string, UploadedFile>();
  /** The bot's descriptions by kind and language. */
  readonly profile = new Map<string, string>();
  /** Menu buttons by chat; 0 is for every chat without its own. */
  readonly menuButtons = new Map<number, unknown>();
  readonly #queryOfUpdate = new Map<number, { delivered: boolean }>();

  constructor(options: ServiceOptions) {
    this.clock = options.clock;
    this.options = options;
    this.world = new World(options.bot);
    this.queries = new Queries(options.queryLife);
    this.rates = options.rates && new RateLimits(options.rates);
    this.updates = new UpdateQueue(options.clock, {
      onPolling: () => this.journal.add({ kind: 'polling' }),
      onHandedOut: ({ update_id }) => {
        const query = this.#queryOfUpdate.get(update_id);
        if (query) query.delivered = true;
      },
      onConfirmed: (updateId) => this.journal.add({ kind: 'confirmed', updateId }),
    });
    this.webhook = new Webhook(options.clock, this.updates, options.onWebhookReply);
  }

  /** The time in whole seconds, as in messages. */
  get date(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** Adds a message to a chat; a message of the bot notifies waiting tests. */
  post(place: Place, from: 'bot' | number, content: Partial<Message>): Stored {
    const user = from === 'bot' ? this.world.bot : this.world.accounts.get(from)?.user;
    if (!user) throw new Error(`nobody has the id ${from}`);
    const message: Message = {
      message_id: this.messages.takeId(),
      from: user,
      chat: this.world.chat(place),
      date: this.date,
      ...content,
    };
    const stored = this.messages.add(message, from === 'bot', this.clock.now());
    if (from === 'bot') this.journal.add({ kind: 'message', message: seen(stored) });
    return stored;
  }

  /** Adds a service message to a group, which bots see in any privacy mode. */
  announce(place: Place, from: number, content: Partial<Message>): Stored {
    const stored = this.post(place, from, content);
    this.tell('message', { message: withSender(stored.message) });
    return stored;
  }

  /** Queues an update for the bot; undefined if it did not ask for that kind. */
  tell(kind: UpdateKind, update: NewUpdate, query?: { delivered: boolean }): number | undefined {
    const id = this.updates.add(kind, update)?.update_id;
    if (id !== undefined && query) this.#queryOfUpdate.set(id, query);
    return id;
  }

  /** Queues an update on the bot's changed standing in a chat. */
  tellStanding(place: Place, by: number, before: Rank | 'left' | 'kicked', after: Rank | 'left' | 'kicked') {
    const account = this.world.accounts.get(by);
    if (!account) throw new Error(`nobody has the id ${by}`);
    this.tell('my_chat_member', {
      my_chat_member: {
        chat: this.world.chat(place),
        from: account.user,
        date: this.date,
        old_chat_member: memberOf(this.world.bot, before),
        new_chat_member: memberOf(this.world.bot, after),
      },
    });
  }
}

/** A message in the form of an update, not sent by a channel. */
export function withSender(message: Message): NonNullable<NewUpdate['message']> {
  const { chat, from } = message;
  if (!from || chat.type === 'channel') throw new Error('the fake has no channels');
  return { ...message, chat, from };
}
