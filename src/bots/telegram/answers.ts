import { isPrivateCall } from '../../commands/command.ts';
import { type CommandRequest, execute } from '../../commands/execute.ts';
import type { Action, Reply } from '../../commands/reply.ts';
import { isActionName } from '../../domain/command-name.ts';
import { messagesIn } from '../../words/messages-in.ts';
import { telegramMessagesIn } from '../../words/telegram.ts';
import type { Admins } from './admins.ts';
import { describeError, isFinal, mayNotWrite } from './errors.ts';
import type { TelegramOptions } from './options.ts';
import { answerTo, type Origin, placeId } from './origin.ts';
import type { Outbox } from './outbox.ts';
import { sendDirect } from './private-answer.ts';
import { Progress } from './progress.ts';

/** Lines beyond which a reply counts as a list. */
const MOST_LINES = 3;
/** Milliseconds after which a pending answer shows "typing …". */
const TYPING_AFTER = 400;

export interface AnswersOptions extends TelegramOptions {
  readonly outbox: Outbox;
  readonly admins: Admins;
  /** The bot's user name. */
  readonly username: () => string;
}

/** Answers messages with one message each: in the same chat, or in the asker's private chat if it is a list for them. */
export class Answers {
  readonly #options: AnswersOptions;

  constructor(options: AnswersOptions) {
    this.#options = options;
  }

  async answer(origin: Origin, action: Action): Promise<void> {
    const { outbox, context } = this.#options;
    const to = answerTo(origin);
    const { language } = origin.place;
    const progress = new Progress(
      {
        send: async (reply, signal) => (await outbox.send(to, reply, { language, signal })).message_id,
        edit: (message, reply, signal) =>
          outbox.edit({ chat: origin.chat, message }, reply, { language, signal, life: 0 }),
        remove: (message) => outbox.remove({ chat: origin.chat, message }),
      },
      context.clock,
    );
    const stopTyping = context.clock.after(TYPING_AFTER, () => void outbox.typing(to).catch(() => {}));
    const reply = await this.execute(origin, action, (shown) => {
      stopTyping();
      void outbox.typing(to).catch(() => {});
      progress.show(shown);
    });
    stopTyping();
    const shown = await progress.end();
    if (!reply.isSilent) await this.#deliver(origin, { action, reply, shown });
    else if (shown !== null) await this.remove(origin, shown);
  }

  /** Runs a command and sends admins its notice, if it has one. */
  async execute(origin: Origin, action: Action, show: NonNullable<CommandRequest['show']>): Promise<Reply> {
    const { commands, context, admins } = this.#options;
    const { actor, place, askedAt } = origin;
    const reply = await execute(commands, context, { actor, place, askedAt, show }, action);
    if (reply.toAdmins) void admins.tell(actor, reply.toAdmins);
    return reply;
  }

  /** Sends a reply to the asker's private chat. @returns the reply to show in the group instead, or null. */
  async inPrivate(origin: Origin, again: Action, reply: Reply): Promise<{ instead: Reply | null }> {
    const { outbox, username } = this.#options;
    const sent = await sendDirect(outbox, { username: username(), again }, origin, reply);
    return { instead: sent.isDelivered ? null : sent.instead };
  }

  /** Posts a reply in the chat. @param shown the progress message that it replaces. */
  async post(origin: Origin, reply: Reply, shown: number | null = null): Promise<void> {
    try {
      await this.#post(origin, reply, shown);
    } catch (error) {
      reply.onUndelivered?.();
      throw error;
    }
  }

  async #post(origin: Origin, reply: Reply, shown: number | null): Promise<void> {
    const { outbox, cards } = this.#options;
    const { place, actor, chat, thread } = origin;
    const language = reply.isPrivate ? actor.language : place.language;
    const post = { language, owner: ownerOf(origin, reply) };
    if (shown !== null) {
      try {
        await outbox.edit({ chat, message: shown }, reply, post);
        cards.posted(place, String(shown), reply);
        return;
      } catch (error) {
        if (!isFinal(error)) throw error;
      }
    }
    try {
      const sent = await outbox.send(answerTo(origin), reply, post);
      const id = sent.chat.id === chat ? placeId(chat, thread) : placeId(sent.chat.id, undefined);
      cards.posted({ ...place, id }, String(sent.message_id), reply);
    } catch (error) {
      if (!mayNotWrite(error) || place.isPrivate) throw error;
      await this.#reportMuted(origin);
    }
  }

  /** Deletes a message that is no longer needed; best effort. */
  async remove({ chat }: Origin, message: number): Promise<void> {
    const { outbox, logger } = this.#options;
    await outbox.remove({ chat, message }).catch((error: unknown) => {
      logger.debug({ reason: describeError(error) }, 'a message could not be deleted');
    });
  }

  async #deliver(
    origin: Origin,
    { action, reply, shown }: { action: Action; reply: Reply; shown: number | null },
  ): Promise<void> {
    const { place } = origin;
    const isElsewhere = !place.isPrivate && (reply.direct || (isList(reply) && this.#isForOne(action)));
    if (!isElsewhere) return this.post(origin, reply, shown);
    const { instead } = await this.inPrivate(origin, reply.direct ?? action, reply);
    const { sentPrivately } = messagesIn(place.language);
    await this.post(origin, instead ?? { lines: [[sentPrivately]], isPrivate: false }, shown);
  }

  /** Whether the reply concerns the asker alone; a choice of channels to play, for example, concerns the group. */
  #isForOne({ command: name, values }: Action): boolean {
    const command = isActionName(name) ? this.#options.commands[name] : null;
    return command !== null && isPrivateCall(command, values);
  }

  async #reportMuted({ actor, person, title }: Origin): Promise<void> {
    const { outbox, logger } = this.#options;
    const { language } = actor;
    const text = telegramMessagesIn(language).mayNotWrite(title ?? '?');
    logger.warn({ group: title }, 'the bot may not write in a group');
    await outbox
      .send({ chat: person }, { lines: [[text]], isPrivate: true }, { language })
      .catch((error: unknown) =>
        logger.debug({ reason: describeError(error) }, 'the person who asked could not be told'),
      );
  }
}

/** The person who alone may press the reply's buttons, for a private reply in a group; else null. */
export function ownerOf({ place, person }: Origin, { isPrivate }: Reply): number | null {
  return isPrivate && !place.isPrivate ? person : null;
}

/** Whether a reply is too long for a group's conversation. */
export function isList({ lines, buttons = [], menu }: Reply): boolean {
  return menu !== undefined || buttons.length > 1 || lines.length > MOST_LINES;
}
