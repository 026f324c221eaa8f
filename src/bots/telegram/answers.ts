import { isPrivateCall } from '../../commands/command.ts';
import { type CommandRequest, execute } from '../../commands/execute.ts';
import type { Action, Reply, ReplyVideo } from '../../commands/reply.ts';
import { isActionName } from '../../domain/command-name.ts';
import { messagesIn } from '../../words/messages-in.ts';
import { telegramMessagesIn } from '../../words/telegram.ts';
import { beforeVideo, withoutVideo } from '../video-reply.ts';
import type { Admins } from './admins.ts';
import { describeError, isFinal, mayNotWrite } from './errors.ts';
import type { TelegramOptions } from './options.ts';
import { answerTo, type Origin, placeId } from './origin.ts';
import type { MessageId, Outbox } from './outbox.ts';
import { sendDirect } from './private-answer.ts';
import { Progress } from './progress.ts';

/** Lines beyond which a reply counts as a list. */
const MOST_LINES = 3;
/** Milliseconds after which a pending answer shows "typing …". */
const TYPING_AFTER = 400;
/** Bytes that a bot may send: core.telegram.org/bots/api#sending-files */
const LARGEST_VIDEO = 50_000_000;

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
    else if (shown !== null) await this.remove({ chat: origin.chat, message: shown });
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
    const { video } = reply;
    try {
      const { language } = origin.place;
      const posted = await this.#post(origin, video ? beforeVideo(reply, language) : reply, shown);
      if (video && posted) await this.#sendVideo(origin, reply, video, posted);
    } catch (error) {
      reply.onUndelivered?.();
      throw error;
    }
  }

  /** Posts the video in place of the message with the lines, which stays if that fails. */
  async #sendVideo(origin: Origin, reply: Reply, video: ReplyVideo, lines: MessageId): Promise<void> {
    const { outbox, logger } = this.#options;
    const { language } = origin.place;
    const isMoved = lines.chat !== origin.chat;
    let why: 'too_large' | 'refused' = 'too_large';
    try {
      const path = await video.upTo(LARGEST_VIDEO);
      if (path !== null) {
        const to = isMoved ? { chat: lines.chat } : answerTo(origin);
        await outbox.sendVideo(to, reply, { path, name: video.name }, { language });
        await this.remove(lines);
        return;
      }
    } catch (error) {
      logger.warn({ reason: describeError(error) }, 'a video could not be sent');
      why = 'refused';
    }
    await outbox.edit(lines, withoutVideo(reply, why, language), { language });
  }

  /** @returns the message; null if the bot may not write in the chat. */
  async #post(origin: Origin, reply: Reply, shown: number | null): Promise<MessageId | null> {
    const { outbox, cards } = this.#options;
    const { place, actor, chat, thread } = origin;
    const language = reply.isPrivate ? actor.language : place.language;
    const post = { language, owner: ownerOf(origin, reply) };
    if (shown !== null) {
      try {
        await outbox.edit({ chat, message: shown }, reply, post);
        cards.posted(place, String(shown), reply);
        return { chat, message: shown };
      } catch (error) {
        if (!isFinal(error)) throw error;
      }
    }
    try {
      const sent = await outbox.send(answerTo(origin), reply, post);
      const id = sent.chat.id === chat ? placeId(chat, thread) : placeId(sent.chat.id, undefined);
      cards.posted({ ...place, id }, String(sent.message_id), reply);
      return { chat: sent.chat.id, message: sent.message_id };
    } catch (error) {
      if (!mayNotWrite(error) || place.isPrivate) throw error;
      await this.#reportMuted(origin);
      return null;
    }
  }

  /** Deletes a message that is no longer needed; best effort. */
  async remove(message: MessageId): Promise<void> {
    const { outbox, logger } = this.#options;
    await outbox.remove(message).catch((error: unknown) => {
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
