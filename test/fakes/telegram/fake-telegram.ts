import type { BotCommand, User } from 'grammy/types';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { ApiServer, type SeenCall } from './api-server.ts';
import { FakeGroup } from './fake-group.ts';
import { type ChatRef, FakeUser, idOf } from './fake-user.ts';
import { type Fault, Faults } from './faults.ts';
import type { Happening } from './journal.ts';
import { type Edit, type SeenMessage, seen } from './message-store.ts';
import type { Scope } from './method-schemas.ts';
import type { CallbackAnswer } from './queries.ts';
import { Refusal } from './refusal.ts';
import { Service } from './service.ts';
import type { Violation } from './violations.ts';
import type { Delivery } from './webhook.ts';
import type { Rank } from './world.ts';

export interface FakeTelegramOptions {
  /** The clock for dates, the life of queries, long polls and limits. Tests still wait for the bot in real time. */
  readonly clock?: Clock;
  readonly username?: string;
  /** BotFather's privacy mode; on by default. */
  readonly privacyMode?: boolean;
  /** How long a callback query can be answered, in milliseconds. */
  readonly queryLife?: number;
  /** The limits of `RateLimits`; none by default. */
  readonly rates?: 'strict' | 'groups';
  /** Whether editing a message before answering a press of its buttons is a violation. */
  readonly answerFirst?: boolean;
  /** How long tests wait for a reaction, in milliseconds. */
  readonly patience?: number;
}

export interface GroupOptions {
  readonly members?: readonly FakeUser[];
  readonly administrators?: readonly FakeUser[];
  readonly kind?: 'group' | 'supergroup';
  /** Whether the group has topics, which makes it a supergroup. */
  readonly forum?: boolean;
  /** The bot's standing; `left`: it was never in the group. A member by default. */
  readonly bot?: 'member' | 'administrator' | 'left';
}

const ownerId = 1;

/** A Bot API server on 127.0.0.1 with one bot and its users. */
export class FakeTelegram {
  readonly token = '424242:AAFakeTokenForTestsOnly_0123456789abcdef';
  readonly service: Service;
  /** Every call, in order. */
  readonly calls: SeenCall[] = [];
  readonly #server: ApiServer;
  readonly #faults: Faults;
  readonly #users = new Map<number, FakeUser>();
  readonly #patience: number;
  #stopped = false;

