import { checkLanguage } from '../command-store.ts';
import { checkWebApp } from '../keyboard.ts';
import { badRequest } from '../refusal.ts';
import type { Service } from '../service.ts';
import type { Handlers } from './handler.ts';

/** Methods of the bot's profile: menus and descriptions. */
export const profile: Handlers<
  | 'setMyCommands'
  | 'getMyCommands'
  | 'deleteMyCommands'
  | 'setMyName'
  | 'setMyDescription'
  | 'setMyShortDescription'
  | 'setChatMenuButton'
  | 'getChatMenuButton'
> = {
  setMyCommands: ({ service }, { scope, language_code, commands }) => {
    if (scope && 'chat_id' in scope) service.world.find(scope.chat_id);
    const menu = commands.map(({ command, description }) => ({
      command: command.trim().replace(/^\//, ''),
      description: description.trim(),
    }));
    service.commands.set(scope, language_code, menu);
    return true;
  },
  getMyCommands: ({ service }, { scope, language_code }) => service.commands.get(scope, language_code),
  deleteMyCommands: ({ service }, { scope, language_code }) => {
    service.commands.delete(scope, language_code);
    return true;
  },
  setMyName: ({ service }, { name = '', language_code }) =>
    describe(service, 'name', name, 64, language_code),
  setMyDescription: ({ service }, { description = '', language_code }) =>
    describe(service, 'description', description, 512, language_code),
  setMyShortDescription: ({ service }, { short_description = '', language_code }) =>
    describe(service, 'short description', short_description, 120, language_code),
  setChatMenuButton: ({ service }, { chat_id, menu_button = { type: 'default' } }) => {
    if (menu_button.type === 'web_app') checkWebApp(menu_button.web_app.url, 'menu button Web App');
    if (chat_id !== undefined && service.world.find(chat_id).kind !== 'private')
      throw badRequest('chat_id must be the identifier of a private chat');
    service.menuButtons.set(chat_id ?? 0, menu_button);
    return true;
  },
  getChatMenuButton: ({ service }, { chat_id }) =>
    service.menuButtons.get(chat_id ?? 0) ?? service.menuButtons.get(0) ?? { type: 'commands' },
};

function describe(service: Service, kind: string, text: string, most: number, language = ''): true {
  checkLanguage(language);
  if (text.length > most) throw badRequest(`bot ${kind} length must not exceed ${most}`);
  service.profile.set(`${kind}:${language}`, text);
  return true;
}
