import type { Api } from 'grammy';
import type { BotCommand } from 'grammy/types';
import { type Commands, commandNames } from '../../commands/command.ts';
import { phrasesIn } from '../../commands/phrases.ts';
import { type Actor, type Language, languages, mayAct } from '../../domain/actor.ts';
import type { Patience } from './patience.ts';

const LINE = 'menus';
/** Milliseconds. */
const LIFE = 10_000;

/** What people are shown behind the menu button and as they type /. */
export class Menus {
  readonly #commands: Commands;
  readonly #api: Api;
  readonly #patience: Patience;
  /** Private chats of admins, whose menu has everything. */
  readonly #full = new Set<number>();

  constructor(commands: Commands, api: Api, patience: Patience) {
    this.#commands = commands;
    this.#api = api;
    this.#patience = patience;
  }

  /** For everybody: what is not for admins only. @param fallback for those whose language is none of ours. */
  async publish(fallback: Language): Promise<void> {
    await this.#set(this.#menu(fallback, { isAdmin: false }));
    for (const language of languages) {
      await this.#set(this.#menu(language, { isAdmin: false }), { language_code: language });
    }
  }

  /** In a private chat an admin sees all, from the first message on. */
  async fit(chatId: number, actor: Actor): Promise<void> {
    const isAdmin = mayAct(actor, 'admin');
    if (isAdmin === this.#full.has(chatId)) return;
    const scope = { type: 'chat', chat_id: chatId } as const;
    if (isAdmin) {
      this.#full.add(chatId);
      await this.#set(this.#menu(actor.language, { isAdmin }), { scope });
    } else {
      this.#full.delete(chatId);
      await this.#patience.run(LINE, () => this.#api.deleteMyCommands({ scope }), { life: LIFE });
    }
  }

  async #set(menu: BotCommand[], to: Parameters<Api['setMyCommands']>[1] = {}): Promise<void> {
    await this.#patience.run(LINE, () => this.#api.setMyCommands(menu, to), { life: LIFE });
  }

  #menu(language: Language, { isAdmin }: { isAdmin: boolean }): BotCommand[] {
    const { does } = phrasesIn(language);
    const shown = commandNames.filter((name) => isAdmin || this.#commands[name].role !== 'admin');
    return shown.map((command) => ({ command, description: does[command] }));
  }
}
