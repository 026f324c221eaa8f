import type { OwnerCodes } from '../access/owner-codes.ts';
import { type ConfiguredIds, roleOf } from '../access/people.ts';
import type { BotState } from '../domain/bot-state.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { People } from '../store/people.ts';
import type { TelegramGroup } from '../store/telegram-groups.ts';
import type { SettingsRequester } from './change-settings.ts';
import { isTelegramTokenShort, readTelegramToken } from './read-telegram-token.ts';
import { requireOwner } from './require-owner.ts';
import { requireRole } from './rights.ts';
import type { TelegramLists } from './telegram-lists.ts';

/** A bot as people find it in Telegram. */
export interface TelegramLook {
  readonly name: string;
  readonly username: string;
}

/** What the set-up of Telegram's bot needs from the running server. */
export interface TelegramPorts {
  /** Asks Telegram whose token it is. @throws AppError telegram_token_refused, telegram_unreachable, rate_limited */
  readonly lookUp: (token: string, signal: AbortSignal) => Promise<TelegramLook>;
  /** The token in force; null if there is none. */
  readonly token: () => string | null;
  readonly state: () => BotState;
  /** Changes settings with an entry in the audit log, and makes the bot follow. Null goes back to the default. */
  readonly change: (changes: Readonly<Record<string, string | null>>, by: SettingsRequester) => Promise<void>;
  /** The groups that the bot is in. */
  readonly groups: () => readonly TelegramGroup[];
  readonly codes: OwnerCodes;
  readonly lists: TelegramLists;
}

export interface TelegramSetupContext {
  readonly setupTelegram: TelegramPorts;
  /** Whom the settings let in. */
  readonly listed: ConfiguredIds;
  readonly people: Pick<People, 'nameOf'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** How far the set-up of Telegram's bot is. */
export interface TelegramSetupView {
  readonly state: BotState;
  readonly hasToken: boolean;
  /** Null where Telegram does not tell. */
  readonly bot: TelegramLook | null;
  /** Makes its first visitor an admin; null if there is no code. */
  readonly startUrl: string | null;
  readonly admins: readonly { readonly id: string; readonly name: string | null }[];
  readonly groups: readonly { readonly id: string; readonly title: string; readonly isAllowed: boolean }[];
}

interface Known {
  readonly token: string;
  readonly look: Promise<TelegramLook | null>;
  /** Monotonic milliseconds. */
  until: number;
}

/** Milliseconds that Telegram has for an answer. */
const PATIENCE = 10_000;
/** Milliseconds after which a bot's name is asked for again. */
const NAME_LIFE = 10 * 60_000;
/** Milliseconds after a failure before Telegram is asked again: the page asks every few seconds. */
const PAUSE = 15_000;

/** What an admin may do about Telegram's bot on the set-up page. */
export class TelegramSetup {
  readonly #context: TelegramSetupContext;
  #known: Known | null = null;

  constructor(context: TelegramSetupContext) {
    this.#context = context;
  }

  /** @throws AppError not_allowed */
  async view(by: SettingsRequester): Promise<TelegramSetupView> {
    requireRole(by, 'administer');
    const { setupTelegram, listed, people } = this.#context;
    const { codes } = setupTelegram;
    const token = setupTelegram.token();
    const bot = token === null ? null : await this.#botOf(token);
    const groups = this.#groups();
    const titles = new Map(groups.map(({ id, title }) => [id, title]));
    const code = codes.current;
    return {
      state: setupTelegram.state(),
      hasToken: token !== null,
      bot,
      // Whoever presses Start there becomes an owner.
      startUrl:
        bot && code && by.listedRole === 'admin' ? `https://t.me/${bot.username}?start=${code}` : null,
      admins: [...listed.telegram.admin].map((id) => ({
        id,
        name: titles.get(id) ?? people.nameOf(`telegram:${id}`),
      })),
      groups: groups.map((group) => ({
        id: group.id,
        title: group.title,
        isAllowed: roleOf(idsOf(group), listed.telegram) !== null,
      })),
    };
  }

