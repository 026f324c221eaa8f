import type { Visitor } from '../access/visitor.ts';
import { type Role, roles } from '../domain/actor.ts';
import type { BotState } from '../domain/bot-state.ts';
import type { DiscordLook, DiscordStage } from '../domain/discord-look.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { readDiscordToken } from './read-discord-token.ts';

/** Who has which role in Discord, by the settings. */
export interface DiscordChoice {
  /** The server in which the bot works; null: every server that it is in. */
  readonly guildId: string | null;
  /** Ids of roles or people, by the role that they get. */
  readonly listed: Readonly<Record<Role, readonly string[]>>;
}

/** Discord, and the settings about it. */
export interface DiscordPorts {
  /** Asks Discord about the bot of a token. @throws AppError discord_token_refused, discord_busy, discord_not_reached */
  readonly lookUp: (token: string, signal: AbortSignal) => Promise<DiscordLook>;
  readonly token: () => string | null;
  readonly state: () => BotState;
  readonly chosen: () => DiscordChoice;
  /** Whether the environment decides a setting, so that `change` refuses it. */
  readonly isLocked: (name: string) => boolean;
  /** Stores settings, null for the default, with an entry in the audit log, and applies them to the running bot. */
  readonly change: (changes: Readonly<Record<string, string | null>>, by: Visitor) => Promise<void>;
}

/** How far the set-up of Discord is. */
export interface DiscordProgress {
  readonly state: BotState;
  readonly stage: DiscordStage;
  readonly hasToken: boolean;
  /** What Discord said last about the token; null if it has said nothing yet. */
  readonly look: DiscordLook | null;
  /** Why Discord cannot be asked at the moment. */
  readonly error: AppError | null;
  readonly chosen: DiscordChoice;
}

/** Milliseconds before Discord is asked again, since the page asks every two seconds while it waits for the invitation. */
const FRESH = 4_000;
const PATIENCE = 15_000;

const settingOf: Readonly<Record<Role, string>> = {
  admin: 'DISCORD_ADMIN_ROLES',
  controller: 'DISCORD_CONTROLLER_ROLES',
  viewer: 'DISCORD_VIEWER_ROLES',
};

/** Sets Discord up: the token, the server and the roles. */
export class DiscordSetUp {
  readonly #ports: DiscordPorts;
  readonly #clock: Pick<Clock, 'monotonic'>;
  #seen: { readonly token: string; readonly at: number; readonly found: Promise<Found> } | null = null;
  /** Whether the bot was in no server when Discord was last asked, so that the first one is the chosen one. */
  #isInvitationAwaited = false;

  constructor(ports: DiscordPorts, clock: Pick<Clock, 'monotonic'>) {
    this.#ports = ports;
    this.#clock = clock;
  }

  /** Tells how far the set-up is, and chooses the server to which the bot has just been invited. */
  async see(by: Visitor): Promise<DiscordProgress> {
    const token = this.#ports.token();
    if (token === null) return this.#progress(null, nothing);
    const found = await this.#find(token);
    const guilds = found.look?.guilds ?? [];
    if (guilds.length > 0 && this.#isInvitationAwaited) {
      this.#isInvitationAwaited = false;
      await this.#change(this.#onlyGuild(found.look), by);
    }
    return this.#progress(token, found);
  }

  /** Stores a token that Discord accepts. @throws AppError discord_token_… for any other; the former one stays */
  async useToken(typed: string, by: Visitor): Promise<DiscordProgress> {
    const token = readDiscordToken(typed);
    const look = await this.#ports.lookUp(token, AbortSignal.timeout(PATIENCE));
    await this.#ports.change({ DISCORD_TOKEN: token, ...this.#onlyGuild(look) }, by);
    const found = { look, error: null };
    this.#seen = { token, at: this.#clock.monotonic(), found: Promise.resolve(found) };
    this.#isInvitationAwaited = look.guilds.length === 0;
    return this.#progress(token, found);
  }

  async turnOff(by: Visitor): Promise<DiscordProgress> {
    await this.#ports.change({ DISCORD_TOKEN: null }, by);
    this.#seen = null;
    this.#isInvitationAwaited = false;
    return this.see(by);
  }

