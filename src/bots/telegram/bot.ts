import { Api, type BotError, Bot as Grammy, GrammyError } from 'grammy';
import type { Chat, ChatMemberUpdated, Message, Update } from 'grammy/types';
import type { OwnerCodes } from '../../access/owner-codes.ts';
import { card } from '../../commands/card.ts';
import type { BotState } from '../../domain/bot-state.ts';
import type { Card, Posted } from '../../domain/card.ts';
import { AdminNotices } from '../admin-notices.ts';
import type { Bot, Report } from '../bot-runner.ts';
import { Admins } from './admins.ts';
import { Answers } from './answers.ts';
import { botIdOf } from './bot-id.ts';
import { CallDropped, CallQueue } from './call-queue.ts';
import { cardPort } from './card-port.ts';
import { describeError, isTokenRefused } from './errors.ts';
import { Messages } from './incoming-messages.ts';
import { answerInline } from './inline.ts';
import { type GroupStore, KnownGroups } from './known-groups.ts';
import { Menus } from './menus.ts';
import { MovedChats, type MoveStore } from './moved-chats.ts';
import type { TelegramOptions } from './options.ts';
import { type Origins, originOf, placeId } from './origin.ts';
import { Outbox } from './outbox.ts';
import { Polling } from './polling.ts';
import { Presses } from './presses.ts';
import type { Receiver } from './receiver.ts';
import { type WebhookOptions, WebhookReceiver } from './webhook-receiver.ts';

export interface TelegramBotOptions extends TelegramOptions {
  readonly token: string;
  /** The address of a self-hosted Bot API server; null for Telegram's. */
  readonly apiUrl: string | null;
  readonly report: Report;
  /** Null if the bot polls for updates. */
  readonly webhook: WebhookOptions | null;
  readonly stored: Stored;
  readonly ownerCodes: Pick<OwnerCodes, 'redeem' | 'expose'>;
}

/** The stores that survive a restart. */
export interface Stored {
  readonly moves: MoveStore;
  readonly groups: GroupStore;
  readonly cards: { find(place: string): Card | null; forget(message: Posted): void };
}

/** Milliseconds. */
const STOP_PATIENCE = 5_000;
const LAST_PATIENCE = 1_000;
/** Timeout of a call, in seconds. */
const CALL_PATIENCE = 30;
/** Timeout of an upload, in seconds. */
const UPLOAD_PATIENCE = 300;
/** Milliseconds between tries to register the commands. */
const MENUS_AGAIN = 5 * 60_000;

/** The remote control in Telegram: handles every update concurrently. */
export class TelegramBot implements Bot {
  readonly #options: TelegramBotOptions;
  readonly #bot: Grammy;
  readonly #receiver: Receiver;
  readonly #calls: CallQueue;
  readonly #outbox: Outbox;
  readonly #menus: Menus;
  readonly #moves: MovedChats;
  readonly #groups: KnownGroups;
  readonly #underWay = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #state: BotState = 'starting';
  #areMenusTaken = true;
  #cancelMenus = () => {};
  #disconnectCards = () => {};

