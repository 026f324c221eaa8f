import type { DatabaseSync } from 'node:sqlite';
import { type IdsByRole, nobody } from '../../src/access/people.ts';
import type { TelegramPorts } from '../../src/actions/set-up-telegram.ts';
import type { SetupBotOptions } from '../../src/app/create-setup-discord.ts';
import { createSetupTelegram } from '../../src/app/create-setup-telegram.ts';
import type { BotState } from '../../src/domain/bot-state.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Secrets } from '../../src/lib/secrets.ts';
import type { AuditLog } from '../../src/store/audit-log.ts';
import type { People } from '../../src/store/people.ts';

/** Telegram's settings in memory, as the set-up page and the bots see them. */
export class FakeTelegramSetup {
  readonly ports: TelegramPorts;
  /** By the names of the environment. */
  readonly settings = new Map<string, string>();
  /** The names of changed settings, in order. */
  readonly changes: string[] = [];
  /** With which the next changes fail. */
  failure: Error | null = null;
  state: BotState | null = null;
  apiUrl = 'http://127.0.0.1:9';

  constructor(parts: {
    readonly people: People;
    readonly audit: AuditLog;
    readonly database: DatabaseSync;
    readonly secrets: Secrets;
    readonly clock: Clock;
  }) {
    const { people, audit, clock, database, secrets } = parts;
    const state = () => this.state ?? (this.settings.has('TELEGRAM_TOKEN') ? 'on' : 'off');
    this.ports = createSetupTelegram({
      settings: this.#changeable,
      bots: () => ({ states: () => ({ discord: 'off', telegram: state() }), startAnew: async () => {} }),
      people: { access: { people }, listed: () => ({ discord: nobody, telegram: this.listed }) },
      audit: { audit, clock },
      database,
      secrets,
    });
  }

  readonly #changeable: SetupBotOptions['settings'] = {
    text: (name) => (name === 'TELEGRAM_API_URL' ? this.apiUrl : (this.settings.get(name) ?? null)),
    canUndo: false,
    isLocked: () => false,
    undo: async () => {},
    change: async (changes) => {
      if (this.failure) throw this.failure;
      // A change is written to a disk and followed by the bot; meanwhile others may ask for theirs.
      await new Promise(setImmediate);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) this.settings.delete(name);
        else this.settings.set(name, value);
        this.changes.push(name);
      }
    },
  };

  /** The lists in force: without a token there are none. */
  get listed(): IdsByRole {
    if (!this.settings.has('TELEGRAM_TOKEN')) return nobody;
    const ids = (name: string) =>
      new Set((this.settings.get(name) ?? '').split(',').filter((id) => id !== ''));
    return {
      admin: ids('TELEGRAM_ADMIN_IDS'),
      controller: ids('TELEGRAM_CONTROLLER_IDS'),
      viewer: ids('TELEGRAM_VIEWER_IDS'),
    };
  }
}
