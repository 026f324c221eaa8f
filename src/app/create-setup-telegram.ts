import type { DatabaseSync } from 'node:sqlite';
import { OwnerCodes } from '../access/owner-codes.ts';
import { changeSettings } from '../actions/change-settings.ts';
import type { TelegramPorts } from '../actions/set-up-telegram.ts';
import { TelegramLists } from '../actions/telegram-lists.ts';
import { botIdOf } from '../bots/telegram/bot-id.ts';
import { TelegramGroups } from '../store/telegram-groups.ts';
import type { PeopleApi } from './create-people.ts';
import type { SetupBotOptions } from './create-setup-discord.ts';

export interface SetupTelegramOptions extends SetupBotOptions {
  readonly people: Pick<PeopleApi, 'listed'> & { readonly access: Pick<PeopleApi['access'], 'people'> };
  readonly database: DatabaseSync;
}

/** What the set-up page and the bot share about Telegram's set-up. */
export function createSetupTelegram(options: SetupTelegramOptions): TelegramPorts {
  const { settings, audit, secrets, bots, people, database } = options;
  const token = () => settings.text('TELEGRAM_TOKEN');
  const change: TelegramPorts['change'] = async (changes, by) => {
    const before = token();
    await changeSettings({ ...audit, settings }, changes, by);
    // The same token once more: the owner has mended something at Telegram.
    if (changes.TELEGRAM_TOKEN && changes.TELEGRAM_TOKEN === before) await bots()?.startAnew('telegram');
  };
  const lists = new TelegramLists({ listed: () => people.listed().telegram, change });
  const groups = new TelegramGroups(database);
  return {
    token,
    state: () => bots()?.states().telegram ?? 'off',
    change,
    lists,
    codes: new OwnerCodes({
      platform: 'telegram',
      // An admin made the code, so its sender acts with an admin's rights already.
      makeOwner: (_platform, id, name) =>
        lists.add('admin', id, { id: `telegram:${id}`, name, role: 'admin', listedRole: 'admin' }),
      people: people.access.people,
      ...audit,
    }),
    groups: () => groups.of(botIdOf(token() ?? '')),
    lookUp: async (tried, signal) => {
      secrets.add(tried);
      // The library is large, and loaded only where there is a token.
      const { lookUp } = await import('../bots/telegram/look-up.ts');
      return lookUp(tried, settings.text('TELEGRAM_API_URL'), signal);
    },
  };
}
