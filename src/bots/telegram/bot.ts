import { autoRetry } from '@grammyjs/auto-retry';
import { sequentialize } from '@grammyjs/runner';
import { type Context, Bot as Grammy, GrammyError, HttpError } from 'grammy';
import { identify } from '../../access/people.ts';
import { type Commands, commandNames } from '../../commands/command.ts';
import type { CommandContext } from '../../commands/context.ts';
import { type Asked, execute } from '../../commands/execute.ts';
import { valuesOf } from '../../commands/parse.ts';
import { phrasesIn } from '../../commands/phrases.ts';
import { type Action, decodeAction, type Reply } from '../../commands/reply.ts';
import type { Language, Place } from '../../domain/actor.ts';
import { sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CardKeeper } from '../card-keeper.ts';
import type { Bot, Report } from '../keeper.ts';
import { again } from './again.ts';
import { cardPort, isUnchanged } from './card-port.ts';
import { sendDirect, startAction } from './direct.ts';
import { Menus } from './menus.ts';
import { asksForPerson, withPerson } from './person.ts';
import { Polling, type Receiver, type WebhookOptions, WebhookReceiver } from './receiver.ts';
import { plainText, renderMessage } from './render.ts';

export interface TelegramOptions {
  readonly token: string;
  /** A Bot API server of one's own; null for Telegram's. */
  readonly apiUrl: string | null;
  readonly language: Language;
  readonly commands: Commands;
  readonly context: CommandContext;
  readonly cards: CardKeeper;
  readonly logger: Logger;
  readonly report: Report;
  /** Null: the bot asks for updates. */
  readonly webhook: WebhookOptions | null;
}

const STOP_PATIENCE = 5_000;
const ANSWER_WITHIN = 1_000;
/** Characters of what pops up over the chat. */
const LONGEST_ALERT = 200;

/** The remote control in Telegram: translates messages and buttons into calls of commands, and replies back. */
export class TelegramBot implements Bot {
  readonly #options: TelegramOptions;
  readonly #bot: Grammy;
  readonly #receiver: Receiver;
  readonly #menus: Menus;
  readonly #underWay = new Set<Promise<void>>();
  #disconnectCards: () => void = () => {};

  constructor(options: TelegramOptions) {
    this.#options = options;
    this.#receiver = options.webhook ? new WebhookReceiver(options.webhook) : new Polling();
    this.#bot = new Grammy(options.token, options.apiUrl ? { client: { apiRoot: options.apiUrl } } : {});
    this.#menus = new Menus(options.commands, this.#bot.api);
  }

