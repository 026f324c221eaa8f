import type { IdsByRole } from '../access/people.ts';
import { type Role, roles } from '../domain/actor.ts';
import type { SettingsRequester } from './change-settings.ts';

export interface TelegramListsOptions {
  /** The ids to which the settings give roles now. */
  readonly listed: () => IdsByRole;
  readonly change: (changes: Readonly<Record<string, string | null>>, by: SettingsRequester) => Promise<void>;
}

/** The settings' lists of Telegram's people and groups. Changes wait for each other, so that none undoes another. */
export class TelegramLists {
  readonly #options: TelegramListsOptions;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: TelegramListsOptions) {
    this.#options = options;
  }

  /** @throws what the change of the settings throws */
  add(role: Role, id: string, by: SettingsRequester): Promise<void> {
    return this.#inTurn(async () => {
      const { listed, change } = this.#options;
      const ids = listed()[role];
      if (!ids.has(id)) await change({ [settingOf(role)]: [...ids, id].join(',') }, by);
    });
  }

  /** Takes ids away from every role. @throws what the change of the settings throws */
  remove(ids: readonly string[], by: SettingsRequester): Promise<void> {
    return this.#inTurn(async () => {
      const { listed, change } = this.#options;
      const now = listed();
      const changes = roles
        .filter((role) => ids.some((id) => now[role].has(id)))
        .map((role) => {
          const rest = [...now[role]].filter((id) => !ids.includes(id));
          return [settingOf(role), rest.join(',') || null] as const;
        });
      if (changes.length > 0) await change(Object.fromEntries(changes), by);
    });
  }

  #inTurn(job: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(job);
    this.#turn = mine.catch(() => {});
    return mine;
  }
}

function settingOf(role: Role): string {
  return `TELEGRAM_${role.toUpperCase()}_IDS`;
}