  constructor(options: FakeTelegramOptions = {}) {
    const { clock = systemClock, username = 'zapette_bot', privacyMode = true } = options;
    this.#patience = options.patience ?? 2_000;
    this.service = new Service({
      clock,
      queryLife: options.queryLife ?? 15_000,
      rates: options.rates ?? null,
      answerFirst: options.answerFirst ?? false,
      bot: {
        id: Number.parseInt(this.token, 10),
        is_bot: true,
        first_name: 'Zapette',
        username,
        can_join_groups: true,
        can_read_all_group_messages: !privacyMode,
        supports_inline_queries: true,
        can_connect_to_business: false,
        has_main_web_app: false,
        has_topics_enabled: false,
        allows_users_to_create_topics: false,
        can_manage_bots: false,
        supports_join_request_queries: false,
      },
      onWebhookReply: (method, params) => this.#webhookReply(method, params),
    });
    this.#faults = new Faults(clock);
    this.#server = new ApiServer({
      token: this.token,
      service: this.service,
      faults: this.#faults,
      onCall: (call) => this.#note(call),
    });
    this.user(ownerId, { first_name: 'Owner' });
  }

  static async start(options?: FakeTelegramOptions): Promise<FakeTelegram> {
    const telegram = new FakeTelegram(options);
    await telegram.#server.start();
    return telegram;
  }

  /** The client's API root. */
  get url(): string {
    return this.#server.url;
  }

  get username(): string {
    return this.service.world.bot.username;
  }

  /** Cuts all connections; missing answers of the bot become violations. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.service.webhook.clear();
    await this.#server.stop();
    for (const { kind, userId, data } of this.service.queries.unanswered)
      if (kind === 'callback')
        this.service.violations.add(
          'stop',
          `the callback query "${data}" of user ${userId} was never answered`,
        );
  }

  /** The person with this id, made on the first call. The bot knows them, but may not write before `start`. */
  user(id: number, profile: Partial<Omit<User, 'id' | 'is_bot'>> = {}): FakeUser {
    const known = this.#users.get(id);
    if (known) return known;
    const user: User = { id, is_bot: false, first_name: `User${id}`, ...profile };
    const account = { user, started: false, blocked: false };
    this.service.world.accounts.set(id, account);
    const made = new FakeUser(this.service, account, this.#patience);
    this.#users.set(id, made);
    return made;
  }

  /** A group, by default with the bot in it. Its owner is user 1. */
  group(title: string, options: GroupOptions = {}): FakeGroup {
    const { members = [], administrators = [], forum = false, bot = 'member' } = options;
    const ranks = new Map<number, Rank>([[ownerId, 'creator']]);
    for (const { id } of members) ranks.set(id, 'member');
    for (const { id } of administrators) ranks.set(id, 'administrator');
    const kind = forum ? 'supergroup' : (options.kind ?? 'supergroup');
    const group = this.service.world.addGroup(title, { kind, forum, bot, members: ranks });
    return new FakeGroup(this.service, group, ownerId);
  }

  /** The bot's current messages in a chat, oldest first; `anyone` adds people's messages. */
  messages(chat: ChatRef, from: 'bot' | 'anyone' = 'bot'): SeenMessage[] {
    return this.service.messages
      .inChat(idOf(chat))
      .filter(({ fromBot, deletedBy }) => !deletedBy && (fromBot || from === 'anyone'))
      .map(seen);
  }

  /** The current state of a message, deleted or not. */
  message(id: number): SeenMessage | undefined {
    const stored = this.service.messages.byId(id);
    return stored && seen(stored);
  }

  /** The bytes of a message's video; undefined without one. */
  videoOf({ message: { video } }: SeenMessage): Uint8Array | undefined {
    return video && this.service.videos.get(video.file_id)?.bytes;
  }

  /** The edits that changed a message, with their times. */
  edits(messageId: number): readonly Edit[] {
    return this.service.messages.byId(messageId)?.edits ?? [];
  }

  get callbackAnswers(): readonly CallbackAnswer[] {
    return this.service.journal
      .since(0)
      .flatMap((happening) => (happening.kind === 'callback-answer' ? [happening.answer] : []));
  }

  /** The menu of exactly this scope and language. */
  commands(scope: Scope | Extract<Scope['type'], `all_${string}` | 'default'> = 'default', language = '') {
    return this.service.commands.get(typeof scope === 'string' ? { type: scope } : scope, language);
  }

  /** The menu that a person sees in a chat. */
  shownCommands(user: FakeUser, chat: ChatRef): readonly BotCommand[] {
    const chat_id = idOf(chat);
    const language = this.service.world.accounts.get(user.id)?.user.language_code ?? '';
    const rank = this.service.world.groups.get(chat_id)?.members.get(user.id);
    const administrator: Scope[] =
      rank && rank !== 'member'
        ? [{ type: 'chat_administrators', chat_id }, { type: 'all_chat_administrators' }]
        : [];
    const [ofChat, ofAll] = administrator;
    const wide: Scope = { type: chat_id > 0 ? 'all_private_chats' : 'all_group_chats' };
    const narrow: Scope = { type: 'chat_member', chat_id, user_id: user.id };
    const here: Scope = { type: 'chat', chat_id };
    const order = [narrow, ofChat, here, ofAll, wide, { type: 'default' } as const];
    return this.service.commands.shown(
      order.filter((scope) => scope !== undefined),
      language,
    );
  }

  /** The number of calls of a method, including refused ones. */
  count(method: string): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  /** Resolves once the bot waits in a long poll. */
  async polled(): Promise<void> {
    const { updates, journal } = this.service;
    if (updates.isPolled) return;
    const pick = ({ kind }: Happening) => (kind === 'polling' ? true : undefined);
    await journal.wait(journal.position, pick, 'long poll', this.#patience);
  }

  /** Resolves once the method has been called `times` times in total. */
  async called(method: string, times = 1): Promise<SeenCall> {
    const pick = () => this.calls.filter((call) => call.method === method)[times - 1];
    return (
      pick() ??
      this.service.journal.wait(this.service.journal.position, pick, `call of ${method}`, this.#patience)
    );
  }

  /** The attempts to deliver to the webhook. */
  get deliveries(): readonly Delivery[] {
    return this.service.webhook.deliveries;
  }

  /** Actions that the real service refuses or drops, or that a bot should avoid. Complete after `stop`. */
  get violations(): readonly Violation[] {
    return this.service.violations.all;
  }

  /** Returns and clears `violations`, for tests that provoke some. */
  takeViolations(): readonly Violation[] {
    return this.service.violations.take();
  }

  /** Makes the next calls of a method fail; '*' is any method but getUpdates. */
  fail(method: string, fault: Fault, times = 1): void {
    this.#faults.plan(method, fault, times);
  }

  /** Cancels failures that have not happened yet. */
  heal(): void {
    this.#faults.clear();
  }

  #note(call: SeenCall): void {
    this.calls.push(call);
    this.service.journal.add({ kind: 'call', method: call.method, status: call.status });
  }

  async #webhookReply(method: string, params: Readonly<Record<string, unknown>>): Promise<void> {
    const note = (status: number, description?: string) =>
      this.#note({ method, params, at: this.service.clock.now(), status, description });
    try {
      await this.#server.call(method, params, new Map(), new AbortController().signal);
      note(200);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Ignored, since the service does not report the result of such a call.
      this.service.violations.add(method, error.message);
      note(error.code, error.message);
    }
  }
}
