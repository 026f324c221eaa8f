import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import type { Commands } from '../../commands/registry.ts';
import type { Clock } from '../../lib/clock.ts';
import { describeError, lacksAccess } from './errors.ts';
import type { CommandsState } from './health.ts';
import { slashCommands } from './options.ts';

export interface RegistrationOptions {
  readonly rest: REST;
  readonly commands: Commands;
  /** The server in which commands are registered; null for all servers. */
  readonly guildId: string | null;
  /** Stores a hash of the last registration. */
  readonly registered: { read(): Promise<string | null>; write(hash: string): Promise<void> };
  readonly clock: Clock;
  /** Whether the bot is in its server. */
  readonly isInvited: () => boolean;
  readonly onState: (state: CommandsState, details?: string) => void;
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 5 * 60_000;

/** Registers the commands with Discord. After a refusal it retries while the old commands go on working. */
export class Registration {
  readonly #options: RegistrationOptions;
  #applicationId = '';
  #pause = FIRST_PAUSE;
  #cancel: () => void = () => {};
  #isStopped = false;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  async start(applicationId: string): Promise<void> {
    this.#applicationId = applicationId;
    await this.#try(await this.#options.registered.read());
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  /** Is called when the bot joins or leaves its server. A server it joins has no commands yet. */
  async invitationChanged(): Promise<void> {
    this.#cancel();
    this.#pause = FIRST_PAUSE;
    await this.#try(null);
  }

  /** @param known the hash of the last registration; null if its commands are gone. */
  async #try(known: string | null): Promise<void> {
    const { isInvited, onState } = this.#options;
    if (!isInvited()) {
      onState('not_invited');
      return;
    }
    try {
      await this.#register(known);
      onState('on');
    } catch (error) {
      onState(lacksAccess(error) ? 'not_invited' : 'commands_refused', describeError(error));
      if (this.#isStopped) return;
      this.#cancel = this.#options.clock.after(this.#pause, () => void this.#try(null));
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    }
  }

  /** Registers only changes, since Discord limits registrations. Empties the other scope, or commands show twice. */
  async #register(known: string | null): Promise<void> {
    const { rest, commands, guildId, registered } = this.#options;
    const body = slashCommands(commands);
    const hash = createHash('sha256')
      .update(JSON.stringify([this.#applicationId, guildId, body]))
      .digest('hex');
    if (known === hash) return;
    const everywhere = Routes.applicationCommands(this.#applicationId);
    if (guildId) {
      await rest.put(Routes.applicationGuildCommands(this.#applicationId, guildId), { body });
      await rest.put(everywhere, { body: [] });
    } else await rest.put(everywhere, { body });
    // Without the hash the next start registers again.
    await registered.write(hash).catch(() => {});
  }
}
