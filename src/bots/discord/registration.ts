import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import type { Commands } from '../../commands/command.ts';
import type { Clock } from '../../lib/clock.ts';
import { describe, isBarred } from './errors.ts';
import type { CommandsState } from './health.ts';
import { slashCommands } from './options.ts';

export interface RegistrationOptions {
  readonly rest: REST;
  readonly commands: Commands;
  /** Commands are registered here if given, else everywhere. */
  readonly guildId: string | null;
  /** Remembers what was registered last. */
  readonly registered: { read(): Promise<string | null>; write(hash: string): Promise<void> };
  readonly clock: Clock;
  /** False: the bot is not in the server that it is for. */
  readonly isInvited: () => boolean;
  readonly onState: (state: CommandsState, details?: string) => void;
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 5 * 60_000;

/** Has Discord show the commands; what it refuses is tried again, since the old commands work on. */
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

  /** The bot has come into the server, where it left no commands, or has left it. */
  async invitationChanged(): Promise<void> {
    this.#cancel();
    this.#pause = FIRST_PAUSE;
    await this.#try(null);
  }

  /** @param known what was registered last; null: nothing that is still there. */
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
      onState(isBarred(error) ? 'not_invited' : 'commands_refused', describe(error));
      if (this.#isStopped) return;
      this.#cancel = this.#options.clock.after(this.#pause, () => void this.#try(null));
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    }
  }

  /** Only if something has changed: Discord counts registrations. The other scope is emptied, or all shows twice. */
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
    // Where it cannot be remembered, the next start registers once more.
    await registered.write(hash).catch(() => {});
  }
}