  constructor(options: TelegramBotOptions) {
    const { context, token, apiUrl, webhook, stored, logger, commands } = options;
    this.#options = options;
    this.#receiver = webhook ? new WebhookReceiver(webhook) : new Polling();
    const client = { timeoutSeconds: CALL_PATIENCE, ...(apiUrl ? { apiRoot: apiUrl } : {}) };
    this.#bot = new Grammy(token, { client });
    this.#calls = new CallQueue(context.clock);
    this.#menus = new Menus(commands, this.#bot.api, this.#calls);
    this.#moves = new MovedChats({
      store: stored.moves,
      listed: () => context.listed.telegram,
      logger,
      now: () => context.clock.now(),
    });
    this.#groups = new KnownGroups(stored.groups, botIdOf(token), () => context.clock.now());
    this.#outbox = new Outbox({
      api: this.#bot.api,
      uploads: new Api(token, { ...client, timeoutSeconds: UPLOAD_PATIENCE }),
      calls: this.#calls,
      ending: this.#ending.signal,
      onMoved: (from, to) => this.#moved(from, to),
    });
  }

  async start(): Promise<void> {
    const { context } = this.#options;
    const { api } = this.#bot;
    this.#listen();
    try {
      this.#bot.botInfo = await this.#calls.run('start', () => api.getMe(), {
        life: CALL_PATIENCE * 1_000,
      });
      await this.#publishMenus();
      await this.#receiver.start({
        api,
        clock: context.clock,
        listener: {
          onUpdate: (update) => this.#take(update),
          onState: (state, details) => this.#tell(state, details),
          onRefused: (error) => this.#fail(error),
        },
      });
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#moves.remind();
  }

  async stop(): Promise<void> {
    this.#cancelMenus();
    await Promise.race([this.#finish(), waitAtMost(STOP_PATIENCE)]);
    this.#ending.abort();
    // An answer whose upload is given up becomes its link.
    await Promise.race([Promise.allSettled(this.#underWay), waitAtMost(LAST_PATIENCE)]);
    this.#calls.stop();
    this.#disconnectCards();
  }

  async #finish(): Promise<void> {
    await this.#receiver.stop();
    await Promise.allSettled(this.#underWay);
  }

  #listen(): void {
    const { language, context, logger } = this.#options;
    const origins: Origins = { context, language, moves: this.#moves };
    const outbox = this.#outbox;
    const notices = new AdminNotices('telegram', context);
    const admins = new Admins({ outbox, notices, language, logger });
    const answers = new Answers({
      ...this.#options,
      outbox,
      admins,
      username: () => this.#bot.botInfo.username,
    });
    const messages = new Messages({ ...this.#options, answers, origins, menus: this.#menus });
    const presses = new Presses({ ...this.#options, outbox, answers });
    // Before the message that the bot has left, which may come at the same time.
    this.#bot.on('my_chat_member', ({ myChatMember }) => this.#noteGroup(myChatMember));
    this.#bot.on('message', ({ msg }, next) => {
      if (isFromMember(msg, this.#bot.botInfo.id)) this.#groups.note(String(msg.chat.id), msg.chat.title);
      return next();
    });
    this.#bot.on('message:migrate_to_chat_id', ({ chat, msg }) =>
      this.#moved(chat.id, msg.migrate_to_chat_id),
    );
    this.#bot.on('message:migrate_from_chat_id', ({ chat, msg }) =>
      this.#moved(msg.migrate_from_chat_id, chat.id),
    );
    this.#bot.on('message:text', (update) => messages.take(update));
    this.#bot.on('callback_query:data', (update) => {
      const { id, data } = update.callbackQuery;
      return presses.press(originOf(update, origins), id, data);
    });
    this.#bot.on('inline_query', (update) =>
      answerInline(update, { outbox, origins, username: update.me.username }),
    );
  }

  /** Handles an update without waiting for others. */
  #take(update: Update): void {
    const job = this.#bot.handleUpdate(update).catch((error: BotError) => {
      const cause = error.error;
      const reason = describeError(cause);
      if (cause instanceof CallDropped) this.#options.logger.debug({ reason }, 'Telegram');
      else this.#options.logger.error({ reason }, 'Telegram');
    });
    this.#underWay.add(job);
    void job.finally(() => this.#underWay.delete(job));
  }

  #tell(state: 'on' | 'unreachable' | 'conflict', details?: string): void {
    const { cards, language, report } = this.#options;
    const next = state === 'on' && !this.#areMenusTaken ? 'commands_refused' : state;
    if (next === this.#state) return;
    const isFirst = this.#state === 'starting';
    this.#state = next;
    report.is(next, state === 'on' ? `@${this.#bot.botInfo.username}` : details);
    if (isFirst) this.#disconnectCards = cards.connect('telegram', cardPort(this.#outbox, language));
  }

  #fail(error: unknown): void {
    const code = error instanceof GrammyError ? error.error_code : null;
    const state = isTokenRefused(error) ? 'refused' : code === 409 ? 'conflict' : 'unreachable';
    this.#options.report.ended(state, describeError(error));
  }

  /** Registers the commands for the menu. After a failure it retries later, since only the menu depends on them. */
  async #publishMenus(): Promise<void> {
    const { context, language, logger } = this.#options;
    try {
      await this.#menus.publish(language);
      this.#areMenusTaken = true;
      if (this.#state === 'commands_refused') this.#tell('on');
    } catch (error) {
      if (isTokenRefused(error)) throw error;
      logger.debug({ reason: describeError(error) }, 'the commands were not taken');
      this.#areMenusTaken = false;
      this.#cancelMenus = context.clock.after(MENUS_AGAIN, () => {
        void this.#publishMenus().catch((refused: unknown) => this.#fail(refused));
      });
    }
  }

  /** A group became a supergroup, where its old messages cannot be edited, so a new card is posted. */
  #moved(from: number, to: number): void {
    const { stored, language, context, logger } = this.#options;
    this.#groups.move(String(from), String(to));
    if (!this.#moves.note(String(from), String(to))) return;
    this.#options.context.movePlace(placeId(from, undefined), placeId(to, undefined));
    const before = stored.cards.find(placeId(from, undefined));
    if (!before) return;
    stored.cards.forget(before);
    const screen = context.screenOf(placeId(to, undefined));
    const reply = card(screen.broadcast.status, { context, screen, language });
    const job = this.#postCard(to, reply).catch((error: unknown) => {
      logger.warn({ reason: describeError(error) }, 'the card could not be posted in the supergroup');
    });
    this.#underWay.add(job);
    void job.finally(() => this.#underWay.delete(job));
  }

  async #postCard(chat: number, reply: ReturnType<typeof card>): Promise<void> {
    const { cards, language } = this.#options;
    const { message_id: message } = await this.#outbox.send({ chat }, reply, { language, isQuiet: true });
    const place = { id: placeId(chat, undefined), platform: 'telegram', language, isPrivate: false } as const;
    cards.posted(place, String(message), reply);
  }

  /** Notes that the bot was added to a group or removed, and logs the group's id, which Telegram does not show. */
  #noteGroup({ chat, new_chat_member: member }: ChatMemberUpdated): void {
    if (chat.type !== 'group' && chat.type !== 'supergroup') return;
    const isIn =
      member.status === 'member' ||
      member.status === 'administrator' ||
      (member.status === 'restricted' && member.is_member);
    if (isIn) this.#groups.note(String(chat.id), chat.title);
    else this.#groups.forget(String(chat.id));
    const { logger } = this.#options;
    logger.info(
      { group: chat.id, title: chat.title },
      isIn ? 'added to a Telegram group' : 'removed from a Telegram group',
    );
  }
}

/** Whether a message shows that the bot is in a group; the last one of a group that it has left does not. */
function isFromMember(
  message: Message,
  bot: number,
): message is Message & { chat: Chat.GroupChat | Chat.SupergroupChat } {
  const { chat, migrate_to_chat_id: next, left_chat_member: left } = message;
  return (chat.type === 'group' || chat.type === 'supergroup') && next === undefined && left?.id !== bot;
}

/** @param time milliseconds, for which the process does not stay alive. */
function waitAtMost(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, time).unref());
}
