import type { Api } from 'grammy';
import type { BotCommand } from 'grammy/types';
import { LRUCache } from 'lru-cache';
import type { Commands } from '../../commands/registry.ts';
import { type Actor, type Language, languages, mayAct } from '../../domain/actor.ts';
import { commandNames } from '../../domain/command-name.ts';
import { messagesIn } from '../../words/messages-in.ts';
import type { CallQueue } from './call-queue.ts';

const LINE = 'menus';
/** Milliseconds. */
const LIFE = 10_000;
const MOST_CHATS = 1_000;

/** Sets the commands that Telegram shows behind the menu button and after a typed /. */
export class Menus {
  readonly #commands: Commands;
  readonly #api: Api;
  readonly #calls: CallQueue;
  /** The menus that this process has set in private chats. */
  readonly #fitted = new LRUCache<number, 'full' | 'common'>({ max: MOST_CHATS });

  constructor(commands: Commands, api: Api, calls: CallQueue) {
    this.#commands = commands;
    this.#api = api;
    this.#calls = calls;
  }

  /** Sets everybody's menu, without the admins' commands. @param fallback for people whose language we do not speak. */
  async publish(fallback: Language): Promise<void> {
    await this.#set(this.#menu(fallback, { isAdmin: false }));
    for (const language of languages) {
      await this.#set(this.#menu(language, { isAdmin: false }), { language_code: language });
    }
  }

  /** Gives an admin all commands in their private chat, and takes them back from a former admin. */
  async fit(chatId: number, actor: Actor): Promise<void> {
    const isAdmin = mayAct(actor, 'admin');
    const wanted = isAdmin ? 'full' : 'common';
    if (this.#fitted.get(chatId) === wanted) return;
    this.#fitted.set(chatId, wanted);
    try {
      await this.#fit(chatId, actor.language, isAdmin);
    } catch (error) {
      this.#fitted.delete(chatId);
      throw error;
    }
  }

  async #fit(chatId: number, language: Language, isAdmin: boolean): Promise<void> {
    const scope = { type: 'chat', chat_id: chatId } as const;
    if (isAdmin) await this.#set(this.#menu(language, { isAdmin }), { scope });
    else await this.#calls.run(LINE, () => this.#api.deleteMyCommands({ scope }), { life: LIFE });
  }

  async #set(menu: BotCommand[], to: Parameters<Api['setMyCommands']>[1] = {}): Promise<void> {
    await this.#calls.run(LINE, () => this.#api.setMyCommands(menu, to), { life: LIFE });
  }

  #menu(language: Language, { isAdmin }: { isAdmin: boolean }): BotCommand[] {
    const { does } = messagesIn(language);
    const shown = commandNames.filter((name) => isAdmin || this.#commands[name].role !== 'admin');
    return shown.map((command) => ({ command, description: does[command] }));
  }
}