  /**
   * Sets the token if Telegram knows it, and makes a code where nobody is an admin yet.
   * @param pasted the token, or a text that holds it.
   * @throws AppError not_allowed, telegram_token_…, telegram_unreachable, rate_limited, and what changing settings throws
   */
  async useToken(by: SettingsRequester, pasted: string): Promise<void> {
    requireRole(by, 'administer');
    const { setupTelegram } = this.#context;
    const { codes } = setupTelegram;
    const token = readTelegramToken(pasted);
    const look = await this.#lookUp(token);
    const isOther = token !== setupTelegram.token();
    await setupTelegram.change({ TELEGRAM_TOKEN: token }, by);
    this.#remember(token, look);
    // A code is for the bot that the page showed with it.
    if (isOther) codes.end();
    const { admin } = this.#context.listed.telegram;
    if (![...admin].some(isPerson) && codes.current === null) codes.issue(by);
  }

  /** Turns the bot off. @throws AppError not_allowed, and what changing settings throws */
  async turnOff(by: SettingsRequester): Promise<void> {
    requireRole(by, 'administer');
    const { change, codes } = this.#context.setupTelegram;
    await change({ TELEGRAM_TOKEN: null }, by);
    codes.end();
  }

  /**
   * Lets the members of a group in as viewers, or takes every right away that the group gives.
   * @throws AppError not_allowed, telegram_off, telegram_group_unknown, and what changing settings throws
   */
  async allowGroup(by: SettingsRequester, id: string, isAllowed: boolean): Promise<void> {
    this.#requireBot(by);
    const { setupTelegram, listed } = this.#context;
    const { lists } = setupTelegram;
    const group = this.#groups().find((each) => each.id === id);
    if (!group) throw new AppError('telegram_group_unknown');
    const ids = idsOf(group);
    if (!isAllowed) await lists.remove(ids, by);
    else if (roleOf(ids, listed.telegram) === null) await lists.add('viewer', id, by);
  }

  /** Makes a new code, which makes its first sender an admin. @throws AppError not_allowed, telegram_off */
  makeCode(by: SettingsRequester): void {
    this.#requireBot(by);
    requireOwner(by);
    this.#context.setupTelegram.codes.issue(by);
  }

  #requireBot(by: SettingsRequester): void {
    requireRole(by, 'administer');
    if (this.#context.setupTelegram.token() === null) throw new AppError('telegram_off');
  }

  /** The groups that the bot is in, then those that the settings let in and that it has not met. */
  #groups(): readonly TelegramGroup[] {
    const { setupTelegram, listed } = this.#context;
    const met = setupTelegram.groups();
    const known = new Set(met.flatMap(idsOf));
    const { admin, controller, viewer } = listed.telegram;
    const others = [...new Set([...admin, ...controller, ...viewer])];
    return [
      ...met,
      ...others
        .filter((id) => !isPerson(id) && !known.has(id))
        .map((id) => ({ id, title: id, formerId: null })),
    ];
  }

  async #lookUp(token: string): Promise<TelegramLook> {
    try {
      return await this.#context.setupTelegram.lookUp(token, AbortSignal.timeout(PATIENCE));
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'telegram_token_refused';
      throw isRefused && isTelegramTokenShort(token) ? new AppError('telegram_token_cut') : error;
    }
  }

  /** The token's bot; null where Telegram does not tell. */
  #botOf(token: string): Promise<TelegramLook | null> {
    const { clock } = this.#context;
    const known = this.#known;
    if (known?.token === token && clock.monotonic() < known.until) return known.look;
    const asked = this.#remember(
      token,
      this.#lookUp(token).catch(() => {
        asked.until = clock.monotonic() + PAUSE;
        return null;
      }),
    );
    return asked.look;
  }

  #remember(token: string, look: TelegramLook | Promise<TelegramLook | null>): Known {
    const until = this.#context.clock.monotonic() + NAME_LIFE;
    const known = { token, look: Promise.resolve(look), until };
    this.#known = known;
    return known;
  }
}

/** The ids that the settings may have for a group. */
function idsOf({ id, formerId }: TelegramGroup): string[] {
  return formerId === null ? [id] : [id, formerId];
}

/** Groups have negative ids. */
function isPerson(id: string): boolean {
  return !id.startsWith('-');
}
