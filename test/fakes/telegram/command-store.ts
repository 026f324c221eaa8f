import type { BotCommand } from 'grammy/types';
import type { Scope } from './method-schemas.ts';
import { badRequest } from './refusal.ts';

/** The bot's command menus by scope and language. */
export class CommandStore {
  readonly #menus = new Map<string, readonly BotCommand[]>();

  get(scope: Scope = { type: 'default' }, language = ''): readonly BotCommand[] {
    return this.#menus.get(key(scope, language)) ?? [];
  }

  /** Sets a menu. @throws {Refusal} 400 in the service's words */
  set(scope: Scope = { type: 'default' }, language = '', commands: readonly BotCommand[]): void {
    checkLanguage(language);
    if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    for (const command of commands) check(command);
    if (new Set(commands.map(({ command }) => command)).size < commands.length)
      throw badRequest('BOT_COMMAND_DUPLICATE');
    // An empty list removes the menu, so that the next wider scope applies.
    if (commands.length > 0) this.#menus.set(key(scope, language), commands);
    else this.#menus.delete(key(scope, language));
  }

  delete(scope: Scope = { type: 'default' }, language = ''): void {
    checkLanguage(language);
    this.#menus.delete(key(scope, language));
  }

  /** The menu that a person sees: from the narrowest scope that has one, preferably in their language. */
  shown(scopes: readonly Scope[], language: string): readonly BotCommand[] {
    for (const scope of scopes) {
      const menu = this.#menus.get(key(scope, language)) ?? this.#menus.get(key(scope, ''));
      if (menu) return menu;
    }
    return [];
  }
}

/** Checks a language code. @throws {Refusal} 400 unless it is empty or two letters */
export function checkLanguage(language: string | undefined): void {
  if (language && !/^[a-z]{2}$/.test(language)) throw badRequest('Invalid language code specified');
}

function check({ command, description }: BotCommand): void {
  if (command === '') throw badRequest('Command must be non-empty');
  if (command.length > 32) throw badRequest('Command length must not exceed 32');
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description.trim() === '') throw badRequest('Command description must be non-empty');
  if (description.length > 256) throw badRequest('Command description length must not exceed 256');
}

function key(scope: Scope, language: string): string {
  const chat = 'chat_id' in scope ? scope.chat_id : '';
  const user = 'user_id' in scope ? scope.user_id : '';
  return `${scope.type}:${chat}:${user}:${language}`;
}