  async start(): Promise<void> {
    const { context, logger, report } = this.#options;
    const bot = this.#bot;
    bot.api.config.use(
      again(context.clock),
      autoRetry({
        ...{ maxRetryAttempts: 3, maxDelaySeconds: 30 },
        ...{ rethrowHttpErrors: true, rethrowInternalServerErrors: true },
      }),
    );
    bot.use((_, next) => this.#track(next()));
    bot.use(sequentialize((update) => update.chat?.id.toString()));
    for (const name of commandNames) {
      bot.command(name, (update) => {
        const command = this.#options.commands[name];
        const text = asksForPerson(command) ? withPerson(update.match, update.msg) : update.match;
        return this.#answer(update, { command: name, values: valuesOf(command, text) });
      });
    }
    bot.command('start', (update) => this.#answer(update, startAction(update.match)));
    bot.on('callback_query:data', (update) => this.#press(update, update.callbackQuery.data));
    bot.catch(({ error }) => logger.error({ reason: describe(error) }, 'Telegram'));
    try {
      bot.botInfo = await bot.api.getMe();
      await this.#menus.publish(this.#options.language);
      await this.#receiver.start(bot, (error) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#disconnectCards = this.#options.cards.connect('telegram', cardPort(bot.api));
    report.is('on', `@${bot.botInfo.username}`);
  }

  async stop(): Promise<void> {
    const patience = new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE).unref());
    await Promise.race([this.#finish(), patience]);
    this.#disconnectCards();
  }

  async #finish(): Promise<void> {
    await this.#receiver.stop();
    await Promise.allSettled(this.#underWay);
  }

  async #track(job: Promise<void>): Promise<void> {
    this.#underWay.add(job);
    await job.finally(() => this.#underWay.delete(job));
  }

  #fail(error: unknown): void {
    const code = error instanceof GrammyError ? error.error_code : null;
    const isRefused = code === 401 || code === 404;
    const state = isRefused ? 'refused' : code === 409 ? 'conflict' : 'unreachable';
    this.#options.report.ended(state, describe(error));
  }

  async #answer(update: Context, action: Action): Promise<void> {
    const asked = this.#askedBy(update);
    const reply = await this.#execute(asked, action);
    const inPlace = reply.direct ? await sendDirect(update, asked, reply, reply.direct) : reply;
    const { sentPrivately } = phrasesIn(asked.place.language);
    await this.#post(update, asked.place, inPlace ?? { lines: [[sentPrivately]], isPrivate: false });
    if (update.chat?.type === 'private') await this.#menus.fit(update.chat.id, asked.actor);
  }

  async #press(update: Context, data: string): Promise<void> {
    const action = decodeAction(data) ?? { command: '', values: [] };
    const asked = this.#askedBy(update);
    const { place } = asked;
    const message = String(update.callbackQuery?.message?.message_id ?? '');
    const { cards, context } = this.#options;
    const working = this.#execute(asked, action);
    // Until it is answered the button goes on turning; what is refused, at once as a rule, is told with the answer.
    const early = await Promise.race([working, sleep(context.clock, ANSWER_WITHIN)]);
    const told = early?.isRefusal || early?.isFleeting ? plainText(early) : '';
    if (told !== '' && told.length <= LONGEST_ALERT) {
      await update.answerCallbackQuery({ text: told, show_alert: early?.isRefusal ?? false });
      return;
    }
    await update.answerCallbackQuery();
    const reply = await working;
    if (reply.isFleeting) return;
    if (reply.direct) {
      const inPlace = await sendDirect(update, asked, reply, reply.direct);
      if (inPlace) await this.#post(update, place, inPlace);
      return;
    }
    // Others need what was pressed: it is not replaced by something for one person.
    const stays = reply.isRefusal || (reply.isPrivate && cards.isCard({ place: place.id, message }));
    if (stays) await this.#post(update, place, reply);
    else await cards.inTurn(place.id, () => this.#replace(update, { place, message }, reply));
  }

  async #post(update: Context, place: Place, reply: Reply): Promise<void> {
    const { text, ...others } = renderMessage(reply);
    const thread = topicOf(update);
    const { message_id: id } = await update.reply(text, {
      ...others,
      ...(thread === undefined ? {} : { message_thread_id: thread }),
    });
    this.#options.cards.posted(place, String(id), reply);
  }

  async #replace(
    update: Context,
    { place, message }: { place: Place; message: string },
    reply: Reply,
  ): Promise<void> {
    const { text, ...others } = renderMessage(reply);
    if (!this.#options.cards.shows({ place: place.id, message }, reply)) {
      await update.editMessageText(text, others).catch((error: unknown) => {
        if (!isUnchanged(error)) throw error;
      });
    }
    this.#options.cards.posted(place, message, reply);
  }

  #execute(asked: Asked, action: Action): Promise<Reply> {
    const { commands, context } = this.#options;
    return execute(commands, context, asked, action);
  }

  #askedBy(update: Context): Asked {
    const { context, language } = this.#options;
    const { from, chat } = update;
    const chatId = String(chat?.id ?? '');
    const introduction = {
      platform: 'telegram' as const,
      id: String(from?.id ?? ''),
      name: from?.first_name ?? '?',
      groups: [chatId],
      isOwner: false,
      languageTag: from?.language_code,
    };
    const actor = identify(introduction, {
      listed: context.listed.telegram,
      people: context.people,
      language,
    });
    const isPrivate = chat?.type === 'private';
    const thread = topicOf(update);
    const place = {
      id: thread === undefined ? `telegram:${chatId}` : `telegram:${chatId}:${thread}`,
      platform: 'telegram' as const,
      language: isPrivate ? actor.language : language,
      isPrivate,
    };
    const date = update.message?.date;
    return { actor, place, askedAt: date === undefined ? null : date * 1000 };
  }
}

/** A topic's number only where it is one: replies in ordinary groups have one too that cannot be written to. */
function topicOf({ msg }: Context): number | undefined {
  return msg?.is_topic_message ? msg.message_thread_id : undefined;
}

/** What went wrong, without the request: it holds the token, and private links. */
function describe(error: unknown): string {
  if (error instanceof GrammyError) return `${error.method}: ${error.description}`;
  if (error instanceof HttpError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