  /**
   * Stores the server and who gets which role.
   * @throws AppError discord_token_missing, discord_server_unknown, discord_role_unknown, and those of `lookUp`
   */
  async choose(choice: DiscordChoice, by: Visitor): Promise<DiscordProgress> {
    const token = this.#ports.token();
    if (token === null) throw new AppError('discord_token_missing');
    const { look, error } = await this.#find(token);
    if (!look) throw error ?? new AppError('discord_not_reached');
    const chosen = this.#ports.chosen();
    checkChoice(choice, look, chosen);
    this.#isInvitationAwaited = false;
    await this.#change(changesOf(choice, chosen), by);
    return this.see(by);
  }

  async #change(changes: Readonly<Record<string, string | null>>, by: Visitor): Promise<void> {
    if (Object.keys(changes).length > 0) await this.#ports.change(changes, by);
  }

  /** The choice of the bot's server where it is in a single one and works in none. */
  #onlyGuild(look: DiscordLook | null): Record<string, string> {
    const [first, ...others] = look?.guilds ?? [];
    const isDecided = first?.id === this.#ports.chosen().guildId || this.#ports.isLocked('DISCORD_GUILD_ID');
    return !first || others.length > 0 || isDecided ? {} : { DISCORD_GUILD_ID: first.id };
  }

  /** What Discord says about the stored token: a few seconds old, or older while Discord cannot be asked. */
  async #find(token: string): Promise<Found> {
    const now = this.#clock.monotonic();
    const former = this.#seen?.token === token ? this.#seen : null;
    if (former && now - former.at < FRESH) return former.found;
    const found = this.#ask(token, former?.found ?? Promise.resolve(nothing));
    this.#seen = { token, at: now, found };
    return found;
  }

  async #ask(token: string, former: Promise<Found>): Promise<Found> {
    try {
      const look = await this.#ports.lookUp(token, AbortSignal.timeout(PATIENCE));
      if (look.guilds.length === 0) this.#isInvitationAwaited = true;
      return { look, error: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { look } = await former.catch(() => nothing);
      return { look, error };
    }
  }

  #progress(token: string | null, { look, error }: Found): DiscordProgress {
    const { state: stateOf, chosen } = this.#ports;
    const hasToken = token !== null;
    const isRefused = error?.code === 'discord_token_refused';
    const isAlone = look?.guilds.length === 0 && error === null;
    let state = hasToken ? stateOf() : 'off';
    if (isRefused) state = 'refused';
    else if (isAlone) state = 'not_invited';
    const obstacle = look?.obstacle ?? null;
    let stage: DiscordStage = isAlone ? 'no_server' : state;
    // A code grant is asked for at the invitation only.
    if (obstacle === 'interactions_url' || (obstacle && state === 'not_invited')) stage = obstacle;
    return { state, stage, hasToken, look, error, chosen: chosen() };
  }
}

interface Found {
  readonly look: DiscordLook | null;
  readonly error: AppError | null;
}

const nothing: Found = { look: null, error: null };

/** Ids must be of the server's roles, or listed before, such as those of people. */
function checkChoice({ guildId, listed }: DiscordChoice, look: DiscordLook, chosen: DiscordChoice): void {
  const guilds = look.guilds.filter(({ id }) => guildId === null || id === guildId);
  if (guildId !== null && guilds.length === 0 && guildId !== chosen.guildId)
    throw new AppError('discord_server_unknown');
  const known = new Set([
    ...guilds.flatMap((guild) => guild.roles.map(({ id }) => id)),
    ...roles.flatMap((role) => chosen.listed[role]),
  ]);
  const stranger = roles.flatMap((role) => listed[role]).find((id) => !known.has(id));
  if (stranger !== undefined) throw new AppError('discord_role_unknown', { id: stranger });
}

/** The settings that differ, since those that the environment decides can only stay as they are. */
function changesOf(wanted: DiscordChoice, chosen: DiscordChoice): Record<string, string | null> {
  const changes: Record<string, string | null> = {};
  if (wanted.guildId !== chosen.guildId) changes.DISCORD_GUILD_ID = wanted.guildId;
  for (const role of roles) {
    const ids = listOf(wanted.listed[role]);
    if (ids !== listOf(chosen.listed[role])) changes[settingOf[role]] = ids || null;
  }
  return changes;
}

/** Ids as a setting has them, in one order. */
function listOf(ids: readonly string[]): string {
  return [...new Set(ids)].toSorted().join(',');
}
