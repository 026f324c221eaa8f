import { autoRetry } from '@grammyjs/auto-retry';
import { type RunnerHandle, run, sequentialize } from '@grammyjs/runner';
import { Bot, type Context, GrammyError, HttpError } from 'grammy';
import { type IdsByRole, identify } from '../../access/people.ts';
import { type Commands, commandNames } from '../../commands/command.ts';
import type { CommandContext } from '../../commands/context.ts';
import { type Asked, execute } from '../../commands/execute.ts';
import { valuesOf } from '../../commands/parse.ts';
import { phrasesIn } from '../../commands/phrases.ts';
import { type Action, decodeAction, type Reply } from '../../commands/reply.ts';
import { type Language, languages, type Place } from '../../domain/actor.ts';
import { sleep } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { CardKeeper } from '../card-keeper.ts';
import { cardPort, isUnchanged } from './card-port.ts';
import { sendDirect, startAction } from './direct.ts';
import { plainText, renderMessage } from './render.ts';

export interface TelegramOptions {
  readonly token: string;
  /** A Bot API server of one's own; null for Telegram's. */
  readonly apiUrl: string | null;
  readonly people: IdsByRole;
  readonly language: Language;
  readonly commands: Commands;
  readonly context: CommandContext;
  readonly cards: CardKeeper;
  readonly logger: Logger;
}

const STOP_PATIENCE = 5_000;
const ANSWER_WITHIN = 1_000;
/** Characters of what pops up over the chat. */
const LONGEST_ALERT = 200;

/** The remote control in Telegram: translates messages and buttons into calls of commands, and replies back. */
export class TelegramBot {
  readonly #options: TelegramOptions;
  readonly #bot: Bot;
  #runner: RunnerHandle | null = null;
  #disconnectCards: () => void = () => {};

  constructor(options: TelegramOptions) {
    this.#options = options;
    this.#bot = new Bot(options.token, options.apiUrl ? { client: { apiRoot: options.apiUrl } } : {});
  }

  /** Begins to listen. A refused token ends this bot alone, with a sentence in the log. */
  async start(): Promise<void> {
    const { logger } = this.#options;
    const bot = this.#bot;
    bot.api.config.use(autoRetry({ maxRetryAttempts: 3, maxDelaySeconds: 30 }));
    bot.use(sequentialize((update) => update.chat?.id.toString()));
    for (const name of commandNames) {
      bot.command(name, (update) =>
        this.#answer(update, { command: name, values: valuesOf(this.#options.commands[name], update.match) }),
      );
    }
    bot.command('start', (update) => this.#answer(update, startAction(update.match)));
    bot.on('callback_query:data', (update) => this.#press(update, update.callbackQuery.data));
    bot.catch(({ error }) => logger.error({ reason: describe(error) }, 'Telegram'));
    try {
      await bot.init();
      // The runner does not do this, and a webhook that was set once would keep all updates from us.
      await bot.api.deleteWebhook();
      await this.#publishMenus();
    } catch (error) {
      const isRefused =
        error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
      logger.error(
        { reason: describe(error) },
        isRefused
          ? 'Telegram refuses the token: check TELEGRAM_TOKEN. Everything else runs on.'
          : 'Telegram cannot be reached',
      );
      return;
    }
    // Not silent, it would print the address, and so the token, of whatever fails.
    this.#runner = run(bot, { runner: { silent: true } });
    this.#disconnectCards = this.#options.cards.connect('telegram', cardPort(bot.api));
    logger.info({ bot: bot.botInfo.username }, 'Telegram is on');
  }

  /** Lets what is under way finish, for a while. */
  async stop(): Promise<void> {
    const runner = this.#runner;
    this.#runner = null;
    if (runner?.isRunning()) {
      await Promise.race([
        runner.stop(),
        new Promise((resolve) => setTimeout(resolve, STOP_PATIENCE).unref()),
      ]);
    }
    this.#disconnectCards();
  }

  async #answer(update: Context, action: Action): Promise<void> {
    const asked = this.#askedBy(update);
    const reply = await this.#execute(asked, action);
    const inPlace = reply.direct ? await sendDirect(update, asked, reply, reply.direct) : reply;
    const { sentPrivately } = phrasesIn(asked.place.language);
    await this.#post(update, asked.place, inPlace ?? { lines: [[sentPrivately]], isPrivate: false });
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
    const alert = early?.isRefusal ? plainText(early) : '';
    if (alert !== '' && alert.length <= LONGEST_ALERT) {
      await update.answerCallbackQuery({ text: alert, show_alert: true });
      return;
    }
    await update.answerCallbackQuery();
    const reply = await working;
    if (reply.direct) {
      const inPlace = await sendDirect(update, asked, reply, reply.direct);
      if (inPlace) await this.#post(update, place, inPlace);
      return;
    }
    // Others need what was pressed: it is not replaced by something for one person.
    const stays = reply.isRefusal || (reply.isPrivate && cards.isCard({ place: place.id, message }));
    if (stays) await this.#post(update, place, reply);
    else await this.#replace(update, { place, message }, reply);
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
    const { context, people: listed, language } = this.#options;
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
    const actor = identify(introduction, { listed, people: context.people, language });
    const isPrivate = chat?.type === 'private';
    const thread = topicOf(update);
    const place = {
      id: thread === undefined ? `telegram:${chatId}` : `telegram:${chatId}:${thread}`,
      platform: 'telegram' as const,
      language: isPrivate ? actor.language : language,
      isPrivate,
    };
    return { actor, place };
  }

  async #publishMenus(): Promise<void> {
    const menu = (language: Language) =>
      commandNames.map((command) => ({ command, description: phrasesIn(language).does[command] }));
    await this.#bot.api.setMyCommands(menu(this.#options.language));
    for (const language of languages) {
      await this.#bot.api.setMyCommands(menu(language), { language_code: language });
    }
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
