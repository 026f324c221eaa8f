import type { Context } from 'grammy';
import { isOwnerCode, type OwnerCodes } from '../../access/owner-codes.ts';
import { labelOfMark } from '../../commands/label-of-mark.ts';
import { valuesOf } from '../../commands/parse-values.ts';
import type { Action } from '../../commands/reply.ts';
import { mayAct } from '../../domain/actor.ts';
import { type commandNames, isCommandName } from '../../domain/command-name.ts';
import { sentence } from '../../words/sentence.ts';
import { telegramMessagesIn } from '../../words/telegram.ts';
import type { Answers } from './answers.ts';
import { parseCommand } from './command-text.ts';
import type { Menus } from './menus.ts';
import type { TelegramOptions } from './options.ts';
import { type Origin, type Origins, originOf } from './origin.ts';
import { OwnerStart } from './owner-start.ts';
import { asksForPerson, withPerson } from './person.ts';
import { startAction } from './private-answer.ts';

export interface MessagesOptions extends TelegramOptions {
  readonly answers: Answers;
  readonly origins: Origins;
  readonly menus: Menus;
  readonly ownerCodes: Pick<OwnerCodes, 'redeem' | 'expose'>;
}

const help: Action = { command: 'help', values: [] };

/** Handles messages: commands, and in private chats also channel names. */
export class Messages {
  readonly #options: MessagesOptions;
  readonly #ownerStart: OwnerStart;

  constructor(options: MessagesOptions) {
    this.#options = options;
    this.#ownerStart = new OwnerStart(options);
  }

  async take(update: Context): Promise<void> {
    const { msg, from, me } = update;
    const text = msg?.text;
    // A chosen result of an inline query arrives as a message of the person.
    if (text === undefined || !from || msg?.via_bot?.id === me.id) return;
    const command = parseCommand(text);
    if (command?.addressee && command.addressee !== me.username.toLowerCase()) return;
    const { answers, menus, origins } = this.#options;
    const origin = originOf(update, origins);
    if (!command) {
      if (!origin.place.isPrivate) return;
      await answers.answer(origin, { command: 'search', values: [text] });
    } else if (command.name === 'start' && isOwnerCode(command.rest))
      await this.#ownerStart.take(origin, command.rest, me.username);
    else if (command.name === 'start') await this.#start(origin, command.rest);
    else if (isCommandName(command.name))
      await answers.answer(origin, this.#action(update, command.name, command.rest));
    else if (origin.place.isPrivate) await this.#tellUnknown(origin, command.name);
    // Anew, since the command may have changed the person's role or language.
    if (origin.place.isPrivate) await menus.fit(origin.chat, originOf(update, origins).actor);
  }

  #action(update: Context, name: (typeof commandNames)[number], rest: string): Action {
    const command = this.#options.commands[name];
    const text = update.msg && asksForPerson(command) ? withPerson(rest, update.msg) : rest;
    return { command: name, values: valuesOf(command, text) };
  }

  async #start(origin: Origin, payload: string): Promise<void> {
    const { answers, commands } = this.#options;
    const { command, text } = startAction(payload);
    if (!isCommandName(command)) return answers.answer(origin, help);
    if (command === 'play' && mayAct(origin.actor, commands.play.role))
      return this.#askWhetherToPlay(origin, text);
    const action = { command, values: valuesOf(commands[command], text) };
    await answers.answer(origin, command === 'play' ? help : action);
  }

  /** Asks before playing, since anybody may have made the link that led here. */
  async #askWhetherToPlay(origin: Origin, channel: string): Promise<void> {
    const { answers, context } = this.#options;
    const { language } = origin.actor;
    const { putOnScreen, watch } = telegramMessagesIn(language);
    const name = labelOfMark(context, channel);
    if (name === null) {
      return answers.post(origin, { lines: [[sentence(language, 'channel_gone', {})]], isPrivate: true });
    }
    await answers.post(origin, {
      lines: [[{ bold: putOnScreen(name) }]],
      buttons: [[{ label: watch(name), action: { command: 'play', values: [channel] } }]],
      isPrivate: true,
    });
  }

  /** Names the unknown command; a stranger gets the help instead. */
  async #tellUnknown(origin: Origin, name: string): Promise<void> {
    const { answers } = this.#options;
    const { actor } = origin;
    if (!mayAct(actor, 'viewer')) return answers.answer(origin, help);
    await answers.post(origin, {
      lines: [[telegramMessagesIn(actor.language).unknownCommand(name)]],
      isPrivate: true,
    });
  }
}
